// Small corpora in folders of their own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** Writes files, by path, into a new folder that lasts as long as the tests of this file. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "footnote-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const TEA = `# Tea

## Brewing

Green tea is brewed for two minutes.
Black tea is brewed for four minutes.

## Storage

Tea is stored in a dark tin.
`;

/** Documents without topics. */
export const PLAIN = { "tea.md": TEA };

/** Two subjects, two topics. */
export const TOPICAL = {
  "documents/tea.md": TEA.replace("Green tea is", "<!-- restates 3 -->\nGreen tea is"),
  "faq.yaml": `
subjects:
  - { id: green, name: Green tea, aliases: ["green tea"] }
  - { id: black, name: Black tea, aliases: ["black tea"] }
topics:
  - id: brewing
    title: Brewing time
    examples: ["How long is tea brewed?", "How many minutes does tea take?", "How long does green tea brew compared with black tea?"]
    verdict:
      text: "Green tea is brewed for two minutes and black tea for four."
      quotes: [{ tea: "Green tea is brewed for two minutes." }, { tea: "Black tea is brewed for four minutes." }]
    comparison:
      - aspect: Minutes
        green: { text: "Two minutes", quotes: [{ tea: "Green tea is brewed for two minutes." }] }
        black: { text: "Four minutes", quotes: [{ tea: "Black tea is brewed for four minutes." }] }
    next: ["Where is tea stored?"]
  - id: storage
    title: Storage
    examples: ["Where is tea stored?", "How do I store tea?", "What do I keep tea in?"]
    verdict: { text: "Tea is stored in a dark tin.", quotes: [{ tea: "Tea is stored in a dark tin." }] }
    next: ["How long is tea brewed?"]
`,
};
