// Writes the addresses of pages and reads what they ask for; one place, so that links and routes agree.

import type { LineRange } from "../../src/document.ts";
import { QUESTION_LENGTH_MAX } from "../../src/question/parse.ts";
import { rangeOf } from "../shared/citation-text.ts";

/** A question and the earlier ones of its thread, oldest first. */
export interface Asked {
  readonly question: string;
  readonly after: readonly string[];
}

/** Of a thread, so many questions count. */
export const AFTER_MAX = 10;
/** What is longer is cut to this before it is read; the engine reads 1,000 characters and says so. */
export const TYPED_LENGTH_MAX = 2 * QUESTION_LENGTH_MAX;

const DOCUMENTS = "documents/";

/** Of a thread in an address, escapes counted: well within what servers and proxies read of one. */
const THREAD_LENGTH_MAX = 6000;

/** The thread that the next question follows: the latest questions, as many as an address may hold. */
export function threadAfter({ question, after }: Asked): readonly string[] {
  const all = [...after, question].slice(-AFTER_MAX);
  const lengths = all.map((_, at) => encodeURIComponent(all.slice(at).join("")).length);
  return all.filter((_, at) => (lengths[at] ?? 0) <= THREAD_LENGTH_MAX);
}

/** @param base path that all pages stand below, "" or one that begins with a slash */
export function createAddresses(base: string) {
  const query = ({ question, after }: Asked, more: readonly (readonly [string, string])[] = []): string =>
    new URLSearchParams(
      [["q", question] as const, ...after.slice(-AFTER_MAX).map((one) => ["after", one] as const), ...more].map(
        ([name, value]): [string, string] => [name, value],
      ),
    ).toString();
  return {
    home: `${base}/`,
    documents: `${base}/documents`,
    api: `${base}/api`,
    asset: (name: string, version: string): string => `${base}/assets/${name}?v=${version}`,
    ask: (asked: Asked): string => `${base}/?${query(asked)}`,
    why: (asked: Asked): string => `${base}/?${query(asked, [["why", "1"]])}#why`,
    widget: (asked: Asked): string => `${base}/widget?${query(asked)}`,
    /** The page of a document, at these lines as a version of the corpus had them. */
    document: (file: string, at: { readonly corpus: string; readonly lines: LineRange } | null = null): string => {
      const page = `${base}/documents/${pathOf(file)}`;
      return at === null ? page : `${page}?v=${at.corpus}&lines=${rangeOf(at.lines)}#L${at.lines.start}`;
    },
    raw: (file: string): string => `${base}/raw/${pathOf(file)}`,
  };
}

export type Addresses = ReturnType<typeof createAddresses>;

/** A file's path as addresses have it. */
const pathOf = (file: string): string => withoutDocuments(file).split("/").map(encodeURIComponent).join("/");

const withoutDocuments = (file: string): string => (file.startsWith(DOCUMENTS) ? file.slice(DOCUMENTS.length) : file);

/** Whether a path of an address, decoded, means this file of the corpus. */
export const isAt = (path: string, file: string): boolean => file === path || withoutDocuments(file) === path;

/** What an address asks; null where it asks nothing. */
export function askedIn(query: URLSearchParams): Asked | null {
  const question = query.get("q")?.slice(0, TYPED_LENGTH_MAX) ?? "";
  if (question.trim() === "") return null;
  return {
    question,
    after: query
      .getAll("after")
      .slice(-AFTER_MAX)
      .map((one) => one.slice(0, TYPED_LENGTH_MAX)),
  };
}

/** "12" or "12-14" as lines; null for anything else. */
export function linesIn(text: string | null): LineRange | null {
  const [, first, last] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(text ?? "") ?? [];
  if (first === undefined) return null;
  const [start, end] = [Number(first), Number(last ?? first)];
  return start >= 1 && end >= start ? { start, end } : null;
}
