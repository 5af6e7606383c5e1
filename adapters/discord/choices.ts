// Completes what somebody has typed so far with the choices that Discord shows below it.

import type { ApplicationCommandOptionChoiceData } from "discord.js";
import type { SuggestionKind } from "../../src/answer/suggest.ts";
import type { Engine } from "../../src/engine.ts";
import { clean } from "../shared/one-line.ts";
import { shorten } from "../shared/shorten.ts";
import { readPress, writePress } from "./buttons.ts";
import { CHOICE_LENGTH_MAX, CHOICES_MAX } from "./limits.ts";
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

export function createChoices(engine: Pick<Engine, "suggest">, places: Places): Choices {
  const choose = (typed: string, kind: SuggestionKind): Choice[] =>
    engine.suggest(typed, CHOICES_MAX, kind).flatMap(({ title, question }) => {
      const value = choosable(question, places);
      return value === null ? [] : { name: nameable(title), value };
    });
  return {
    questions: (typed) => choose(typed, "question"),
    topics: (typed) => choose(typed, "comparison"),
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
