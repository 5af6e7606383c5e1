// Tells what has become of quoted lines since the version of the corpus that a link was made from.

import { html } from "hono/html";
import type { Document, LineRange } from "../../src/document.ts";
import { linesOf } from "../shared/citation-text.ts";
import type { Earlier } from "./editions.ts";
import { digestsOf } from "./lines.ts";
import { type Html, NONE } from "./markup.ts";

export interface Changes {
  /** What the reader is told; nothing where nothing has changed. */
  readonly notice: Html;
  /** Where what is quoted stands now; null where no lines are named. */
  readonly quoted: LineRange | null;
  /** Lines that read differently now, where the link doesn't say which of them it means. */
  readonly differing: ReadonlySet<number>;
}

/**
 * @param quoted the lines that the link names
 * @param earlier what is known of the version that it was made from; null where it names none
 */
export function changesOf(document: Document, quoted: LineRange | null, earlier: Earlier | null): Changes {
  const unchanged: Changes = { notice: NONE, quoted, differing: new Set() };
  if (earlier === null || earlier.kind === "same") return unchanged;
  if (earlier.kind === "unknown") return { ...unchanged, notice: say(html`${UNKNOWN}`) };
  const [then, now] = [earlier.lines, digestsOf(document)];
  if (quoted === null) {
    const differing = new Set([...now].flatMap(([line, digest]) => (then.get(line) === digest ? [] : [line])));
    return { ...unchanged, differing, notice: say(html`${CHANGED} <span class="since">changed</span>.`) };
  }
  const [before, after] = [within(then, quoted), within(now, quoted)];
  if (JSON.stringify(before) === JSON.stringify(after)) return unchanged;
  const moved = findAll(now, before);
  if (moved !== null)
    return {
      ...unchanged,
      quoted: moved,
      notice: say(
        html`What stood at ${linesOf(quoted)} when it was quoted stands at <a href="#L${moved.start}">${linesOf(moved)}</a> now.`,
      ),
    };
  const have = quoted.start === quoted.end ? "has" : "have";
  return {
    ...unchanged,
    notice: say(html`<strong>${capital(linesOf(quoted))} ${have} changed</strong> since this was quoted.`),
  };
}

const UNKNOWN =
  "The documents have changed since this link was made, and it is not known any more which lines of this one did.";
const CHANGED =
  "This document has changed since this link was made. Lines that read differently now have their number marked as";

const say = (text: Html): Html => html`<p class="notice" role="status">${text}</p>`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Digests = ReadonlyMap<number, string>;

const within = (digests: Digests, { start, end }: LineRange): readonly (readonly [number, string])[] =>
  [...digests].filter(([line]) => line >= start && line <= end);

/** The one place at which these lines follow each other; null where there is none, or several. */
function findAll(now: Digests, wanted: readonly (readonly [number, string])[]): LineRange | null {
  const lines = [...now];
  const places = lines.flatMap((_, at) =>
    wanted.length > 0 && wanted.every(([, digest], next) => lines[at + next]?.[1] === digest) ? [at] : [],
  );
  const [at] = places;
  const [first, last] = at === undefined ? [] : [lines[at], lines[at + wanted.length - 1]];
  return places.length !== 1 || first === undefined || last === undefined ? null : { start: first[0], end: last[0] };
}
