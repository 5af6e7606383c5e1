// What a question gets, decided from what was found for it: each decision on either side of its bound.

import { describe, expect, test } from "vitest";
import { DECISION, type DecideParts, decide, type Found, type Outcome } from "../../src/answer/decide.ts";
import type { Understood } from "../../src/answer/understand.ts";
import { SearchUnavailable } from "../../src/errors.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import type { Turn } from "../../src/question/follow-up.ts";
import type { Match, StatementScore } from "../../src/topics/matcher.ts";
import { analyseBoats, BOATS } from "../boats.ts";
import { CREW, ENGINE, located, match, OUTLINE, SPEED, sentence, TOPICS } from "./found.ts";

const PARTS: DecideParts = {
  topics: TOPICS,
  outline: OUTLINE,
  calibration: { weights: {}, bias: 0, answerFrom: 1 },
  elsewhere: "quote",
};

function understood(asked: string, of: Partial<Understood> = {}): Understood {
  const question = analyseBoats(asked);
  const { answerType, subjects } = question;
  const followUp = { question, background: "", lean: null, subjects: [], answerType, fromThread: [] };
  return {
    typed: asked,
    spelt: question,
    question,
    corrected: [],
    around: null,
    turn: null,
    followUp,
    subjects,
    ...of,
  };
}

const found = (question: Understood, of: Partial<Found> = {}): Found => ({
  ...{ understood: question, match: null, odds: null, search: async () => [], located: async () => null },
  ...of,
});

const SURE = { odds: 1, match: match([0.9, 0.1]) };
const ASK = "How is a hull painted in Oslo?";

async function outcome(question: Found, parts: DecideParts = PARTS): Promise<Outcome> {
  return (await decide(parts, question)).outcome;
}
const because = async (question: Found, parts: DecideParts = PARTS): Promise<string> =>
  (await decide(parts, question)).because;

describe("a question in which nothing can be looked for", () => {
  const EMPTY = "and what about it then?";
  const UNCLEAR = { kind: "unknown", reason: "unclear" };

  test("is unclear", async () => {
    expect(await outcome(found(understood(EMPTY)))).toEqual(UNCLEAR);
    expect(await because(found(understood(EMPTY)))).toBe("nothing in it can be looked for");
  });

  test.each<{ but: string; asked: Understood }>([
    { but: "it says something of its own", asked: understood("what about painting it?") },
    { but: "it names a subject", asked: understood("what about a ketch?") },
    { but: "it asks for a figure", asked: understood("how long does it take?") },
    { but: "it has a thread", asked: understood(EMPTY, { turn: turnOf("Is a dinghy fast?") }) },
  ])("unless $but", async ({ asked }) => {
    expect(await outcome(found(asked))).not.toEqual(UNCLEAR);
  });
});

function turnOf(asked: string): Turn {
  return { question: analyseBoats(asked), topic: null, subjects: [], said: null };
}

describe("a topic that is sure enough", () => {
  test("is answered from, at the very bound", async () => {
    expect(await outcome(found(understood(ASK), SURE))).toMatchObject({ kind: "statement", best: { topic: SPEED } });
    expect(await because(found(understood(ASK), SURE))).toBe("confidence 1.00 reaches 1.00");
  });

  test("is not, below it", async () => {
    const decided = await decide(PARTS, found(understood(ASK), { ...SURE, odds: 0.99 }));
    expect(decided.outcome).toMatchObject({ kind: "unknown" });
    expect(decided.because).toBe("confidence 0.99 is under 1.00");
  });

  test("is not where it has no statement, or was not weighed", async () => {
    const mute = { ...SURE.match, statements: [] };
    expect(await outcome(found(understood(ASK), { ...SURE, match: mute }))).toMatchObject({ kind: "unknown" });
    expect(await outcome(found(understood(ASK), { ...SURE, odds: null }))).toMatchObject({ kind: "unknown" });
    expect(await outcome(found(understood(ASK), { ...SURE, match: null }))).toMatchObject({ kind: "unknown" });
  });

  test("does not give a figure that its statement does not have", async () => {
    const strange = found(understood(ASK), { ...SURE, match: match([0.9, 0.1], { strangeUnits: 1 }) });
    expect(await outcome(strange)).toEqual({ kind: "unknown", reason: "not-in-documents" });
    expect(await because(strange)).toBe("it asks for a figure that the best statement doesn't give");
  });

  describe("asked for nothing but the reason of what was said", () => {
    const [said] = SURE.match.statements;
    const stating = (id: string, text: string, subjects = 0.5): StatementScore => {
      if (said === undefined) throw new Error("no statement");
      return { ...said, statement: { ...said.statement, id, text }, features: { ...said.features, subjects } };
    };
    const REASON = stating("speed#2", "A dinghy is faster because it is lighter.");
    const asked = async (text: string, statements: readonly StatementScore[], turn: Turn | null): Promise<string> => {
      const one = await outcome(
        found(understood(text, { turn }), { ...SURE, match: { ...SURE.match, statements: [...statements] } }),
      );
      return one.kind === "statement" ? one.best.statement.id : one.kind;
    };
    const turn = { ...turnOf("Is a dinghy fast?"), said: "speed#0" };
    const FIRST = stating("speed#0", "A dinghy is faster.");

    test.each(["why?", "Why is that?"])("“%s” gets the statement that gives one", async (text) => {
      expect(await asked(text, [FIRST, REASON], turn)).toBe("speed#2");
    });

    test("gets what is likeliest where no other gives one, or only of another subject", async () => {
      expect(await asked("why?", [FIRST, stating("speed#1", "A ketch has two masts.")], turn)).toBe("speed#0");
      expect(await asked("why?", [FIRST, { ...REASON, features: { ...REASON.features, subjects: 0 } }], turn)).toBe(
        "speed#0",
      );
      expect(await asked("why?", [FIRST, REASON], { ...turn, said: "speed#2" })).toBe("speed#0");
    });

    test("gets no reason from another topic, and none that a disagreement gives", async () => {
      if (CREW === undefined) throw new Error("no topic");
      const elsewhere = { ...REASON, topic: CREW };
      const disputed = { ...REASON, statement: { ...REASON.statement, kind: "disagreement" as const } };
      expect(await asked("why?", [FIRST, elsewhere, disputed], turn)).toBe("speed#0");
      expect(await asked("why?", [FIRST, elsewhere, disputed, REASON], turn)).toBe("speed#2");
    });

    test("is told so", async () => {
      const given = found(understood("why?", { turn }), { ...SURE, match: { ...SURE.match, statements: [REASON] } });
      expect(await because(given)).toBe("confidence 1.00 reaches 1.00; it asks why, and this gives a reason");
    });

    test("a question that says more is answered by what is likeliest", async () => {
      expect(await asked("why is the hull painted?", [FIRST, REASON], turn)).toBe("speed#0");
      expect(await asked("why a ketch?", [FIRST, REASON], turn)).toBe("speed#0");
      expect(await asked("who says so?", [FIRST, REASON], turn)).toBe("speed#0");
    });
  });

  const comparing: Record<string, { asked: Understood; kind: Outcome["kind"] }> = {
    "is compared where a comparison names both sides": {
      asked: understood("compare a dinghy and a ketch in painting"),
      kind: "comparison",
    },
    "is compared where a comparison names no side": {
      asked: understood("compare the painting and the rudder"),
      kind: "comparison",
    },
    "is answered where it names one side only": {
      asked: understood("compare the painting of a ketch"),
      kind: "statement",
    },
    "is compared where it names one side and says both": {
      asked: understood("compare the painting of a ketch, both sides"),
      kind: "comparison",
    },
    "is answered where nothing is to be compared": {
      asked: understood("Is the painting of a dinghy and a ketch good?"),
      kind: "statement",
    },
  };
  test.each(Object.entries(comparing))("%s", async (_, { asked, kind }) => {
    expect(await outcome(found(asked, SURE), { ...PARTS, outline: null })).toMatchObject({ kind });
  });

  test("that has nothing to compare answers a wish to compare with its statement", async () => {
    const [first, ...others] = SURE.match.statements;
    if (first === undefined || CREW === undefined) throw new Error("no statement");
    const rowless = { ...SURE.match, statements: [{ ...first, topic: CREW }, ...others] };
    const asked = understood("compare the painting and the rudder");
    expect(await outcome(found(asked, { ...SURE, match: rowless }))).toMatchObject({ kind: "statement" });
    expect(await because(found(asked, SURE))).toBe("confidence 1.00 reaches 1.00; it asks for both sides");
  });
});

describe("a question back", () => {
  const { guessBelow, vagueGuessBelow, vagueMargin, close } = DECISION;
  const VAGUE = understood("what about painting?");
  const guess = (first: number, share: number): Match => match([first, first * share, 0.01, 0.005]);

  const asked: Record<string, { asked: Understood; match: Match; odds: number; isAsked: boolean }> = {
    "is asked where two topics are nearly as likely": {
      ...{ asked: understood(ASK), match: guess(guessBelow - 0.01, close + 0.01), odds: 1, isAsked: true },
    },
    "is not where one is far likelier": {
      ...{ asked: understood(ASK), match: guess(guessBelow - 0.01, close), odds: 1, isAsked: false },
    },
    "is not where the best is no guess": {
      ...{ asked: understood(ASK), match: guess(guessBelow, close + 0.01), odds: 1, isAsked: false },
    },
    "is not where neither is sure enough": {
      ...{ asked: understood(ASK), match: guess(guessBelow - 0.01, close + 0.01), odds: 0.99, isAsked: false },
    },
    "is asked of one word where the best is surer": {
      ...{ asked: VAGUE, match: guess(vagueGuessBelow - 0.01, close + 0.01), odds: 1, isAsked: true },
    },
    "is not where even of one word it is no guess": {
      ...{ asked: VAGUE, match: guess(vagueGuessBelow, close + 0.01), odds: 1, isAsked: false },
    },
    "is asked of one word although less is sure": {
      ...{ asked: VAGUE, match: guess(guessBelow - 0.01, close + 0.01), odds: 1 - vagueMargin, isAsked: true },
    },
    "is not where still less is": {
      ...{ asked: VAGUE, match: guess(guessBelow - 0.01, close + 0.01), odds: 0.99 - vagueMargin, isAsked: false },
    },
    "is not of one word that nobody knows": {
      asked: VAGUE,
      match: match([vagueGuessBelow - 0.01, vagueGuessBelow - 0.1], { unknownMass: 0.5 }),
      ...{ odds: 1 - vagueMargin, isAsked: false },
    },
    "is not of one word in a thread": {
      asked: understood("what about painting?", { turn: turnOf("What is a dinghy?") }),
      ...{ match: guess(guessBelow - 0.01, close + 0.01), odds: 1 - vagueMargin, isAsked: false },
    },
    "is not of one word and a subject": {
      asked: understood("what about painting a ketch?"),
      ...{ match: guess(guessBelow - 0.01, close + 0.01), odds: 1 - vagueMargin, isAsked: false },
    },
    "is asked where it points at something it doesn't name": {
      ...{ asked: understood("is it painted?"), match: guess(0.9, 0.1), odds: 1, isAsked: true },
    },
    "is not where the message says what that is": {
      asked: understood("is it painted?", { around: analyseBoats("I have a boat.") }),
      ...{ match: guess(0.9, 0.1), odds: 1, isAsked: false },
    },
    "is asked where it has no word but a way of asking": {
      ...{ asked: understood("how long does that take?"), match: guess(0.9, 0.1), odds: 1, isAsked: true },
    },
    "is not where it points, and says more than a word": {
      ...{ asked: understood("is it painted in Oslo?"), match: guess(0.9, 0.1), odds: 1, isAsked: false },
    },
  };
  test.each(Object.entries(asked))("%s", async (_, { asked: question, match: heard, odds, isAsked }) => {
    const given = await outcome(found(question, { match: heard, odds }));
    expect(given.kind === "clarify").toBe(isAsked);
  });

  test("offers the three likeliest topics, and says why", async () => {
    const two = found(understood(ASK), { match: guess(guessBelow - 0.01, close + 0.01), odds: 1 });
    expect(await outcome(two)).toEqual({ kind: "clarify", topics: [SPEED, CREW, ENGINE] });
    expect(await because(two)).toBe("two topics are as likely");
    expect(await because(found(understood("is it painted?"), SURE))).toBe("it points at something it doesn't name");
  });

  test("needs two topics to choose from", async () => {
    const alone = { ...PARTS, topics: TOPICS.slice(0, 1) };
    expect(await outcome(found(understood("is it painted?"), SURE), alone)).toMatchObject({ kind: "statement" });
    const single = { match: match([guessBelow - 0.01]), odds: 1 };
    expect(await outcome(found(understood(ASK), single))).toMatchObject({ kind: "statement" });
    expect(await outcome(found(understood(ASK), { ...SURE, match: { ...SURE.match, topics: [] } }))).toMatchObject({
      kind: "statement",
    });
  });
});

describe("a table", () => {
  const asked = understood("compare the crew of a dinghy and a ketch");

  test("sets side by side what a wish to compare names", async () => {
    expect(await outcome(found(asked))).toMatchObject({ kind: "table", table: { sides: ["Dinghy", "Ketch"] } });
    expect(await because(found(asked))).toBe("a table sets side by side what it names");
  });

  test("that sets nothing side by side leaves it to two sections, where each of two things has one", async () => {
    const table = { document: BOATS, section: "", sides: ["Oar", "Sail"] as const, rows: [] };
    const outline = { ...OUTLINE, pairs: { compare: () => table } };
    const decided = await decide({ ...PARTS, outline }, found(understood("difference between an oar and a sail")));
    expect(decided).toMatchObject({ outcome: { kind: "table", table: { sides: ["Oar", "Sail"] } } });
    expect(decided.because).toBe("each of the two things that it names has a section");
  });

  test("is not taken where nothing is to be compared, or nothing but topics is answered", async () => {
    expect(await outcome(found(understood("Is the crew of a dinghy and a ketch big?")))).toMatchObject({
      kind: "unknown",
    });
    expect(await outcome(found(asked), { ...PARTS, outline: null })).toMatchObject({ kind: "unknown" });
  });

  test("comes after a topic that is sure", async () => {
    expect(await outcome(found(asked, SURE))).toMatchObject({ kind: "comparison", topic: SPEED });
  });
});

describe("the documents' own passages", () => {
  const searching = (...evidence: readonly Evidence[]) => ({ search: async () => evidence });
  const locating = (right: number, answerable: number) => ({ located: async () => located(right, answerable) });

  const spoken: Record<
    string,
    { right: number; answerable: number; elsewhere: DecideParts["elsewhere"]; kind: string }
  > = {
    "answer where the first is sure, at the very bound": {
      right: 0,
      answerable: -1,
      elsewhere: "quote",
      kind: "passage",
    },
    "lead where the first is not, and one of them may be": {
      right: -0.01,
      answerable: 0.01,
      elsewhere: "quote",
      kind: "leads",
    },
    "say nothing where none may be": { right: -0.01, answerable: 0, elsewhere: "quote", kind: "unknown" },
    "lead only, where a corpus wants no more": { right: 5, answerable: 0.01, elsewhere: "leads", kind: "leads" },
    "lead there too where the first is sure and all together are not": {
      ...{ right: 0, answerable: -1, elsewhere: "leads", kind: "leads" },
    },
    "say nothing there where none may be": { right: -0.01, answerable: 0, elsewhere: "leads", kind: "unknown" },
  };
  test.each(Object.entries(spoken))("%s", async (_, { right, answerable, elsewhere, kind }) => {
    const given = await outcome(found(understood(ASK), locating(right, answerable)), { ...PARTS, elsewhere });
    expect(given.kind).toBe(kind);
  });

  test("say how sure they are", async () => {
    const sentences = searching(sentence({}));
    const of = (right: number, answerable: number) =>
      because(found(understood(ASK), { ...sentences, ...locating(right, answerable) }));
    expect(await of(0.5, 1)).toBe("the first passage is 0.50 above what is said");
    expect(await of(-0.5, 1)).toBe("the passages are 1.00 above what is led to");
    expect(await of(-0.5, -1)).toBe("the passages are 1.00 short of what is led to");
    expect(await because(found(understood(ASK), sentences))).toBe("the passages are 0.00 short of what is led to");
    expect(await because(found(understood(ASK)))).toBe("no sentence of the documents was found for it");
  });

  const near: Record<string, { of: Found; reason: string }> = {
    "a named subject is on the subject": {
      of: found(understood("Is a ketch painted in Oslo?")),
      reason: "not-in-documents",
    },
    "a question of which a word stands in the documents is": {
      of: found(understood(ASK), searching(sentence({}))),
      reason: "not-in-documents",
    },
    "one of which none does is not": { of: found(understood(ASK)), reason: "off-topic" },
  };
  test.each(Object.entries(near))("%s", async (_, { of, reason }) => {
    expect(await outcome(of)).toEqual({ kind: "unknown", reason });
  });
});

describe("where the documents can't be searched", () => {
  const failing = (error: Error): Partial<Found> => ({
    search: async () => {
      throw error;
    },
  });

  test("that is said, never that they don't hold it", async () => {
    const away = found(understood(ASK), failing(new SearchUnavailable("no reply")));
    expect(await outcome(away)).toEqual({ kind: "unknown", reason: "not-searched" });
    expect(await because(away)).toBe("the documents can't be searched: no reply");
  });

  test("a topic answers all the same", async () => {
    const away = found(understood(ASK), { ...SURE, ...failing(new SearchUnavailable("no reply")) });
    expect(await outcome(away)).toMatchObject({ kind: "statement" });
  });

  test("another error is not swallowed", async () => {
    const broken = new TypeError("broken");
    await expect(outcome(found(understood(ASK), failing(broken)))).rejects.toBe(broken);
  });
});
