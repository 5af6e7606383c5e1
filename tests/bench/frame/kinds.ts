// The same pages as files of each kind to how long such a folder takes to open, and what its index and memory take.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Document } from "../../../src/document.ts";
import { writeDocx, writePdf } from "./office.ts";
import { type GeneratedPage, pagesOf } from "./pages.ts";
import { ms, type Row } from "./suite.ts";

const PAGES = 500;
const opener = join(import.meta.dirname, "open-folder.js");

type Write = (page: GeneratedPage) => string | Uint8Array;

/** How a page is written in each kind. */
const KINDS: Readonly<Record<string, Write>> = {
  md: ({ title, sections }) =>
    [`# ${title}`, ...sections.flatMap((one) => [`## ${one.heading}`, one.text]), ""].join("\n\n"),
  mdx: ({ title, sections }) =>
    [
      'import Note from "./note"',
      `# ${title}`,
      ...sections.flatMap((one) => [`## ${one.heading}`, `<Note>\n\n${one.text}\n\n</Note>`]),
      "",
    ].join("\n\n"),
  txt: ({ title, sections }) =>
    [title.toUpperCase(), ...sections.flatMap((one) => [one.heading.toUpperCase(), one.text]), ""].join("\n\n"),
  html: ({ title, sections }) =>
    `<!doctype html><title>${title}</title><main><h1>${title}</h1>${sections.map((one) => `<h2>${one.heading}</h2>\n<p>${one.text}</p>`).join("\n")}</main>\n`,
  rst: ({ title, sections }) =>
    [underlined(title, "="), ...sections.flatMap((one) => [underlined(one.heading, "-"), one.text]), ""].join("\n\n"),
  adoc: ({ title, sections }) =>
    [`= ${title}`, ...sections.flatMap((one) => [`== ${one.heading}`, one.text]), ""].join("\n\n"),
  csv: ({ sections }) => [["Part", "Says"], ...sections.map((one) => [one.heading, one.text])].map(rowOfCells).join(""),
  ipynb: ({ title, sections }) =>
    JSON.stringify(
      { cells: [`# ${title}`, ...sections.map((one) => `## ${one.heading}\n\n${one.text}`)].map(cellOf) },
      null,
      1,
    ),
  docx: writeDocx,
  pdf: writePdf,
};

const rowOfCells = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
const cellOf = (source: string): object => ({ cell_type: "markdown", metadata: {}, source: source.split(/(?<=\n)/) });

const underlined = (heading: string, sign: string): string => `${heading}\n${sign.repeat(heading.length)}`;

interface Opened {
  readonly openMs: number;
  readonly residentBytes: number;
  readonly documents: number;
}

/** @param documents whose sentences the pages are made of */
export const kindRows = (documents: readonly Document[]): Row[] => {
  const pages = pagesOf(documents, PAGES);
  return Object.entries(KINDS).map(([ending, write]) => rowOf(ending, pages, write));
};

function rowOf(ending: string, pages: readonly GeneratedPage[], write: Write): Row {
  const [folder, data] = [
    mkdtempSync(join(tmpdir(), "footnote-kind-")),
    mkdtempSync(join(tmpdir(), "footnote-kind-data-")),
  ];
  try {
    let bytes = 0;
    for (const [at, page] of pages.entries()) {
      const text = write(page);
      bytes += Buffer.byteLength(text);
      mkdirSync(join(folder, `part-${at % 20}`), { recursive: true });
      writeFileSync(join(folder, `part-${at % 20}`, `page-${at}.${ending}`), text);
    }
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", opener, folder, data], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${opener} ended with ${status}: ${stderr}`);
    const opened = JSON.parse(stdout) as Opened;
    const index = readdirSync(join(data, "index")).reduce(
      (sum, name) => sum + statSync(join(data, "index", name)).size,
      0,
    );
    const sizes = `${megabytes(bytes)} of files, ${megabytes(index)} of index, ${megabytes(opened.residentBytes)} of memory`;
    return { name: `open ${opened.documents} files .${ending}`, value: ms(opened.openMs), note: sizes };
  } finally {
    for (const made of [folder, data]) rmSync(made, { recursive: true });
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
