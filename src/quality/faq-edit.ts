// faq.yaml to faq.yaml with entries added: every comment, order and line that stands there stays as it is.

import { type Document, isMap, isScalar, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from "yaml";
import { OperatorError } from "../errors.ts";
import { plain } from "../text/analyzer.ts";
import { draftFaq, type FaqTopic, topicEntry } from "./draft.ts";

/** What was put where; undone by putting back what stood there. */
export interface Edit {
  /** Offset in the file before. */
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

export interface Edited {
  readonly source: string;
  readonly edit: Edit;
}

type Key = string | number;

/**
 * Adds questions to what a topic is asked by; those that stand in the file already are left out.
 * @throws OperatorError where there is no such topic
 */
export function addExamples(source: string, topic: string, questions: readonly string[]): Edited {
  const tree = parse(source);
  const at = entriesOf(tree, "topics").findIndex((entry) => isMap(entry) && entry.get("id") === topic);
  if (at < 0) throw new OperatorError(`faq.yaml has no topic "${topic}"`, "name one that footnote topics lists");
  return append(source, tree, ["topics", at, "examples"], withoutKnown(tree, questions));
}

/** Adds a topic after the others. */
export const addTopic = (source: string, topic: FaqTopic): Edited =>
  append(source, parse(source), ["topics"], [topicEntry(topic)]);

/** A faq.yaml of one topic, for a folder that has none. */
export const newFaq = (topic: FaqTopic): Edited => {
  const source = draftFaq([topic]);
  return { source, edit: { at: 0, removed: "", inserted: source } };
};

/** Adds questions that the documents do not answer, to the group of this title; where there is none, one is made. */
export function addOutside(source: string, title: string, questions: readonly string[]): Edited {
  const tree = parse(source);
  const added = withoutKnown(tree, questions);
  const at = entriesOf(tree, "outside").findIndex((entry) => isMap(entry) && entry.get("title") === title);
  return at < 0
    ? append(source, tree, ["outside"], [{ title, examples: added }])
    : append(source, tree, ["outside", at, "examples"], added);
}

/** The file without an edit; null where what was put in has been changed since. */
export function takeOut(source: string, { at, removed, inserted }: Edit): string | null {
  const stands = source.startsWith(inserted, at);
  const first = stands ? at : source.indexOf(inserted);
  if (first < 0 || (!stands && source.indexOf(inserted, first + 1) >= 0)) return null;
  return source.slice(0, first) + removed + source.slice(first + inserted.length);
}

/** Questions of a faq.yaml may stand once; compared as words. */
function withoutKnown(tree: Document, questions: readonly string[]): string[] {
  const known = new Set<string>();
  const collect = (value: unknown, key: string | null): void => {
    if (Array.isArray(value)) for (const one of value) collect(one, key);
    else if (typeof value === "string") {
      if (key === "examples" || key === "asked") known.add(plain(value));
    } else if (typeof value === "object" && value !== null)
      for (const [name, one] of Object.entries(value)) collect(one, name);
  };
  collect(tree.toJS(), null);
  const added: string[] = [];
  for (const question of questions) {
    if (known.has(plain(question)) || plain(question) === "") continue;
    known.add(plain(question));
    added.push(question);
  }
  return added;
}

const parse = (source: string): Document.Parsed =>
  parseDocument(source, { prettyErrors: false, uniqueKeys: false, keepSourceTokens: false });

const entriesOf = (tree: Document, key: string): readonly unknown[] => {
  const list = tree.get(key);
  return isSeq(list) ? list.items : [];
};

/** Puts values behind the last of a list, as text; what comes of it is read back and held against what was meant. */
function append(source: string, tree: Document.Parsed, path: readonly Key[], values: readonly unknown[]): Edited {
  if (values.length === 0) return { source, edit: { at: source.length, removed: "", inserted: "" } };
  const edit = behindList(source, tree, path, values);
  const edited = source.slice(0, edit.at) + edit.inserted + source.slice(edit.at + edit.removed.length);
  const meant = JSON.stringify(appended(tree.toJS(), path, values));
  const read = parse(edited);
  if (read.errors.length > 0 || JSON.stringify(read.toJS()) !== meant)
    throw new OperatorError(
      "faq.yaml is written in a way that nothing can be added to safely",
      "add the lines by hand",
    );
  return { source: edited, edit };
}

function behindList(source: string, tree: Document.Parsed, path: readonly Key[], values: readonly unknown[]): Edit {
  const eol = source.includes("\r\n") ? "\r\n" : "\n";
  const list = tree.getIn(path, true);
  if (!isSeq(list)) return newList(source, path, values, eol);
  const last = rangeOf(list.items.at(-1));
  if (last === null) return filled(source, list, path, values, eol);
  if (list.flow === true) {
    const more = values.map((value) => `, ${JSON.stringify(value)}`).join("");
    return { at: last[1], removed: "", inserted: more };
  }
  const first = rangeOf(list.items[0]) ?? last;
  const indent = /(?:^|\n)([ ]*)-[ ]+$/.exec(source.slice(0, first[0]))?.[1] ?? "";
  const text = source.slice(0, last[1]).trimEnd();
  const lineEnd = source.indexOf("\n", text.length);
  const at = lineEnd < 0 ? source.length : source[lineEnd - 1] === "\r" ? lineEnd - 1 : lineEnd;
  return { at, removed: "", inserted: eol + listed(values, indent, eol).trimEnd() };
}

/** A list that is there and empty. */
function filled(source: string, list: YAMLSeq, path: readonly Key[], values: readonly unknown[], eol: string): Edit {
  const [from, to] = rangeOf(list) ?? [source.length, source.length];
  const indent = " ".repeat(2 * path.length);
  return { at: from, removed: source.slice(from, to), inserted: eol + listed(values, indent, eol).trimEnd() };
}

/** A list that is not there, behind everything else. */
function newList(source: string, path: readonly Key[], values: readonly unknown[], eol: string): Edit {
  const body = source.trimEnd();
  const gap = body === "" ? "" : eol + eol;
  const inserted = `${gap}${path.join(".")}:${eol}${listed(values, "  ", eol).trimEnd()}${eol}`;
  return { at: body.length, removed: source.slice(body.length), inserted };
}

const listed = (values: readonly unknown[], indent: string, eol: string): string =>
  stringify(values, { lineWidth: 0 })
    .replace(/^(?=.)/gm, indent)
    .replaceAll("\n", eol);

/** Where a node's value stands; null for no node. */
function rangeOf(node: unknown): readonly [number, number] | null {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
  const { range } = node as YAMLMap | YAMLSeq;
  return range === null || range === undefined ? null : [range[0], range[1]];
}

/** The values with some more at the end of the list at `path`. */
function appended(tree: unknown, path: readonly Key[], values: readonly unknown[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return [...(Array.isArray(tree) ? tree : []), ...values];
  if (Array.isArray(tree)) return tree.map((one, at) => (at === key ? appended(one, rest, values) : one));
  const map = typeof tree === "object" && tree !== null ? tree : {};
  return { ...map, [key]: appended(Object.entries(map).find(([name]) => name === key)?.[1], rest, values) };
}
