// A folder to small ones: a few of its pages with the questions that they answer, and some that only others answer.

import type { Document } from "../../../src/document.ts";
import { type CaseFolder, type FolderCase, isAnswerable } from "./cases.ts";

/** What most people point a bot at first has about so many pages. */
const PAGES = 8;
/** Of each small folder: questions that other pages answer, and those that none does. */
const UNANSWERED = 8;
/** A folder gives at most so many. */
const FOLDERS_MAX = 10;

/**
 * Half of the pages answer something, half are drawn from the others; drawn alike each time.
 * @param pagesOf the places of the pages that answer a question
 */
export function smallFolders(folder: CaseFolder, pagesOf: (asked: FolderCase) => ReadonlySet<number>): CaseFolder[] {
  const { documents, cases } = folder;
  const first = cases.filter(({ after }) => after.length === 0);
  const answered = first.filter(isAnswerable).map((asked) => ({ asked, pages: pagesOf(asked) }));
  const answering = drawn([...new Set(answered.flatMap(({ pages }) => [...pages]))], ANSWERING_SEED);
  const others = drawn(
    documents.map((_, page) => page).filter((page) => !answering.includes(page)),
    OTHERS_SEED,
  );
  const never = drawn(
    first.filter((asked) => !isAnswerable(asked)),
    NEVER_SEED,
  );
  const half = PAGES / 2;
  const count = Math.min(FOLDERS_MAX, Math.floor(answering.length / half));
  return Array.from({ length: count }, (_, at): CaseFolder => {
    const own = [...answering.slice(at * half, (at + 1) * half), ...turned(others, at * half, half)];
    const pages = new Set(own);
    const known = answered.filter((one) => one.pages.size > 0 && [...one.pages].every((page) => pages.has(page)));
    const unknown = answered.filter((one) => ![...one.pages].some((page) => pages.has(page)));
    return {
      ...folder,
      name: `${folder.name}, ${PAGES} pages (${at + 1})`,
      documents: own.sort((a, b) => a - b).map((page) => documents[page] as Document),
      cases: [
        ...known.map(({ asked }) => asked),
        ...turned(unknown, at * half, half).map(({ asked }): FolderCase => ({ ...asked, ...UNKNOWN })),
        ...turned(never, at * half, UNANSWERED - half),
      ],
    };
  });
}

const UNKNOWN = { kind: "unknown", shape: "near-miss", facts: [], gold: [] } as const satisfies Partial<FolderCase>;

const [ANSWERING_SEED, OTHERS_SEED, NEVER_SEED] = [11, 23, 47];

/** In an order that looks like none and is always the same (a linear congruential generator, Knuth's MMIX). */
function drawn<T>(list: readonly T[], seed: number): T[] {
  let state = BigInt(seed);
  const keyed = list.map((one) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return { one, key: Number(state >> 33n) };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
}

const turned = <T>(list: readonly T[], from: number, count: number): T[] =>
  Array.from({ length: Math.min(count, list.length) }, (_, at) => list[(from + at) % list.length] as T);
