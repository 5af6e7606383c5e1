// Takes a message with several questions apart and resolves each.

import type { AnalyseQuestion } from "../question/analysis.ts";
import { endsPhrase } from "../question/focus.ts";
import type { Turn } from "../question/follow-up.ts";
import { asksOutright, type Question } from "../question/parse.ts";
import { type Lexicon, queryTerms, tokenize } from "../text/analyzer.ts";
import { ARTICLES, oneOf } from "../text/words.ts";
import { isAnswered, type Resolution, type Resolver, topicOf, turnOf } from "./resolve.ts";

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const DECOMPOSITION = Object.freeze({
  /** Of several questions in one message, so many are looked at. */
  asksMax: 4,
  /** In a longer sentence "and" goes on telling a story. */
  wordsMax: 24,
  /** So far beyond a cosine of one half, a question is nearly a known one, and whole. */
  knownFrom: 0.3,
  /** Of a clause that is a question of its own, and of a phrase that is asked of the same. */
  clauseWordsMin: 3,
  phraseWordsMax: 3,
});

export interface Naming {
  readonly lexicon: Lexicon;
  readonly analyse: AnalyseQuestion;
}

/**
 * How each question of a message is resolved, in order; each may lean on the one before it.
 * @param earlier the thread's questions as they were typed, oldest first
 */
export async function resolveAll(
  question: Question,
  turn: Turn | null,
  resolver: Resolver,
  naming: Naming,
  earlier: readonly string[] = [],
): Promise<readonly Resolution[]> {
  let before = turn;
  const resolutions: Resolution[] = [];
  for (const ask of question.asks.slice(0, DECOMPOSITION.asksMax)) {
    const others = question.asks.filter((other) => other !== ask);
    const background = [question.background, ...(question.background === "" ? [] : others)].join(" ").trim();
    const last = before;
    const found = await decompose(ask, (text) => resolver.resolve(text, background, last, earlier), naming);
    const answered = found.find(isAnswered);
    if (answered !== undefined) before = turnOf(answered);
    resolutions.push(...found);
  }
  return resolutions.slice(0, DECOMPOSITION.asksMax);
}

/** The questions that one sentence puts together, where each belongs to a topic of its own; else the sentence itself. */
async function decompose(
  ask: string,
  resolve: (ask: string) => Promise<Resolution>,
  naming: Naming,
): Promise<readonly Resolution[]> {
  const whole = await resolve(ask);
  if (naming.analyse(ask).words.length > DECOMPOSITION.wordsMax) return [whole];
  const known = knownIn(whole);
  for (const { conjuncts, asks } of [...clausesOf(ask), ...phrasesOf(ask, naming)]) {
    if (isToldAtOnce(whole, conjuncts, naming.lexicon)) continue;
    const parts = await Promise.all(asks.map(resolve));
    // Nearly a known question, and no part of it nearer to one: it is asked as a whole.
    if (known >= DECOMPOSITION.knownFrom && !parts.some((part) => knownIn(part) > known)) continue;
    const found = parts.map(topicOf);
    const topics = new Set(found.filter((topic) => topic !== null));
    const whose = topicOf(whole);
    if (topics.size === parts.length && (whose === null || topics.has(whose))) return parts;
  }
  return [whole];
}

/** How nearly it is a known question; as near as can be for a name, a heading, and what is asked of documents alone. */
const knownIn = ({ match }: Resolution): number =>
  match?.statements[0]?.features.nearDuplicate ?? Number.POSITIVE_INFINITY;

/** Whether what answers a question, or what proves that, speaks of all the things that it puts together. */
function isToldAtOnce({ outcome }: Resolution, conjuncts: readonly string[], lexicon: Lexicon): boolean {
  if (outcome.kind !== "statement") return false;
  const { text, quotes } = outcome.best.statement;
  const told = new Set([text, ...quotes.map((quote) => quote.text)].flatMap((one) => queryTerms(one, lexicon)));
  return conjuncts.every((conjunct) => queryTerms(conjunct, lexicon).some((term) => told.has(term)));
}

/** A way of reading a sentence as several questions. */
interface Coordination {
  /** What "and" stands between. */
  readonly conjuncts: readonly string[];
  /** The sentence with one of them at a time. */
  readonly asks: readonly string[];
}

/** "what is KVM and how does Docker work": whole questions side by side. */
function clausesOf(ask: string): readonly Coordination[] {
  const clauses: string[] = [];
  let from = 0;
  for (const { 0: and, index } of ask.matchAll(AND)) {
    if (!asksOutright(ask.slice(index + and.length))) continue;
    clauses.push(ask.slice(from, index));
    from = index + and.length;
  }
  clauses.push(ask.slice(from));
  const areQuestions = clauses.every(
    (clause) => asksOutright(clause) && tokenize(clause).length >= DECOMPOSITION.clauseWordsMin,
  );
  if (clauses.length < 2 || !areQuestions) return [];
  return [{ conjuncts: clauses, asks: clauses.map((clause) => clause.replace(/[\s?.!]*$/, "?")) }];
}

/** "boot time and disk space of VMs", "speed, safety and cost": things asked of the same. */
function phrasesOf(ask: string, naming: Naming): readonly Coordination[] {
  return [...ask.matchAll(AND)].flatMap(({ 0: and, index }) => {
    const after = ask.slice(index + and.length);
    const last = firstPhrase(after);
    const before = ask.slice(0, index);
    if (BETWEEN.test(before)) return [];
    const { head, phrases } = listBefore(before, naming);
    if (last === "" || phrases.length === 0 || naming.analyse(last).mentions.length > 0) return [];
    const conjuncts = [...phrases, last];
    return [{ conjuncts, asks: conjuncts.map((conjunct) => `${head}${conjunct}${after.slice(last.length)}`) }];
  });
}
/** "between isolation and virtualization" */
const BETWEEN = /\bbetween\b(?!.*\band\b)/i;
const AND = new RegExp(String.raw`,?\s+and\s+(?:${oneOf(ARTICLES)}\s+)?`, "gi");

/** The phrases that end a text, with commas between them, and what stands before. */
function listBefore(text: string, naming: Naming): { readonly head: string; readonly phrases: readonly string[] } {
  const phrase = lastPhrase(text, naming);
  const head = text.slice(0, text.length - phrase.length);
  const comma = phrase === "" ? null : /,\s*$/.exec(head);
  const earlier = comma === null ? null : listBefore(head.slice(0, comma.index), naming);
  return earlier === null || earlier.phrases.length === 0
    ? { head, phrases: phrase === "" ? [] : [phrase] }
    : { head: earlier.head, phrases: [...earlier.phrases, phrase] };
}

/** The words that a text begins with, up to where a phrase ends; "" where that is far. */
function firstPhrase(text: string): string {
  const [run = ""] = RUN_AT_START.exec(text) ?? [];
  const told = run.split(/\s+/);
  const end = told.findIndex(endsPhrase);
  return joined(end < 0 ? told : told.slice(0, end));
}

/** The words that a text ends with, from where a phrase begins; a subject among them is what the others are asked of. */
function lastPhrase(text: string, { analyse }: Naming): string {
  const [run = ""] = RUN_AT_END.exec(text) ?? [];
  const told = run.split(/\s+/);
  const own = told.slice(told.findLastIndex(endsPhrase) + 1);
  const { mentions, tokens } = analyse(own.join(" "));
  const subject = mentions.at(-1);
  if (subject === undefined) return joined(own);
  const behind = tokens.slice(subject.at + 1);
  const count = behind.reduce((sum, { surface }) => sum + surface.split(" ").length, 0);
  return joined(own.slice(own.length - count));
}

/** Words and white space: a sign between words ends a phrase. */
const RUN_AT_START = /^[\p{L}\p{N}'’-]+(?:\s+[\p{L}\p{N}'’-]+)*/u;
const RUN_AT_END = /[\p{L}\p{N}'’-]+(?:\s+[\p{L}\p{N}'’-]+)*$/u;
const joined = (list: readonly string[]): string => (list.length > DECOMPOSITION.phraseWordsMax ? "" : list.join(" "));
