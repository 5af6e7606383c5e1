// What somebody has typed so far to the choices Discord offers below it.

import type { ApplicationCommandOptionChoiceData } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { clean } from "../shared/one-line.ts";
import { shorten } from "../shared/shorten.ts";
import { readPress, writePress } from "./buttons.ts";
import type { Places } from "./places.ts";

export type Choice = ApplicationCommandOptionChoiceData<string>;

export interface Choices {
  /** Example questions; the topics' first ones where nothing has been typed. */
  questions(typed: string): Choice[];
  /** What can be compared. */
  topics(typed: string): Choice[];
  /** The question that a chosen value or free text stands for; null for a choice of another corpus. */
  questionOf(value: string): string | null;
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure */
const CHOICES_MAX = 25;
const CHOICE_LENGTH_MAX = 100;

export function createChoices({ corpus: { faq }, offers }: Engine, places: Places): Choices {
  const first = offers.map(({ question }) => question);
  const every = faq.topics.flatMap(({ statements }) =>
    statements.flatMap(({ examples }) => examples.map(({ question }) => question)),
  );
  const questions = [...new Set([...first, ...every])].map((question) => ({ question, words: wordsOf(question) }));
  const names = new Map(faq.topics.map((topic) => [topic.id, topic.names]));
  const comparisons = offers.flatMap(({ id, title, comparison }) =>
    comparison === null ? [] : [{ title, comparison, words: [title, id, ...(names.get(id) ?? [])].flatMap(wordsOf) }],
  );

  return {
    questions: (typed) =>
      rank(questions, typed).flatMap(({ question }) => {
        const value = choosable(question, places);
        return value === null ? [] : { name: nameable(question), value };
      }),
    topics: (typed) =>
      rank(comparisons, typed).flatMap(({ title, comparison }) => {
        const value = choosable(comparison, places);
        return value === null ? [] : { name: nameable(title), value };
      }),
    questionOf(value) {
      const press = readPress(value);
      if (press?.kind !== "example") return value;
      return press.corpus === places.hash ? places.example(press.name) : null;
    },
  };
}

/** The text itself, or where it is too long its name; null where it has none. */
function choosable(question: string, places: Places): string | null {
  if (question.length <= CHOICE_LENGTH_MAX) return question;
  const name = places.nameExample(question);
  return name === null ? null : writePress({ kind: "example", corpus: places.hash, name });
}

const nameable = (text: string): string => shorten(clean(text), CHOICE_LENGTH_MAX).text;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** More than these say no more, and Discord asks at every key. */
const TYPED_WORDS_MAX = 20;

/** Those that hold words beginning as the typed ones, those with more and rarer ones first, else in their own order. */
function rank<T extends { readonly words: readonly string[] }>(list: readonly T[], typed: string): readonly T[] {
  const wanted = [...new Set(wordsOf(typed))].slice(0, TYPED_WORDS_MAX);
  if (wanted.length === 0) return list.slice(0, CHOICES_MAX);
  const scores = new Map<T, number>();
  for (const word of wanted) {
    const holding = list.filter(({ words }) => words.some((other) => other.startsWith(word)));
    const weight = Math.log(1 + list.length / holding.length);
    for (const one of holding) scores.set(one, (scores.get(one) ?? 0) + weight);
  }
  return list
    .filter((one) => scores.has(one))
    .sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))
    .slice(0, CHOICES_MAX);
}
