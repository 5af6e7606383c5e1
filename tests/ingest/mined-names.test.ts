import { describe, expect, test } from "vitest";
import { EMPTY_FAQ } from "../../src/ingest/faq.ts";
import { abbreviationsOf, withMinedNames } from "../../src/ingest/mined-names.ts";
import { documentOf } from "../documents.ts";

const abbreviationsIn = async (...texts: readonly string[]): Promise<string[][]> =>
  abbreviationsOf(await Promise.all(texts.map((text, at) => documentOf(`${at}.md`, text))));

const ABBREVIATIONS: Record<string, { text: string; groups: readonly (readonly string[])[] }> = {
  "the short form in brackets": {
    text: "Access follows Role-Based Access Control (RBAC) everywhere.",
    groups: [["rbac", "role-based access control"]],
  },
  "the long form in brackets": {
    text: "Our RPO (recovery point objective) is an hour.",
    groups: [["rpo", "recovery point objective"]],
  },
  "small words passed over": {
    text: "The Department of Defense (DoD) asks for it.",
    groups: [["dod", "department of defense"]],
  },
  "several letters of one word": { text: "It rests on LinuX Containers (LXC).", groups: [["lxc", "linux containers"]] },
  "a plural": { text: "Each has Virtual Machines (VMs).", groups: [["vm", "virtual machines"]] },
  "the commonest phrase of the initials": {
    text: "A VM is a virtual machine. Each virtual machine is slow. No virtual machine is small.",
    groups: [["vm", "virtual machine"]],
  },
  "not a phrase that was met once or twice": {
    text: "A VM is a virtual machine. A virtual machine is slow.",
    groups: [],
  },
  "not words that meet by chance": {
    text: "PR comes first. A plain rule, a plain rule, a plain rule. Plain tea, plain ice, plain bread, plain words. A rule. The rule. One rule. No rule.",
    groups: [],
  },
  "not a remark in brackets": { text: "The API (which is old) works. Press OK (twice).", groups: [] },
  "not a unit": { text: "It takes 5 MB. My book is big. My book is old. My book is new.", groups: [] },
};

describe("an abbreviation is", () => {
  test.each(Object.entries(ABBREVIATIONS))("%s", async (_, { text, groups }) => {
    expect(await abbreviationsIn(text)).toEqual(groups);
  });
});

test("what the FAQ says of its words comes before what the documents say", async () => {
  const documents = [await documentOf("a.md", "# Tea vs coffee\n\nThe Big Red Pot (BRP) is hot.\n")];
  const own = { id: "pot", name: "Pot", aliases: [], kinds: [] };
  const faq = withMinedNames({ ...EMPTY_FAQ, subjects: [own], synonyms: [["brp", "jug"]] }, documents);
  expect(faq.subjects).toEqual([own]);
  expect(faq.synonyms.slice(0, 2)).toEqual([
    ["brp", "jug"],
    ["brp", "big red pot"],
  ]);
});

test.each([
  ["Comparing VMs and Containers", ["VMs", "Containers"]],
  ["What is the difference between tea and the coffee?", ["tea", "coffee"]],
  ["Green tea vs. black tea", ["Green tea", "black tea"]],
  ["Backups and restores", []],
  ["Comparing the many things that we have tried and all others", []],
])("the subjects of the heading “%s” are %j", async (heading, names) => {
  const { subjects } = withMinedNames(EMPTY_FAQ, [await documentOf("a.md", `# Page\n\n## ${heading}\n\nHot.\n`)]);
  expect(subjects.map(({ name }) => name)).toEqual(names);
});

test("a subject is known by its abbreviation too", async () => {
  const text = "# Virtual machines vs containers\n\nVirtual Machines (VMs) are slow.\n";
  const { subjects } = withMinedNames(EMPTY_FAQ, [await documentOf("a.md", text)]);
  expect(subjects[0]).toMatchObject({ name: "Virtual machines", aliases: ["vm", "virtual machines"] });
});
