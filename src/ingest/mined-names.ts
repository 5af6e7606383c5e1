// Mines the abbreviations, synonyms and subjects that documents name themselves.

import type { Document } from "../document.ts";
import { createLexicon, isStopWord, queryTerms, tokenize } from "../text/analyzer.ts";
import { digestOf } from "./digest.ts";
import everyday from "./everyday-words.json" with { type: "json" };
import type { Faq, Subject } from "./faq.ts";
import { BLOCK, CLAUSE, type CorpusDigest, isMark, TEXT, WordNumbers } from "./token-stream.ts";

/** A FAQ with what the documents say of their own words and everyday words besides; what the FAQ says comes first. */
export function withMinedNames(faq: Faq, documents: readonly Document[]): Faq {
  const abbreviations = abbreviationsOf(documents);
  return {
    ...faq,
    subjects: faq.subjects.length > 0 ? faq.subjects : subjectsOf(documents, abbreviations),
    synonyms: [...faq.synonyms, ...abbreviations, ...everyday],
  };
}

/**
 * Each short form with the long ones it stands for: those that a text gives in brackets, "Role-Based Access Control
 * (RBAC)", and those whose initials it is, "VM" where the documents often write "virtual machine".
 */
export function abbreviationsOf(documents: readonly Document[]): string[][] {
  const digest = digestOf(documents);
  const long = new Map<string, Set<string>>();
  for (const { names } of digest.documents)
    for (const [short, form] of names.bracketed) long.set(short, (long.get(short) ?? new Set()).add(form));
  for (const [short, form] of initialled(digest, new Set(long.keys()))) long.set(short, new Set([form]));
  return [...long].map(([short, forms]) => [short, ...forms]);
}

const INITIALS_MAX = 4;
/** A phrase must be met so often, and so many times as often as the next one, to be what the initials stand for. */
const PHRASE_COUNT_MIN = 3;
const PHRASE_LEAD = 2;
/** Share of its rarest word's places in which the phrase stands: words that only met by chance stand apart as often. */
const PHRASE_HOLDS = 0.5;

/** Capitals that no brackets explain, with the commonest phrase of those initials. */
function initialled(digest: CorpusDigest, explained: ReadonlySet<string>): [short: string, long: string][] {
  const shorts = digest.documents.flatMap(({ names }) => names.capitals).filter((short) => !explained.has(short));
  const { counts, candidates } = countPhrases(digest, initialsOf(shorts));
  const countOf = (phrase: string): number => counts.get(phrase) ?? 0;
  return [...candidates].flatMap(([short, phrases]): [string, string][] => {
    const [first, second] = [...phrases].sort((a, b) => countOf(b) - countOf(a) || (a < b ? -1 : 1));
    if (first === undefined || countOf(first) < PHRASE_COUNT_MIN) return [];
    const rarest = Math.min(...first.split(" ").map(countOf));
    const isClear = second === undefined || countOf(first) >= PHRASE_LEAD * countOf(second);
    return isClear && countOf(first) >= PHRASE_HOLDS * rarest ? [[short, first]] : [];
  });
}

/** Initials letter by letter. */
interface Initials {
  readonly next: Map<string, Initials>;
  isWhole: boolean;
}

function initialsOf(shorts: readonly string[]): Initials {
  const root: Initials = { next: new Map(), isWhole: false };
  for (const short of shorts) {
    let node = root;
    for (const letter of short.split("")) {
      const next = node.next.get(letter) ?? { next: new Map(), isWhole: false };
      node.next.set(letter, next);
      node = next;
    }
    node.isWhole = true;
  }
  return root;
}

interface Phrases {
  /** How often each word stands in a clause, in the singular, and each phrase of such initials. */
  readonly counts: ReadonlyMap<string, number>;
  /** The phrases of each initials, in the order of the documents. */
  readonly candidates: ReadonlyMap<string, ReadonlySet<string>>;
}

function countPhrases({ words, documents }: CorpusDigest, root: Initials): Phrases {
  const singulars = new WordNumbers();
  const singularOf = words.map((word) => singulars.of(word.replace(/(?<=[^s])s$/, "")));
  const isTelling = singulars.words.map((word) => !isStopWord(word) && word.length >= 3);
  const initialsOfWords = singulars.words.map((word) => word[0] ?? "");
  const counted = new Uint32Array(singulars.words.length);
  const counts = new Map<string, number>();
  const candidates = new Map<string, Set<string>>();
  const take = (run: readonly number[], initials: string): void => {
    const phrase = run.map((number) => singulars.words[number] ?? "");
    if (phrase.includes(initials)) return;
    const joined = phrase.join(" ");
    counts.set(joined, (counts.get(joined) ?? 0) + 1);
    candidates.set(initials, (candidates.get(initials) ?? new Set()).add(joined));
  };
  for (const { tokens } of documents)
    for (const clause of clausesIn(tokens))
      for (let at = clause.from; at < clause.to; at++) {
        const first = singularOf[tokens[at] ?? 0] ?? 0;
        counted[first] = (counted[first] ?? 0) + 1;
        let node: Initials | undefined = root;
        let initials = "";
        for (let end = at; end < clause.to && end < at + INITIALS_MAX; end++) {
          const number = singularOf[tokens[end] ?? 0] ?? 0;
          node = isTelling[number] === true ? node.next.get(initialsOfWords[number] ?? "") : undefined;
          if (node === undefined) break;
          initials += initialsOfWords[number] ?? "";
          if (end > at && node.isWhole)
            take(
              Array.from(tokens.subarray(at, end + 1), (token) => singularOf[token] ?? 0),
              initials,
            );
        }
      }
  for (const [number, word] of singulars.words.entries()) counts.set(word, counted[number] ?? 0);
  return { counts, candidates };
}

/** Where runs of words stand between marks; what stands in a heading's block is the section of those below it. */
function clausesIn(tokens: Uint32Array): { readonly from: number; readonly to: number }[] {
  const clauses: { readonly from: number; readonly to: number }[] = [];
  let ofBlock = 0;
  let from = 0;
  let isTitle = true;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? 0;
    if (!isMark(token)) continue;
    if (at > from) clauses.push({ from, to: at });
    from = at + 1;
    if (token === CLAUSE || (token === TEXT && !isTitle)) continue;
    isTitle = false;
    if (token === BLOCK.heading) clauses.length = ofBlock;
    ofBlock = clauses.length;
  }
  return clauses;
}

/** The things that titles and headings set against each other: "Comparing VMs and Containers". */
function subjectsOf(documents: readonly Document[], abbreviations: readonly (readonly string[])[]): Subject[] {
  const lexicon = createLexicon({ names: [], synonyms: abbreviations });
  const found = new Map<string, string>();
  for (const { names } of digestOf(documents).documents)
    for (const name of names.sides.flat()) {
      const key = queryTerms(name, lexicon).join(" ");
      if (!found.has(key)) found.set(key, name);
    }
  return [...found].map(([key, name]) => ({
    id: tokenize(name).join("-"),
    name,
    aliases: abbreviations.flatMap((group) => (queryTerms(group[0] ?? "", lexicon).join(" ") === key ? group : [])),
    kinds: [],
  }));
}
