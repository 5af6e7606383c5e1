import { describe, expect, test } from "vitest";
import { isTemplate, withoutTemplates } from "../../../src/ingest/formats/html-templates.ts";
import { readDocument } from "../../../src/ingest/formats/read-document.ts";
import { fc } from "../../fast-check.ts";
import { allShown } from "./shown.ts";

interface Case {
  readonly source: string;
  readonly blocks: readonly string[];
}

const CASES: Record<string, Case> = {
  "tags are no text": {
    source: "{% extends 'base.html' %}\n{% block main %}\n<p>Tea {% if hot %}is hot{% endif %}.</p>\n{% endblock %}\n",
    blocks: ["paragraph [] 3-3: Tea is hot."],
  },
  "a value is a gap in its sentence, and nothing alone": {
    source: "<h1>{{ page.title }}</h1>\n<p>Written for {{ version\n| upper }} of tea.</p>\n",
    blocks: ["paragraph [] 2-3: Written for … of tea."],
  },
  "embedded Ruby is no text either": {
    source: "<% if hot %>\n<p>Tea of <%= house %> is hot.</p>\n<% end %>\n",
    blocks: ["paragraph [] 2-2: Tea of … is hot."],
  },
  "comments are no text, what is raw is": {
    source: "<p>{# not shown #}Tea{% comment %} is\ncold{% endcomment %} is {% raw %}{{ hot }}{% endraw %}.</p>\n",
    blocks: ["paragraph [] 1-2: Tea is {{ hot }}."],
  },
  "code is shown letter by letter": {
    source: "<p>Write <code>{{ tea }}</code>.</p>\n<pre>{% if tea %}</pre>\n",
    blocks: ["paragraph [] 1-1: Write {{ tea }}.", "code [] 2-2: {% if tea %}"],
  },
  "a whole page says what it says": {
    source: "<!doctype html>\n<html><body><p>Write {{ tea }} there.</p></body></html>\n",
    blocks: ["paragraph [] 2-2: Write {{ tea }} there."],
  },
  "front matter stands above the page": {
    source: "---\ntitle: Tea\n---\n<p>It is hot.</p>\n",
    blocks: ["paragraph [] 4-4: It is hot."],
  },
};

describe("a page that a site generator fills in", () => {
  test.each(Object.entries(CASES))("%s", async (_, { source, blocks }) => {
    const document = await readDocument("tea.html", Buffer.from(source));
    expect(allShown(document.blocks.filter(({ kind }) => kind !== "heading"))).toEqual(blocks);
  });
});

test("its title comes from its front matter", async () => {
  const { title, blocks } = await readDocument(
    "a.html",
    Buffer.from("---\ntitle: Green tea\n---\n<p>It is hot.</p>\n"),
  );
  expect(title).toBe("Green tea");
  expect(isTemplate("<html><p>{{ tea }}", true)).toBe(true);
  expect(blocks).toHaveLength(1);
});

const PIECES = fc.constantFrom(
  "{%",
  "%}",
  "{{",
  "}}",
  "{#",
  "#}",
  "raw",
  "endraw",
  " comment ",
  "<pre>",
  "</pre>",
  "tea",
  "\n",
);

test("no line is lost or added, however marks are mixed", () => {
  fc.assert(
    fc.property(fc.array(PIECES, { maxLength: 40 }), (pieces) => {
      const source = pieces.join("");
      expect(withoutTemplates(source).split("\n")).toHaveLength(source.split("\n").length);
    }),
  );
});

test("many marks that never end take no longer than others", () => {
  const start = performance.now();
  for (const mark of ["{%", "{{", "{#", "<pre>", "{% raw %}", "{% comment %}"]) withoutTemplates(mark.repeat(100_000));
  expect(performance.now() - start).toBeLessThan(8000);
});
