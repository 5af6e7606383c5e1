import { describe, expect, test } from "vitest";
import { rewriteFollowUp } from "../../src/question/follow-up.ts";
import { analyseBoats } from "../boats.ts";

interface Turn {
  readonly ask: string;
  readonly topic: string | null;
  readonly subjects: readonly string[];
}

const completed = (ask: string, turn: Turn | null) =>
  rewriteFollowUp(
    analyseBoats(ask),
    turn === null ? null : { question: analyseBoats(turn.ask), topic: turn.topic, subjects: turn.subjects },
    analyseBoats,
  );
const RIGGED: Turn = { ask: "How long does a dinghy take to rig?", topic: "rigging", subjects: ["dinghy"] };
const BOTH: Turn = { ask: "Is a dinghy faster than a ketch?", topic: "speed", subjects: ["dinghy", "ketch"] };

const LEANING: Record<string, { ask: string; turn: Turn; reads: RegExp; subjects: readonly string[]; type: string }> = {
  "another subject takes the first one's place": {
    ask: "and a ketch?",
    turn: RIGGED,
    reads: /^How long does (a )?ketch take to rig\?$/,
    subjects: [],
    type: "time",
  },
  "what about another subject": {
    ask: "what about ketches?",
    turn: RIGGED,
    reads: /^How long does (a )?ketches take to rig\?$/,
    subjects: [],
    type: "time",
  },
  "a kind is called by its own name": {
    ask: "and an Amel?",
    turn: RIGGED,
    reads: /\bamel take to rig/i,
    subjects: [],
    type: "time",
  },
  "a subject is added where none was named": {
    ask: "and for a ketch?",
    turn: { ask: "How long does rigging take?", topic: "rigging", subjects: [] },
    reads: /^How long does rigging take\? ketch$/,
    subjects: [],
    type: "time",
  },
  "a lone why asks why of the same": {
    ask: "why?",
    turn: RIGGED,
    reads: /why.*dinghy take to rig/,
    subjects: ["dinghy"],
    type: "reason",
  },
  "a pronoun stands for what was asked about": {
    ask: "is it painted?",
    turn: { ask: "What is a dinghy?", topic: null, subjects: ["dinghy"] },
    reads: /^is dinghy painted\?$/,
    subjects: ["dinghy"],
    type: "definition",
  },
  "a wish to compare keeps what was asked": {
    ask: "compare them",
    turn: BOTH,
    reads: /faster than a ketch/,
    subjects: ["dinghy", "ketch"],
    type: "comparison",
  },
  "a question for the source asks the same again": {
    ask: "says which document?",
    turn: RIGGED,
    reads: /^How long does a dinghy take to rig\?$/,
    subjects: ["dinghy"],
    type: "time",
  },
};

describe("a question that leans", () => {
  test.each(Object.entries(LEANING))("%s", (_, { ask, turn, reads, subjects, type }) => {
    const whole = completed(ask, turn);
    expect(whole?.question.text).toMatch(reads);
    expect(whole?.subjects).toEqual(subjects);
    expect(whole?.answerType).toBe(type);
    expect(whole?.lean).toBe(turn.topic);
    expect(whole?.fromThread).toEqual([...(turn.topic === null ? [] : [turn.topic]), ...subjects]);
  });
});

const FRAGMENTS: Record<string, { ask: string; after: string; reads: string }> = {
  "a name takes the place of a name": {
    ask: "and Deep?",
    after: "What does the Current plan cost?",
    reads: "What does the Deep plan cost?",
  },
  "the place of the last one": {
    ask: "what about Ubuntu?",
    after: "Does Rimelog run on Red Hat?",
    reads: "Does Rimelog run on Ubuntu?",
  },
  "with its preposition": {
    ask: "and outside Europe?",
    after: "What may a hotel in Sweden cost per night?",
    reads: "What may a hotel outside Europe cost per night?",
  },
  "other words follow the question": {
    ask: "and for a motorcycle?",
    after: "what does parking cost?",
    reads: "what does parking cost for a motorcycle?",
  },
  "a question with a verb of its own is no fragment": {
    ask: "and when does it close?",
    after: "when does the shop open?",
    reads: "when does shop open close?",
  },
  "what a place-word points at is named": {
    ask: "may we play music there?",
    after: "how do I book the kitchen?",
    reads: "may we play music there? book kitchen",
  },
};

describe("after a question that no topic answered", () => {
  test.each(Object.entries(FRAGMENTS))("%s", (_, { ask, after, reads }) => {
    expect(completed(ask, { ask: after, topic: null, subjects: [] })?.question.text).toBe(reads);
  });
});

const ALONE: Record<string, { ask: string; turn: Turn | null }> = {
  "there is nothing to lean on": { ask: "and a ketch?", turn: null },
  "it names what it asks": { ask: "How is a sail painted?", turn: RIGGED },
  "it names another topic of the same subject": { ask: "Does a dinghy carry cargo?", turn: RIGGED },
};

describe("a question stands alone where", () => {
  test.each(Object.entries(ALONE))("%s", (_, { ask, turn }) => {
    expect(completed(ask, turn)).toBeNull();
  });
});
