// Keeps what was found out about each document, so that of a large corpus only what has changed is read anew.

import type { Block, Document } from "../document.ts";
import { growingNumbers } from "../structures/growable-array.ts";
import { tokenize } from "../text/analyzer.ts";
import { Printer } from "./duplicates.ts";
import { namesIn } from "./names-in.ts";
import {
  BLOCK,
  CLAUSE,
  type CorpusDigest,
  type DocumentDigest,
  isEvidence,
  isMark,
  TEXT,
  WordNumbers,
} from "./token-stream.ts";

const known = new WeakMap<readonly Document[], CorpusDigest>();
const kept = new WeakMap<Document, { readonly digest: DocumentDigest; readonly words: readonly string[] }>();

/** Digests of an earlier corpus, each found again with its document. */
export function keepDigests(documents: readonly Document[], { words, documents: digests }: CorpusDigest): void {
  for (const [at, document] of documents.entries()) {
    const digest = digests[at];
    if (digest !== undefined) kept.set(document, { digest, words });
  }
}

/** Digests documents one by one, and finds their digests again with the documents that take their places. */
export function digestDocuments(): (document: Document, inPlace: Document) => void {
  const numbers = new WordNumbers();
  const printer = new Printer(numbers.words);
  return (document, inPlace) =>
    void kept.set(inPlace, { digest: digestDocument(document, numbers, printer), words: numbers.words });
}

/** The same for the same list of documents; words are numbered in the order in which the documents use them. */
export function digestOf(documents: readonly Document[]): CorpusDigest {
  const before = known.get(documents);
  if (before !== undefined) return before;
  const numbers = new WordNumbers();
  const printer = new Printer(numbers.words);
  const renumber = renumbered(numbers);
  const digest = {
    words: numbers.words,
    documents: documents.map((document) => {
      const old = kept.get(document);
      if (old === undefined) return digestDocument(document, numbers, printer);
      return { ...old.digest, tokens: renumber(old.digest.tokens, old.words) };
    }),
  };
  known.set(documents, digest);
  return digest;
}

/** Numbers of other words to those of these. */
function renumbered(numbers: WordNumbers): (tokens: Uint32Array, words: readonly string[]) => Uint32Array {
  const numbersOf = new Map<readonly string[], Int32Array>();
  return (tokens, words) => {
    const own = numbersOf.get(words) ?? new Int32Array(words.length).fill(-1);
    numbersOf.set(words, own);
    return tokens.map((token) => {
      if (isMark(token)) return token;
      let number = own[token] ?? -1;
      if (number < 0) {
        number = numbers.of(words[token] ?? "");
        own[token] = number;
      }
      return number;
    });
  };
}

/** What ends a clause, and so a phrase. */
const CLAUSE_ENDS = /[.,:;()!?|]+/;

function digestDocument(document: Document, numbers: WordNumbers, printer: Printer): DocumentDigest {
  const tokens = growingNumbers();
  const prints = growingNumbers();
  const push = (text: string): number[] => {
    const all: number[] = [];
    for (const clause of text.split(CLAUSE_ENDS)) {
      const own = tokenize(clause).map((word) => numbers.of(word));
      if (own.length > 0 && all.length > 0) tokens.push(CLAUSE);
      for (const number of own) {
        tokens.push(number);
        all.push(number);
      }
    }
    tokens.push(TEXT);
    return all;
  };
  push(document.title);
  for (const block of document.blocks) {
    push(block.section);
    push(block.header);
    const said = block.sentences.flatMap(({ text }) => push(text));
    const mark = markOf(block);
    tokens.push(mark);
    if (isEvidence(mark)) for (const number of printer.print(said, block)) prints.push(number);
  }
  return { tokens: tokens.toArray(), prints: prints.toArray(), names: namesIn(document) };
}

function markOf({ kind }: Block): number {
  switch (kind) {
    case "heading":
    case "furniture":
    case "row":
      return BLOCK[kind];
    default:
      return BLOCK.evidence;
  }
}
