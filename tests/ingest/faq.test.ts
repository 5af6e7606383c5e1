import { describe, expect, test } from "vitest";
import { CorpusError } from "../../src/errors.ts";
import { EMPTY_FAQ, type Faq, parseFaq } from "../../src/ingest/faq.ts";
import { documentOf } from "../documents.ts";

const DOCUMENTS = [
  await documentOf(
    "documents/tea.md",
    `# Tea\n\nTea is hot. Tea is green. Tea is green.\n\n${"Leaf,".repeat(85)}end.\n`,
  ),
  await documentOf("documents/ice.md", "# Ice\n\nIce is cold.\n"),
];
const parse = (source: string): Faq => parseFaq(source, "faq.yaml", DOCUMENTS);

const WHOLE = `subjects:
  - { id: tea, name: Tea, aliases: ["hot tea"], kinds: [Sencha] }
  - { id: ice, name: Ice }
synonyms:
  - [hot, warm]
opposites:
  - [hot, cold]
topics:
  - id: heat
    title: Heat
    names: [warmth]
    examples:
      - How hot is it?
      - Is tea hot?
      - Is tea cold?
    verdict:
      text: Tea is hot and ice is cold.
      quotes: [{ tea: Tea is hot. }, { ice: is cold }]
      disputed: feel
    points:
      - text: Tea is hot.
        quotes: [{ tea: Tea is hot. }]
        declared: { hot: "as it says" }
        about: [tea]
        asked: [How hot is tea?]
    comparison:
      - aspect: Warmth
        tea: { text: Hot, quotes: [{ tea: Tea is hot. }] }
        disputed: feel
    disagreements:
      - id: feel
        point: How it feels
        asked: [Is it agreed how it feels?]
        verdict: { text: Pages differ., quotes: [{ tea: Tea is hot. }] }
        sides:
          - { text: Hot, quotes: [{ tea: Tea is hot. }] }
          - { text: Cold, quotes: [{ ice: Ice is cold. }] }
    next: [What is ice?]
outside:
  - { title: Coffee, examples: [What is coffee?] }
`;

describe("a whole faq.yaml", () => {
  const faq = parse(WHOLE);
  const [topic] = faq.topics;

  test("names its subjects, with lists empty where none is given", () => {
    expect(faq.subjects).toEqual([
      { id: "tea", name: "Tea", aliases: ["hot tea"], kinds: ["Sencha"] },
      { id: "ice", name: "Ice", aliases: [], kinds: [] },
    ]);
  });

  test("keeps the questions of a statement in their order", () => {
    expect(topic?.statements[0].examples).toEqual([
      { question: "How hot is it?" },
      { question: "Is tea hot?" },
      { question: "Is tea cold?" },
    ]);
  });

  test("lists the verdict first, then points, then disagreements", () => {
    expect(topic?.statements.map(({ id, kind, about, disputed }) => [id, kind, about, disputed])).toEqual([
      ["heat#0", "verdict", [], "feel"],
      ["heat#1", "point", ["tea"], null],
      ["heat!feel", "disagreement", [], "feel"],
    ]);
  });

  test("widens each quote to its sentence, with document and lines", () => {
    expect(topic?.statements[0].quotes).toEqual([
      { document: "tea", section: "", lines: { start: 3, end: 3 }, text: "Tea is hot." },
      { document: "ice", section: "", lines: { start: 3, end: 3 }, text: "Ice is cold." },
    ]);
  });

  test("leaves a cell null where the documents do not say", () => {
    expect(
      topic?.rows.map(({ aspect, cells, disputed }) => [aspect, cells.map((cell) => cell?.text ?? null), disputed]),
    ).toEqual([["Warmth", ["Hot", null], "feel"]]);
  });

  test("knows the line of each entry", () => {
    expect([topic?.line, topic?.statements[1]?.line]).toEqual([9, 21]);
  });

  test("keeps reasons for words that no quote holds", () => {
    expect(topic?.statements[1]?.declared).toEqual({ hot: "as it says" });
  });
});

test.each(["", "# nothing yet\n", "topics: []\n"])("%j is an FAQ without topics", (source) => {
  expect(parse(source)).toEqual(EMPTY_FAQ);
});

const SUBJECTS = "subjects:\n  - { id: tea, name: Tea }\n  - { id: ice, name: Ice }\n";
/** A topic of lines 1 to 5 below `topics:`. */
const topic = (id: string, more = "", question = `What is ${id}?`): string =>
  `  - id: ${id}\n    title: ${id}\n    examples: ["${question}"]\n    verdict: { text: Hot., quotes: [{ tea: Tea is hot. }] }\n${more}`;
const one = (more = ""): string => `topics:\n${topic("heat", more)}`;
const verdict = (cell: string): string =>
  `topics:\n  - id: heat\n    title: Heat\n    examples: [What?]\n    verdict:\n      ${cell}\n`;

const REFUSED: Record<string, { source: string; line: number; problem: RegExp; remedy: RegExp }> = {
  "YAML that does not parse": { source: "topics:\n  - [\n", line: 3, problem: /./, remedy: /^mend the YAML$/ },
  "a key written twice": {
    source: "topics: []\nsynonyms: []\ntopics: []\n",
    line: 3,
    problem: /unique/i,
    remedy: /mend the YAML/,
  },
  "an alias to nothing": { source: "topics:\n  - id: *heat\n", line: 2, problem: /heat/, remedy: /./ },
  "a list at the top": { source: "- a\n", line: 1, problem: /expected object/i, remedy: /README/ },
  "an unknown key at the top": { source: "topics: []\ntopic: []\n", line: 1, problem: /"topic"/, remedy: /README/ },
  "an unknown key in a topic": {
    source: one("    verdicts: x\n"),
    line: 2,
    problem: /topics\.0.*"verdicts"/,
    remedy: /README/,
  },
  "a topic without a title": {
    source:
      "topics:\n  - id: heat\n    examples: [What?]\n    verdict: { text: Hot., quotes: [{ tea: Tea is hot. }] }\n",
    line: 2,
    problem: /topics\.0\.title/,
    remedy: /README/,
  },
  "an id with a space": {
    source: one().replace("heat\n", "the heat\n"),
    line: 2,
    problem: /topics\.0\.id.*hyphens/,
    remedy: /README/,
  },
  "a topic without a question": {
    source: one().replace('["What is heat?"]', "[]"),
    line: 4,
    problem: /topics\.0\.examples/,
    remedy: /README/,
  },
  "a question that is no text": {
    source: one().replace('["What is heat?"]', "[{ yes: A? }]"),
    line: 4,
    problem: /topics\.0\.examples/,
    remedy: /README/,
  },
  "a statement without a quote": {
    source: verdict("{ text: Hot., quotes: [] }"),
    line: 6,
    problem: /verdict\.quotes/,
    remedy: /README/,
  },
  "a statement that is too long": {
    source: verdict(`{ text: "${"x".repeat(301)}", quotes: [{ tea: Tea is hot. }] }`),
    line: 6,
    problem: /verdict\.text/,
    remedy: /README/,
  },
  "two documents in one quote": {
    source: verdict("{ text: Hot., quotes: [{ tea: Tea is hot., ice: Ice is cold. }] }"),
    line: 6,
    problem: /one `document: quote`/,
    remedy: /README/,
  },
  "a quote of no document": {
    source: verdict("{ text: Hot., quotes: [{ coffee: Tea is hot. }] }"),
    line: 6,
    problem: /^no document "coffee"$/,
    remedy: /tea, ice|ice, tea/,
  },
  "a quote that is not found": {
    source: verdict("text: Hot.\n      quotes:\n        - tea: Tea is hot.\n        - ice: Ice is hot."),
    line: 9,
    problem: /^quote not found in documents\/ice\.md: "Ice is hot\."$/,
    remedy: /copy the sentence/,
  },
  "a quote found twice": {
    source: verdict("{ text: Green., quotes: [{ tea: Tea is green. }] }"),
    line: 6,
    problem: /^quote found 2 times in documents\/tea\.md/,
    remedy: /quote more/,
  },
  "a quote whose sentence is too long": {
    source: verdict("{ text: Leaf., quotes: [{ tea: end. }] }"),
    line: 6,
    problem: /^quote of 4\d\d characters$/,
    remedy: /at most 400/,
  },
  "one subject alone": {
    source: "subjects:\n  - { id: tea, name: Tea }\n",
    line: 2,
    problem: /two subjects, or none/,
    remedy: /README/,
  },
  "two subjects with one id": {
    source: "subjects:\n  - { id: tea, name: Tea }\n  - { id: tea, name: Ice }\n",
    line: 3,
    problem: /tea/,
    remedy: /./,
  },
  "an alias of two subjects": {
    source:
      "subjects:\n  - { id: tea, name: Tea, aliases: [Hot Drink] }\n  - { id: ice, name: Ice, kinds: [hot-drink] }\n",
    line: 3,
    problem: /^"hot-drink" names both tea and ice$/,
    remedy: /keep it with one/,
  },
  "an alias that is the other subject's id": {
    source: "subjects:\n  - { id: tea, name: Tea }\n  - { id: ice, name: Ice, aliases: [tea] }\n",
    line: 3,
    problem: /tea/,
    remedy: /./,
  },
  "two topics with one id": {
    source: `topics:\n${topic("heat")}${topic("heat", "", "Why?")}`,
    line: 6,
    problem: /^topic id "heat" stands at line 2 too$/,
    remedy: /rename/,
  },
  "two topics with one name": {
    source: `topics:\n${topic("heat")}${topic("cold", "    names: [HEAT]\n")}`,
    line: 6,
    problem: /^topic name "heat" stands at line 2 too$/,
    remedy: /one topic/,
  },
  "a question asked of two topics": {
    source: `topics:\n${topic("heat", "", "What's it?")}${topic("cold", "", "what's IT")}`,
    line: 9,
    problem: /^question "what it" stands at line 5 too$/,
    remedy: /answered best/,
  },
  "a point about no subject": {
    source: `${SUBJECTS}${one("    points:\n      - { text: Hot., quotes: [{ tea: Tea is hot. }], about: [rum] }\n")}`,
    line: 10,
    problem: /^no subject "rum"$/,
    remedy: /use tea or ice/,
  },
  "a row with a cell of no subject": {
    source: `${SUBJECTS}${one("    comparison:\n      - aspect: Heat\n        rum: { text: Hot, quotes: [{ tea: Tea is hot. }] }\n")}`,
    line: 11,
    problem: /^no subject "rum"$/,
    remedy: /use tea or ice/,
  },
  "a point disputed by nothing": {
    source: one("    points:\n      - { text: Hot., quotes: [{ tea: Tea is hot. }], disputed: feel }\n"),
    line: 7,
    problem: /^no disagreement "feel" in topic "heat"$/,
    remedy: /disagreements/,
  },
  "a disagreement of one side": {
    source: one(
      "    disagreements:\n      - id: feel\n        point: Feel\n        verdict: { text: Hot., quotes: [{ tea: Tea is hot. }] }\n        sides: [{ text: Hot, quotes: [{ tea: Tea is hot. }] }]\n",
    ),
    line: 10,
    problem: /disagreements\.0\.sides/,
    remedy: /README/,
  },
  "a group of one synonym": { source: "synonyms:\n  - [hot]\n", line: 2, problem: /synonyms\.0/, remedy: /README/ },
  "an opposite of three": { source: "opposites:\n  - [a, b, c]\n", line: 2, problem: /opposites\.0/, remedy: /README/ },
};

function refusalOf(source: string): CorpusError {
  try {
    parse(source);
  } catch (error) {
    if (error instanceof CorpusError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("refused with file, line and remedy", () => {
  test.each(Object.entries(REFUSED))("%s", (_, { source, line, problem, remedy }) => {
    const error = refusalOf(source);
    expect(error.file).toBe("faq.yaml");
    expect(error.problem).toMatch(problem);
    expect(error.remedy).toMatch(remedy);
    expect(error.line).toBe(line);
    expect(error.message).toBe(`faq.yaml:${line}: ${error.problem}; ${error.remedy}`);
  });
});

describe("what is wrong in several places", () => {
  test("with quotes is told of each in one error, in their order, wherever they stand", () => {
    const source = WHOLE.replace("quotes: [{ tea: Tea is hot. }, { ice: is cold }]", "quotes: [{ tea: Tea is wet. }]")
      .replace("tea: { text: Hot, quotes: [{ tea: Tea is hot. }] }", "tea: { text: Hot, quotes: [{ milk: Hot. }] }")
      .replace("{ text: Cold, quotes: [{ ice: Ice is cold. }] }", "{ text: Cold, quotes: [{ tea: Tea is green. }] }");
    const error = refusalOf(source);
    expect([error, ...error.further].map(({ line, problem }) => [line, problem])).toEqual([
      [18, 'quote not found in documents/tea.md: "Tea is wet."'],
      [28, 'no document "milk"'],
      [37, 'quote found 2 times in documents/tea.md: "Tea is green."'],
    ]);
  });

  test("with keys is told of each", () => {
    const { line, further } = refusalOf("moon: 1\nsynonyms:\n  - [hot]\n");
    expect([line, ...further.map((one) => one.line)]).toEqual([3, 1]);
  });
});

describe("a quote under a heading", () => {
  const TOWN = [documentOf("documents/town.md", "# Town\n\n## Bath\n\nOpen daily.\n\n## Town hall\n\nOpen daily.\n")];
  const quoting = async (name: string): Promise<Faq> =>
    parseFaq(
      verdict(`{ text: Open daily., quotes: [{ "${name}": Open daily. }] }`),
      "faq.yaml",
      await Promise.all(TOWN),
    );

  test("is the one that stands there", async () => {
    const [topic] = (await quoting("town#Town hall")).topics;
    expect(topic?.statements[0].quotes[0]).toMatchObject({ section: "Town hall", lines: { start: 9, end: 9 } });
  });

  test("is asked for where the sentence stands under several, and missed where it does not stand", async () => {
    await expect(quoting("town")).rejects.toThrow('or name its heading: "town#Town hall"');
    await expect(quoting("town#Market")).rejects.toThrow('quote not found in documents/town.md under "Market"');
  });
});
