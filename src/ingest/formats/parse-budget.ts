// Estimates how long reading a Markdown text takes, so that what would take minutes is refused instead.

import { CorpusError } from "../../errors.ts";

/** How deep lists and quotations may stand inside each other; nobody writes deeper ones by hand. */
const DEPTH_MAX = 40;
/** About so many milliseconds of a desktop's processor beyond those that plain prose of the same length takes. */
const EFFORT_MAX = 2500;

/**
 * What micromark takes for the parts of a text, measured on texts of nothing else. Squares are of its searches: each
 * mark of a paragraph may look for its partner among all others.
 */
const COST = {
  block: 0.04,
  blankLine: 0.005,
  item: 0.1,
  cell: 0.04,
  mark: 0.01,
  marksSquared: 6e-6,
  linesSquared: 1.3e-5,
  nestedSquared: 3e-5,
  underlinesSquared: 2e-4,
} as const;

/** Lines that no blank line parts. */
interface Paragraph {
  readonly line: number;
  lines: number;
  marks: number;
  cells: number;
  items: number;
  /** Marks of containers inside of another. */
  nested: number;
}

/**
 * @param source with line feeds as its only line ends
 * @param file what errors name the file
 * @throws CorpusError with the line from which on it would take too long
 */
export function refuseLongReading(source: string, file: string): void {
  let effort = 0;
  let underlines = 0;
  let paragraph: Paragraph | null = null;
  const weigh = (line: number, more: number): void => {
    effort += more;
    if (effort + COST.underlinesSquared * underlines ** 2 > EFFORT_MAX)
      throw new CorpusError(file, line, "would take too long to read from here on", "split the file or remove it");
  };
  for (const [at, line] of source.split("\n").entries()) {
    if (line.trim() === "") {
      weigh(paragraph?.line ?? at + 1, COST.blankLine + effortOf(paragraph));
      paragraph = null;
      continue;
    }
    paragraph ??= { line: at + 1, lines: 0, marks: 0, cells: 0, items: 0, nested: 0 };
    const depth = add(paragraph, line);
    if (depth > DEPTH_MAX)
      throw new CorpusError(file, at + 1, `nests lists or quotations deeper than ${DEPTH_MAX}`, "mend or remove it");
    if (/^[ >]*(?:=+|-+)\s*$/.test(line)) underlines++;
  }
  weigh(paragraph?.line ?? 1, effortOf(paragraph));
}

const CONTAINERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)))+/;

/** Counts a line in. Returns how many containers it opens or stands in, as far as one line can tell. */
function add(paragraph: Paragraph, line: string): number {
  const opening = CONTAINERS.exec(line)?.[0] ?? "";
  const containers = opening === "" ? 0 : (opening.match(/>|[-+*.)]/g)?.length ?? 0);
  const indent = line.length - line.trimStart().length;
  paragraph.lines++;
  paragraph.marks += line.match(/[*_[\]`<&\\!~{]/g)?.length ?? 0;
  paragraph.cells += line.match(/\|/g)?.length ?? 0;
  paragraph.items += containers;
  paragraph.nested += containers + (containers > 0 && indent > 1 ? 1 : 0) > 1 ? containers : 0;
  return containers + (containers > 0 ? Math.floor(indent / 2) : 0);
}

function effortOf(paragraph: Paragraph | null): number {
  if (paragraph === null) return 0;
  const { lines, marks, cells, items, nested } = paragraph;
  return (
    COST.block +
    COST.linesSquared * lines ** 2 +
    COST.marksSquared * marks ** 2 +
    COST.mark * marks +
    COST.cell * cells +
    COST.item * items +
    COST.nestedSquared * nested ** 2
  );
}

/** No line of text is longer; finding the sentences of one takes more than its length. */
const LINE_LENGTH_MAX = 2_000_000;

/** @throws CorpusError where a line is longer than one that is read */
export function refuseLongLine(length: number, file: string, line: number): void {
  if (length > LINE_LENGTH_MAX)
    throw new CorpusError(file, line, `holds a line of more than ${LINE_LENGTH_MAX / 1e6} MB`, "wrap it or remove it");
}
