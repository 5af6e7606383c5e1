// Words where a statement or a quote stands, for all platforms alike.

import type { LineRange } from "../../src/document.ts";
import type { CitedStatement } from "../../src/reply.ts";

/** A statement's numbers in ascending order: "[1][3]". */
export const marksOf = ({ citations }: CitedStatement): string =>
  [...citations]
    .sort((a, b) => a - b)
    .map((number) => `[${number}]`)
    .join("");

/** Title and section, each as the platform draws it; an empty one is left out. */
export const joinPlace = (title: string, section: string): string =>
  [title, section].filter((part) => part !== "").join(" › ");

/** "line 12", "lines 12–14". */
export const linesOf = ({ start, end }: LineRange): string =>
  start === end ? `line ${start}` : `lines ${start}–${end}`;

/** "12", "12-14", as behind a file's name. */
export const rangeOf = ({ start, end }: LineRange): string => (start === end ? `${start}` : `${start}-${end}`);

/** The address of a page of the web as a browser spells it; null for what is none, or would show a password. */
export function pageAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, username, href } = new URL(url);
  return (protocol === "https:" || protocol === "http:") && username === "" ? href : null;
}
