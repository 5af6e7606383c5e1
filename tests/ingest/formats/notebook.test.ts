import { expect, test } from "vitest";
import { parseNotebook } from "../../../src/ingest/formats/notebook.ts";
import { allShown } from "./shown.ts";

const NOTEBOOK = `{
 "cells": [
  {
   "cell_type": "markdown",
   "source": [
    "# Tea\\n",
    "\\n",
    "It is *hot* in\\n",
    "\\"cups\\"."
   ]
  },
  { "cell_type": "raw", "source": ["No."] },
  {
   "cell_type": "code",
   "outputs": [{ "text": ["Not read."] }],
   "source": [
    "pour(\`\`\`tea\`\`\`)\\n",
    "drink()"
   ]
  },
  { "cell_type": "markdown", "source": "## Ice\\n\\nCold." }
 ],
 "metadata": { "language_info": { "name": "python" } }
}
`;

test("cells are one page, at the lines of the file", () => {
  const { blocks } = parseNotebook(NOTEBOOK, "tea.ipynb");
  expect(allShown(blocks)).toEqual([
    "heading [Tea] 6-6: Tea",
    'paragraph [Tea] 8-9: It is hot in "cups".',
    "code [Tea] 17-18: pour(```tea```) drink()",
    "heading [Tea › Ice] 21-21: Ice",
    "paragraph [Tea › Ice] 21-21: Cold.",
  ]);
  expect(blocks[2]?.code).toEqual({ language: "python", text: "pour(```tea```)\ndrink()" });
});

test.each([
  ["{", /^tea\.ipynb:1: is no JSON/],
  ["", /^tea\.ipynb:1: is no JSON \(ValueExpected\)/],
  ['{"cells": 3}', /^tea\.ipynb: is no notebook with cells/],
  ["[".repeat(100_000), /^tea\.ipynb: nests deeper than 200/],
])("what is no notebook is left out: %#", (source, message) => {
  expect(() => parseNotebook(source, "tea.ipynb")).toThrow(message);
});
