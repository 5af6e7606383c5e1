// Draws the map of a folder's files from their first lines, and puts it between the two marks of a README.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Each README with a map, and the folder it maps, below the clone. */
export const MAPS = [
  { readme: "src/README.md", folder: "src" },
  { readme: "adapters/README.md", folder: "adapters" },
] as const;

const OPENS = "<!-- map: npm run map -->";
const CLOSES = "<!-- end of map -->";

/**
 * The README with its map drawn anew.
 * @param root the clone
 * @throws Error where the README has no marks to put a map between
 */
export function withMap(root: string, { readme, folder }: (typeof MAPS)[number]): string {
  const text = readFileSync(join(root, readme), "utf8");
  const [start, end] = [text.indexOf(OPENS), text.indexOf(CLOSES)];
  if (start < 0 || end < start) throw new Error(`${readme} has no lines "${OPENS}" and "${CLOSES}"; put them in`);
  return `${text.slice(0, start)}${OPENS}\n\n${mapOf(root, folder)}\n\n${text.slice(end)}`;
}

/** A list of files for each folder, in the order of their paths, the folder's own files first. */
function mapOf(root: string, folder: string): string {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name).replaceAll("\\", "/"))
    .sort();
  const folders = [...new Set(files.map((file) => dirname(file)))].sort();
  return folders
    .map((one) => {
      const lines = files
        .filter((file) => dirname(file) === one)
        .map(
          (file) => `- \`${file.slice(one.length + 1, -3)}\` ${firstSentence(readFileSync(join(root, file), "utf8"))}`,
        );
      return [`**\`${one}/\`**`, "", ...lines].join("\n");
    })
    .join("\n\n");
}

/** What a file says of itself in its first comment, up to the first full stop that ends a sentence. */
export function firstSentence(code: string): string {
  const [, comment = ""] = /^(?:#!.*\n)?((?:\/\/.*\n)+)/.exec(code) ?? [];
  const [paragraph = ""] = comment.replace(/^\/\/ ?/gm, "").split(/\n\n/);
  const text = paragraph.replace(/\s+/g, " ").trim();
  return /^.*?[.](?= \p{Lu}|$)/u.exec(text)?.[0] ?? text;
}
