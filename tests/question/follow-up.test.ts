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
    turn === null ? null : { question: analyseBoats(turn.ask), topic: turn.topic, subjects: turn.subjects, said: null },
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
  "a word that asks nothing asks the same again": {
    ask: "really?",
    turn: RIGGED,
    reads: /^How long does a dinghy take to rig\?$/,
    subjects: ["dinghy"],
    type: "time",
  },
  "pronouns that ask something of their own are asked with the same": {
    ask: "how about the other two then",
    turn: RIGGED,
    reads: /^how about the other two then How long does a dinghy take to rig\?$/,
    subjects: ["dinghy"],
    type: "manner",
  },
  "a choice between what was named is asked with the same": {
    ask: "which of them?",
    turn: BOTH,
    reads: /^which of them\? Is a dinghy faster than a ketch\?$/,
    subjects: ["dinghy", "ketch"],
    type: "choice",
  },
  "two subjects set against each other are compared in what was asked": {
    ask: "dinghy vs ketch",
    turn: RIGGED,
    reads: /^dinghy vs ketch How long does a dinghy take to rig\?$/,
    subjects: [],
    type: "comparison",
  },
  "a choice of one subject asks the same of it": {
    ask: "which ketch?",
    turn: RIGGED,
    reads: /^How long does ketch take to rig\?$/,
    subjects: [],
    type: "time",
  },
  "a subject that is named and pointed at takes the first one's place": {
    ask: "is this a ketch?",
    turn: RIGGED,
    reads: /^How long does ketch take to rig\?$/,
    subjects: [],
    type: "time",
  },
  "every name of one subject gives way": {
    ask: "and an Amel?",
    turn: { ask: "Is a Laser faster than a dinghy?", topic: "speed", subjects: ["dinghy"] },
    reads: /^Is amel faster than amel\?$/,
    subjects: [],
    type: "thing",
  },
  "one of two subjects that were asked of together asks the same again": {
    ask: "and a ketch?",
    turn: { ask: "Is a Laser faster than an Amel?", topic: "speed", subjects: ["dinghy", "ketch"] },
    reads: /^Is a Laser faster than an Amel\?$/,
    subjects: [],
    type: "thing",
  },
  "a name in two words gives way however it is written": {
    ask: "and a ketch?",
    turn: { ask: "Is a SMALL-boat quick?", topic: "speed", subjects: ["dinghy"] },
    reads: /^Is ketch quick\?$/,
    subjects: [],
    type: "thing",
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

const ASKS_SOURCE = [
  "sources?",
  "why? a reference",
  "why, which document?",
  "Why the PROOF?",
  "why? citation",
  "why? quote",
];

test.each(ASKS_SOURCE)("%j asks for the source, not for a reason", (ask) => {
  const whole = completed(ask, RIGGED);
  expect(whole?.question.text).toBe(RIGGED.ask);
  expect(whole?.answerType).toBe("time");
});

describe("what was asked before is looked at too", () => {
  test("where the question says something of its own", () => {
    expect(completed("and is it painted?", RIGGED)).toMatchObject({
      question: { text: "is dinghy rig painted?" },
      background: RIGGED.ask,
    });
    expect(completed("is IT painted?", RIGGED)?.question.text).toBe("is dinghy rig painted?");
  });

  test.each(["why?", "and a ketch?", "really?"])("but not for %j, which repeats it", (ask) => {
    expect(completed(ask, RIGGED)?.background).toBe("");
  });

  test("nor where a fragment has taken its place in it", () => {
    const whole = completed("and Deep?", { ask: "What does the Current plan cost?", topic: null, subjects: ["plan"] });
    expect(whole).toMatchObject({
      ...{ background: "", lean: null, subjects: ["plan"], fromThread: ["plan"], answerType: "choice" },
      question: { text: "What does the Deep plan cost?" },
    });
  });
});

describe("only six words stand in for a pronoun, and only where no topic was answered from", () => {
  const ask = "is painting done there?";
  const earlier = "what about the blue hull, the red mast, the green keel and the brown rudder of Oslo?";
  test.each([
    { topic: null, reads: "is painting done there? blue hull red mast green keel" },
    { topic: "paint", reads: ask },
  ])("$topic", ({ topic, reads }) => {
    expect(completed(ask, { ask: earlier, topic, subjects: [] })?.question.text).toBe(reads);
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
  "the place of the last name that is placed, where the fragment is": {
    ask: "and on Windows?",
    after: "Where is the log of Gateway on Ubuntu kept by Root?",
    reads: "Where is the log of Gateway on Windows kept by Root?",
  },
  "the place of the last name that is not placed, where the fragment is not": {
    ask: "and Windows?",
    after: "Where is the Log on Ubuntu?",
    reads: "Where is the Windows on Ubuntu?",
  },
  "the place of a placed name after its preposition, where there is no other": {
    ask: "ok so, what about  Windows ?!",
    after: "Does it run on Ubuntu?",
    reads: "Does it run on Windows?",
  },
  "whatever is written in capitals": {
    ask: "AND on WINDOWS?",
    after: "Does it run ON Ubuntu?",
    reads: "Does it run on WINDOWS?",
  },
  "a name follows a question without names": {
    ask: "and Windows?",
    after: "does it run here?!",
    reads: "does it run here Windows?",
  },
  "what is no name follows the question, whose marks go": {
    ask: "and windows?",
    after: "Does it run on Ubuntu??",
    reads: "Does it run on Ubuntu windows?",
  },
  "five words are a fragment": {
    ask: "and one two three four Five?",
    after: "Does it run on Ubuntu?",
    reads: "Does it run on one two three four Five?",
  },
  "six words are a question": {
    ask: "and one two three four five Six?",
    after: "Does it run on Ubuntu?",
    reads: "and one two three four five Six?",
  },
  "a verb makes a question, also in capitals": {
    ask: "and Does Windows?",
    after: "Does it run on Ubuntu?",
    reads: "Does Windows?",
  },
  "a subject that the corpus knows is no fragment": {
    ask: "and a ketch on Windows?",
    after: "Does it run on Ubuntu?",
    reads: "and a ketch on Windows?",
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

test("a fragment is told only where no topic was answered from", () => {
  const plan = { ask: "What does the Current plan cost?", topic: "plans", subjects: [] };
  expect(completed("and Deep", plan)?.question.text).toBe("and Deep");
});

const ALONE: Record<string, { ask: string; turn: Turn | null }> = {
  "there is nothing to lean on": { ask: "and a ketch?", turn: null },
  "it names what it asks": { ask: "How is a sail painted?", turn: RIGGED },
  "it asks what a subject is": { ask: "what is a ketch?", turn: RIGGED },
  "it names both subjects": { ask: "is a dinghy a ketch?", turn: RIGGED },
  "what leads a fragment in stands amid it": {
    ask: "tell me what about Windows?",
    turn: { ask: "Does it run on Ubuntu?", topic: null, subjects: [] },
  },
  "it names another topic of the same subject": { ask: "Does a dinghy carry cargo?", turn: RIGGED },
};

describe("a question stands alone where", () => {
  test.each(Object.entries(ALONE))("%s", (_, { ask, turn }) => {
    expect(completed(ask, turn)).toBeNull();
  });
});
