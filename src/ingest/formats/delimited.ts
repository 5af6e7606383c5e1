// Reads lines of cells, parted by commas, semicolons or tabs, into rows under their header.

import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { Block, Sentence } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { squeeze } from "../../text/sentences.ts";
import { ENTRIES_MAX, Page } from "./page.ts";

/** So many bytes of one row are read; more are a quotation mark that is never closed. */
const ROW_LENGTH_MAX = 200_000;
/** So many lines tell what parts the cells. */
const SAMPLE_LINES = 20;
/** A formula says nothing until a program works it out, which this one does not. */
const FORMULA = /^[=@](?=[\w.+\-("'])|^[+-](?=[A-Za-z_]+\()/;

/** A table that a page of Markdown shows has its marks. */
const BOLD = /^\s*\*\*([^*]+)\*\*\s*$/;

/**
 * Reads a table whose first row is its header, unless that holds numbers. Line numbers are those of the file.
 * @param file what errors name the file; what ends in .tsv is parted by tabs
 * @throws CorpusError when a row is longer than one that a person looks at
 */
export function readDelimited(source: string, file: string): Block[] {
  const all = rowsOf(source.replace(/\r\n?/g, "\n"), file);
  const caption = captionOf(all);
  const rows = caption === null ? all : all.slice(1);
  const [first, ...rest] = rows;
  const page = new Page(file);
  if (first === undefined) return page.blocks();
  const isHeaded = rest.length > 0 && first.cells.every((cell) => !/^[-+]?[\d.,]+%?$/.test(cell));
  const header = isHeaded ? first.cells : [];
  const headerLines = isHeaded ? first.lines : null;
  page.inTable(() => {
    for (const { cells, lines } of isHeaded ? rest : rows) {
      if (cells.every((cell) => cell === "")) continue;
      const row = { cells, header, headerLines, head: null, caption };
      page.add("row", [{ text: cells.join(" | "), lines }], { header: header.join(" | "), row });
    }
  });
  return page.blocks();
}

/** What stands alone above a header of several cells names the table. */
function captionOf([first, second]: readonly Row[]): Sentence | null {
  const [text, ...others] = (first?.cells ?? []).filter((cell) => cell !== "");
  const named = second?.cells.filter((cell) => cell !== "").length ?? 0;
  return first === undefined || text === undefined || others.length > 0 || named < 2
    ? null
    : { text, lines: first.lines };
}

const record = z.object({ record: z.array(z.string()), info: z.looseObject({ lines: z.number() }) });

interface Row {
  readonly cells: readonly string[];
  readonly lines: { readonly start: number; readonly end: number };
}

function rowsOf(source: string, file: string): Row[] {
  const records = z.array(record).parse(
    read(
      () =>
        parse(source, {
          delimiter: /\.tsv$/i.test(file) ? "\t" : delimiterOf(source),
          info: true,
          bom: true,
          relax_quotes: true,
          relax_column_count: true,
          skip_empty_lines: true,
          max_record_size: ROW_LENGTH_MAX,
          // One more than the page takes, so that it says so.
          to: ENTRIES_MAX + 2,
          quote: '"',
          escape: '"',
        }),
      file,
    ),
  );
  let before = 0;
  return records.map(({ record: cells, info }): Row => {
    const own = cells.map((cell) => (FORMULA.test(cell.trim()) ? "" : squeeze(cell.replace(BOLD, "$1"))));
    // Lines that are empty stand before the row that they precede.
    const end = Math.max(info.lines, before + 1);
    const start = Math.max(before + 1, end - cells.join("").split("\n").length + 1);
    before = end;
    return { cells: own, lines: { start, end } };
  });
}

function read<T>(parseAll: () => T, file: string): T {
  try {
    return parseAll();
  } catch (error) {
    const line = error instanceof Error && "lines" in error && typeof error.lines === "number" ? error.lines : null;
    const problem = `holds a row of more than ${ROW_LENGTH_MAX} characters`;
    throw new CorpusError(file, line, problem, "close its quotation marks or split it");
  }
}

/** What parts the most lines into as many cells. */
function delimiterOf(source: string): string {
  const lines = source
    .slice(0, ROW_LENGTH_MAX)
    .split(/\r\n|\r|\n/, SAMPLE_LINES)
    .filter((line) => line.trim() !== "");
  const evenness = (sign: string): number => {
    const counts = lines.map((line) => line.split(sign).length - 1);
    const [most = 0] = counts.toSorted((a, b) => b - a);
    return most === 0 ? 0 : counts.filter((count) => count === counts[0] && count > 0).length;
  };
  return (
    [",", ";", "\t", "|"].map((sign) => ({ sign, even: evenness(sign) })).toSorted((a, b) => b.even - a.even)[0]
      ?.sign ?? ","
  );
}
