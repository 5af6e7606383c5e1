// Turns the documents' tables into comparisons: what two columns, or two rows, say side by side.

import { type Block, cellsOf, type Document, type Grounded, quoteSentence } from "../document.ts";
import { type Lexicon, plain, queryTerms } from "../text/analyzer.ts";

/** What two things have in common or not, as one table says it. */
export interface SideBySide {
  readonly document: Document;
  readonly section: string;
  readonly sides: readonly [string, string];
  /** What the question asks for first; a cell is null where the table leaves it empty. */
  readonly rows: readonly { readonly aspect: string; readonly cells: readonly [Grounded | null, Grounded | null] }[];
}

/** A table as it stands in its document. */
export interface Table {
  readonly document: Document;
  readonly section: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly block: Block }[];
}

export interface Tables {
  /** The two things that each table is about whose first column says in what respect. */
  readonly all: readonly SideBySide[];
  /** The table that holds both things a question names; null where there is none, or none says what it asks of them. */
  compare(ask: string): SideBySide | null;
  /** The table whose two things a phrase sets against each other and nothing else: "Steel kettle vs Glass kettle". */
  named(phrase: string): SideBySide | null;
  /** The rows of a table that a phrase names by their first cell, for its first two columns. */
  about(phrase: string): SideBySide | null;
}

/** What heads a column of respects: nothing, or a word for it. In other tables the rows are the things. */
const RESPECT =
  /^(?:(?:compared |comparison )?(?:aspects?|attributes?|categor(?:y|ies)|characteristics?|comparison|criteri(?:on|a)|differences?|factors?|features?|functions?|items?|metrics?|parameters?|points?|propert(?:y|ies)|questions?|respects?|topics?))?$/i;

/** The question for a comparison of two things. */
export const againstEachOther = (sides: SideBySide["sides"]): string => sides.join(" vs ");

/** A table sets something side by side when its first column says what about. */
const COLUMNS_MIN = 3;

export const tablesIn = (documents: readonly Document[]): Table[] => documents.flatMap(tablesOf);

export function createTables(tables: readonly Table[], lexicon: Lexicon): Tables {
  const all = tables
    .filter(({ columns: [first = ""] }) => RESPECT.test(first))
    .flatMap((table) => byColumns(table, 1, 2) ?? []);
  return {
    all,
    named: (phrase) => all.find(({ sides }) => plain(againstEachOther(sides)) === plain(phrase)) ?? null,
    about(phrase) {
      const asked = new Set(queryTerms(phrase, lexicon));
      for (const table of all) {
        const rows = table.rows.filter(({ aspect }) => {
          const own = queryTerms(aspect, lexicon);
          return own.length > 0 && own.every((term) => asked.has(term)) && own.length * 2 >= asked.size;
        });
        if (rows.length > 0) return { ...table, rows };
      }
      return null;
    },
    compare(ask) {
      const asked = new Set(queryTerms(ask, lexicon));
      let best: { readonly found: SideBySide; readonly score: number } | null = null;
      for (const table of tables) {
        const candidate = bestPair(table, asked, lexicon);
        if (candidate !== null && (best === null || candidate.score > best.score)) best = candidate;
      }
      return best?.found ?? null;
    },
  };
}

/** Rows under the same header in one document, header cells as often as theirs. */
function tablesOf(document: Document): Table[] {
  const byHeader = new Map<string, Block[]>();
  for (const block of document.blocks)
    if (block.kind === "row" && block.header !== "")
      byHeader.set(block.header, [...(byHeader.get(block.header) ?? []), block]);
  return [...byHeader].flatMap(([header, blocks]): Table[] => {
    const columns = cellsOf(header);
    const rows = blocks
      .map((block) => ({ block, cells: cellsOf(block.sentences[0]?.text ?? "") }))
      .filter(({ cells }) => cells.length === columns.length);
    if (columns.length < COLUMNS_MIN || rows.length === 0) return [];
    return [{ document, section: blocks[0]?.section ?? "", columns, rows }];
  });
}

/** The two columns, or else the two rows, that the question names, if there is something to say of them. */
function bestPair(
  table: Table,
  asked: ReadonlySet<string>,
  lexicon: Lexicon,
): { readonly found: SideBySide; readonly score: number } | null {
  const across = namedAmong(table.columns.slice(1), asked, lexicon).map((at) => at + 1);
  const down = namedAmong(
    table.rows.map(({ cells }) => cells[0] ?? ""),
    asked,
    lexicon,
  );
  const [left, right] = across.length === 2 ? across : down;
  const isAcross = across.length === 2;
  if (left === undefined || right === undefined || (!isAcross && down.length !== 2)) return null;
  const whole = isAcross ? byColumns(table, left, right) : byRows(table, left, right);
  if (whole === null) return null;
  const ofSides = new Set(whole.sides.flatMap((side) => queryTerms(side, lexicon)));
  const ofTable = new Set(queryTerms(`${table.document.title} ${table.section}`, lexicon));
  const wanted = [...asked].filter((term) => !ofSides.has(term) && !FRAMING.has(term));
  const told = whole.rows.filter(({ aspect }) => queryTerms(aspect, lexicon).some((term) => wanted.includes(term)));
  const unmet = wanted.filter((term) => !ofTable.has(term));
  if (unmet.length > 0 && told.length === 0) return null;
  return { found: told.length > 0 ? { ...whole, rows: told } : whole, score: told.length * 10 + whole.rows.length };
}

/** Stems of words that only ask for a comparison. */
const FRAMING = new Set(["compar", "comparison", "differ", "differenc", "vs", "versus", "side", "between"]);

/** Places of the names of which the question holds a word that no other of them has. */
function namedAmong(names: readonly string[], asked: ReadonlySet<string>, lexicon: Lexicon): number[] {
  const own = names.map((name) => new Set(queryTerms(name, lexicon)));
  return [...own.keys()].filter((at) =>
    [...(own[at] ?? [])].some(
      (term) => asked.has(term) && own.every((other, place) => place === at || !other.has(term)),
    ),
  );
}

function byColumns(table: Table, left: number, right: number): SideBySide | null {
  const rows = table.rows.map(({ cells, block }) => ({
    aspect: cells[0] ?? "",
    cells: [ground(table, block, cells[left]), ground(table, block, cells[right])] as const,
  }));
  return sideBySide(table, [table.columns[left] ?? "", table.columns[right] ?? ""], rows);
}

function byRows(table: Table, left: number, right: number): SideBySide | null {
  const [one, other] = [table.rows[left], table.rows[right]];
  if (one === undefined || other === undefined) return null;
  const rows = table.columns.slice(1).map((aspect, at) => ({
    aspect,
    cells: [ground(table, one.block, one.cells[at + 1]), ground(table, other.block, other.cells[at + 1])] as const,
  }));
  return sideBySide(table, [one.cells[0] ?? "", other.cells[0] ?? ""], rows);
}

function sideBySide(
  { document, section }: Table,
  sides: readonly [string, string],
  rows: SideBySide["rows"],
): SideBySide | null {
  const said = rows.filter(({ aspect, cells }) => aspect !== "" && cells.some((cell) => cell !== null));
  return said.length === 0 || sides.includes("") ? null : { document, section, sides, rows: said };
}

const EMPTY_CELL = /^(?:[-–—]*|n\/?a)$/i;

function ground({ document }: Table, block: Block, cell: string | undefined): Grounded | null {
  const [row] = block.sentences;
  if (cell === undefined || row === undefined || EMPTY_CELL.test(cell)) return null;
  return { text: cell, quotes: [quoteSentence(document, block, row)] };
}
