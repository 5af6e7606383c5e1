// Parses YAML, unless it is built to keep the parser busy.

import { type Document, isScalar, Lexer, LineCounter, parseDocument, visit } from "yaml";
import { CorpusError } from "../../errors.ts";

export interface Yaml {
  readonly tree: Document.Parsed;
  readonly counter: LineCounter;
  /** What it says, as plain values; null where it says nothing. */
  readonly values: unknown;
}

/** Flow collections, or block collections begun on one line, inside each other. */
const DEPTH_MAX = 32;
/** Spaces before a key: each level of block collections takes at least one. */
const INDENT_MAX = 200;
/** Anchors, aliases and tags in all. */
const PROPERTIES_MAX = 1000;
/** Tokens on one line, and in all: six times as many as a FAQ of 28 topics and 4,000 questions has. */
const LINE_TOKENS_MAX = 10_000;
const TOKENS_MAX = 300_000;

/**
 * @param file what errors name the file
 * @param offset how many lines of the file stand before the YAML
 * @param takesLastOfKeys whether of keys that stand twice the last one counts, instead of being an error
 * @throws CorpusError with line and remedy where it is no YAML, or none that a person wrote
 */
export function parseYaml(source: string, file: string, offset = 0, { takesLastOfKeys = false } = {}): Yaml {
  refuseBombs(source, file, offset);
  const counter = new LineCounter();
  // The parser's own ways of drawing errors and of finding keys that stand twice take the square of their number.
  const tree = parseDocument(source, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
  const [error] = tree.errors;
  const lineOf = (at: number): number => offset + counter.linePos(at).line;
  const [at, problem] =
    error === undefined
      ? [takesLastOfKeys ? null : secondOf(tree), "Map keys must be unique"]
      : [error.pos[0], error.message];
  if (at === null) return { tree, counter, values: valuesOf(tree, file, lineOf) };
  throw new CorpusError(file, lineOf(at), readable(problem), "mend the YAML");
}

const readable = (message: string): string => message.split("\n")[0] ?? "";

function valuesOf(tree: Document.Parsed, file: string, lineOf: (at: number) => number): unknown {
  try {
    return tree.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const problem = readable(error instanceof Error ? error.message : String(error));
    throw new CorpusError(file, lineOf(brokenAliasIn(tree)), problem, "mend the YAML's anchors and aliases");
  }
}

/** Where the first alias without an anchor stands; 0 without any. */
function brokenAliasIn(tree: Document.Parsed): number {
  let found = 0;
  visit(tree, {
    Alias(_, alias) {
      if (alias.resolve(tree) !== undefined) return undefined;
      found = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Where the first key stands that its mapping already has; null without any. */
function secondOf(tree: Document.Parsed): number | null {
  let found: number | null = null;
  visit(tree, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (isScalar(key) && seen.has(key.value)) found = key.range?.[0] ?? 0;
        if (found !== null) return visit.BREAK;
        if (isScalar(key)) seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

const isIndented = (token: string): boolean => token.length > INDENT_MAX && /^ +$/.test(token);

/** What the lexer tells in one pass; the parser takes the square of it, or the stack overflows. */
function refuseBombs(source: string, file: string, offset: number): void {
  let line = offset + 1;
  let flowDepth = 0;
  let indicators = 0;
  let properties = 0;
  let onLine = 0;
  let tokens = 0;
  for (const token of new Lexer().lex(source)) {
    if (token === "[" || token === "{") flowDepth++;
    if (token === "]" || token === "}") flowDepth--;
    if (token === "-" || token === "?" || token === ":") indicators++;
    if (/^[&*!]/.test(token)) properties++;
    onLine++;
    tokens++;
    const problem =
      flowDepth > DEPTH_MAX || (indicators > DEPTH_MAX && flowDepth === 0) || isIndented(token)
        ? `nests deeper than ${DEPTH_MAX}`
        : properties > PROPERTIES_MAX
          ? `holds more than ${PROPERTIES_MAX} anchors, aliases and tags`
          : onLine > LINE_TOKENS_MAX
            ? "holds too much on one line"
            : tokens > TOKENS_MAX
              ? "holds too much for one file"
              : null;
    if (problem !== null) throw new CorpusError(file, line, problem, "mend the YAML");
    if (!token.includes("\n")) continue;
    line += token.split("\n").length - 1;
    indicators = 0;
    onLine = 0;
  }
}
