import { describe, expect, test } from "vitest";
import {
  createResolver,
  isAnswered,
  isUnsearched,
  RESOLVING,
  type Resolver,
  topicOf,
  turnOf,
} from "../../src/answer/resolve.ts";
import { SearchUnavailable } from "../../src/errors.ts";
import type { Evidence, EvidenceFinder } from "../../src/evidence/evidence.ts";
import type { Topic } from "../../src/ingest/faq.ts";
import { countVocabulary, createVocabulary } from "../../src/ingest/vocabulary.ts";
import type { Turn } from "../../src/question/follow-up.ts";
import type { Match, MatchContext } from "../../src/topics/matcher.ts";
import { analyseBoats, BOAT_FAQ, BOAT_LEXICON, BOATS } from "../boats.ts";
import { match, OUTLINE, SPEED, sentence, TOPICS } from "./found.ts";

const vocabulary = createVocabulary(await countVocabulary([BOATS], BOAT_FAQ, BOAT_LEXICON));
const resolverOver = (evidence: EvidenceFinder): Resolver =>
  createResolver({
    lexicon: BOAT_LEXICON,
    analyse: analyseBoats,
    vocabulary,
    matcher: null,
    evidence,
    passages: null,
    elsewhere: "leads",
    topics: BOAT_FAQ.topics,
    outline: null,
    calibration: { weights: {}, bias: 0, answerFrom: 0 },
  });
/** A finder whose every search fails, and how often it was asked. */
function failing(error: Error): EvidenceFinder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async gather(question) {
      asked.push(question.text);
      throw error;
    },
  };
}
const AWAY = new SearchUnavailable("no reply within two seconds");
const ASK = "Which crew does the ketch carry?";

describe("a question whose search fails", () => {
  test("is unknown because it was not searched for, and says of what the search failed", async () => {
    const resolution = await resolverOver(failing(AWAY)).resolve(ASK, "", null);
    expect(resolution.outcome).toEqual({ kind: "unknown", reason: "not-searched" });
    expect(resolution.because).toBe("the documents can't be searched: no reply within two seconds");
    expect(isUnsearched(resolution)).toBe(true);
  });

  test("has no evidence, and is not searched for again", async () => {
    const finder = failing(AWAY);
    const { evidence } = await resolverOver(finder).resolve(ASK, "", null);
    expect([await evidence(), await evidence()]).toEqual([[], []]);
    expect(finder.asked).toEqual([ASK]);
  });

  test("is not swallowed where it fails of something else", async () => {
    const broken = new TypeError("broken");
    await expect(resolverOver(failing(broken)).resolve(ASK, "", null)).rejects.toBe(broken);
  });
});

test("the name of a topic needs no search, and what is looked at beside it is nothing", async () => {
  const finder = failing(AWAY);
  const resolution = await resolverOver(finder).resolve("speed", "", null);
  expect(resolution.outcome).toMatchObject({ kind: "comparison", topic: { id: "speed" } });
  expect([isUnsearched(resolution), finder.asked]).toEqual([false, []]);
  expect(await resolution.evidence()).toEqual([]);
});

test("what was searched for in vain is unknown, not unsearched", async () => {
  const resolution = await resolverOver({ gather: async () => [] }).resolve(ASK, "", null);
  expect(resolution.outcome).toEqual({ kind: "unknown", reason: "not-in-documents" });
  expect(isUnsearched(resolution)).toBe(false);
});

interface Knowledge {
  readonly topics?: readonly Topic[];
  /** What is heard in a text; what has no entry is about no topic. */
  readonly matches?: Readonly<Record<string, Match>>;
  /** What is found for a text. */
  readonly found?: Readonly<Record<string, readonly Evidence[]>>;
}

/** A resolver that is sure from odds of 1, which are a match's decision value; what it asks of its ports is noted. */
function resolving({ topics = TOPICS, matches = {}, found = {} }: Knowledge) {
  const heard: { readonly text: string; readonly context: MatchContext | undefined }[] = [];
  const searched: string[] = [];
  const resolver = createResolver({
    ...{ lexicon: BOAT_LEXICON, analyse: analyseBoats, vocabulary, topics, outline: OUTLINE },
    ...{ passages: null, elsewhere: "quote" as const },
    matcher: {
      knows: () => true,
      match(question, context) {
        heard.push({ text: question.text, context });
        return matches[question.text] ?? match([0.9, 0.1], { decision: -9 });
      },
    },
    evidence: {
      async gather(question) {
        searched.push(question.text);
        return found[question.text] ?? [];
      },
    },
    calibration: { weights: { decision: 1 }, bias: 0, answerFrom: 1 },
  });
  return { resolver, heard, searched };
}

const hearing = (decision: number, telling: string | null = null, unknownMass = 0): Match => ({
  ...match([0.9, 0.1], { decision, unknownMass }),
  telling: telling === null ? null : analyseBoats(telling),
});
const called = (id: string, ...names: readonly string[]): Topic => {
  if (SPEED === undefined) throw new Error("no topic");
  return { ...SPEED, id, title: id, names };
};

describe("the name of a topic", () => {
  const topics = [
    called("speed", "fast boats"),
    called("crew", "the sailors"),
    called("third", "quick boats", "fast boats"),
  ];
  const { resolver } = resolving({ topics });
  const NAMED: readonly (readonly [phrase: string, topic: string | null])[] = [
    ["speed", "speed"],
    ["The SPEED", "speed"],
    ["compare crew", "crew"],
    ["sailors", "crew"],
    // The letters first, then what they count as; of two topics with one name the first.
    ["quick boats", "third"],
    ["fast boats", "speed"],
    ["fast boat", "speed"],
    ["what is speed", null],
    ["the", null],
    ["", null],
  ];
  test.each(NAMED)("%j is that of %s", (phrase, topic) => {
    expect(resolver.named(phrase)?.id ?? null).toBe(topic);
  });

  test("asks for its comparison, heard by nobody", async () => {
    const { resolver: own, heard } = resolving({});
    const resolution = await own.resolve("speed", "", null);
    expect(resolution).toMatchObject({ outcome: { kind: "comparison", topic: SPEED }, match: null, odds: null });
    expect(resolution.because).toBe('the message is a name of the topic "speed"');
    expect(heard).toEqual([]);
  });

  test("that says nothing of its own leans on its thread where there is one", async () => {
    const { resolver: own } = resolving({ topics: [called("kinds", "a ketch"), called("speed")] });
    expect((await own.resolve("a ketch", "", null)).outcome.kind).toBe("comparison");
    const turn = { question: analyseBoats("Is a dinghy fast?"), topic: null, subjects: ["dinghy"], said: null };
    expect((await own.resolve("a ketch", "", turn)).outcome.kind).not.toBe("comparison");
    expect((await own.resolve("speed", "", turn)).outcome.kind).toBe("comparison");
  });

  test("beside subjects leads the question to its topic", async () => {
    const { resolver: own, heard } = resolving({});
    await own.resolve("speed of a dinghy and a ketch", "", null);
    expect(heard[0]?.context?.lean).toBe("speed");
    await own.resolve("How is the hull painted?", "", null);
    expect(heard[1]?.context?.lean).toBeNull();
  });
});

describe("a heading", () => {
  test("asks for its section", async () => {
    const resolution = await resolving({}).resolver.resolve("plans", "", null);
    expect(resolution).toMatchObject({ outcome: { kind: "section", section: { name: "Plans" } }, match: null });
    expect(resolution.because).toBe('the message is the heading of a section of "plans"');
  });

  test("of each side of a table asks for both", async () => {
    const resolution = await resolving({}).resolver.resolve("Dinghy vs Ketch", "", null);
    expect(resolution).toMatchObject({ outcome: { kind: "table", table: { sides: ["Dinghy", "Ketch"] } } });
    expect(resolution.because).toBe('the message names the two sides of a table of "plans"');
  });
});

describe("a long message is heard again by its telling clause", () => {
  const STORY = "How is the hull painted?";
  const CLAUSE = "What of the paint?";
  const { secondHearingMargin, askedUnknownMax } = RESOLVING;
  const SURE = 1 + secondHearingMargin;
  const listen = async (first: Match, again: Match) => {
    const { resolver, heard } = resolving({ matches: { [STORY]: first, [CLAUSE]: again } });
    const { odds } = await resolver.resolve(STORY, "My boat is old.", null);
    return { odds, texts: heard.map(({ text }) => text), backgrounds: heard.map(({ context }) => context?.background) };
  };

  test("and that counts where it is surer by a margin, without the story", async () => {
    expect(await listen(hearing(0.9, CLAUSE), hearing(SURE))).toEqual({
      ...{ odds: SURE, texts: [STORY, CLAUSE], backgrounds: ["My boat is old.", ""] },
    });
  });

  test.each([
    { but: "it is less sure", first: hearing(0.9, CLAUSE), again: hearing(SURE - 0.01), heard: 2 },
    { but: "nobody knows what is asked", first: hearing(0.9, CLAUSE, askedUnknownMax), again: hearing(SURE), heard: 2 },
    { but: "it was sure at once", first: hearing(1, CLAUSE), again: hearing(SURE), heard: 1 },
    { but: "it has no such clause", first: hearing(0.9), again: hearing(SURE), heard: 1 },
  ])("but not where $but", async ({ first, again, heard }) => {
    const { odds, texts } = await listen(first, again);
    expect({ odds, heard: texts.length }).toEqual({ odds: first.signals.decision, heard });
  });
});

describe("what is searched for", () => {
  const [LEANING, OWN, AROUND] = ["is it painted?", "How is the hull painted in Oslo?", "We have a boat."];
  const JOINED = `${AROUND} ${LEANING}`;
  const search = async (ask: string, background: string, found: Knowledge["found"] = {}) => {
    const { resolver, searched } = resolving({ found });
    const { evidence } = await resolver.resolve(ask, background, null);
    return { searched, best: (await evidence())[0]?.odds };
  };

  test("is a question alone where nothing stands around it, or it says enough of its own", async () => {
    expect((await search(LEANING, "")).searched).toEqual([LEANING]);
    expect((await search(OWN, AROUND)).searched).toEqual([OWN]);
  });

  test("is a question that points back, together with what stands around it too", async () => {
    expect((await search(LEANING, AROUND)).searched).toEqual([LEANING, JOINED]);
    expect((await search("is it painted in Oslo by night?", AROUND)).searched).toHaveLength(2);
    expect((await search("what about paint?", AROUND)).searched).toHaveLength(2);
  });

  const margin = RESOLVING.joinedMargin;
  test.each([
    { alone: [sentence({ odds: 0 })], joined: [sentence({ odds: -margin })], best: -margin },
    { alone: [sentence({ odds: 0 })], joined: [sentence({ odds: -margin - 0.01 })], best: 0 },
    { alone: [sentence({ odds: 0 })], joined: [], best: 0 },
    { alone: [], joined: [sentence({ odds: -9 })], best: -9 },
  ])("and what is found is the surer, more words held less surely: $best", async ({ alone, joined, best }) => {
    expect((await search(LEANING, AROUND, { [LEANING]: alone, [JOINED]: joined })).best).toBe(best);
  });

  test("is searched for once, however often it is asked for", async () => {
    const { resolver, searched } = resolving({});
    const { evidence } = await resolver.resolve(OWN, "", null);
    await evidence();
    await evidence();
    expect(searched).toEqual([OWN]);
  });
});

describe("a resolution", () => {
  const SURELY = { matches: { "How is the hull painted?": hearing(2) } };

  test("of a sure topic is answered, with that topic, and its thread remembers both", async () => {
    const resolution = await resolving(SURELY).resolver.resolve("How is the hull painted?", "", null);
    expect(resolution).toMatchObject({ outcome: { kind: "statement" }, odds: 2, typed: "How is the hull painted?" });
    expect([isAnswered(resolution), topicOf(resolution)]).toEqual([true, SPEED]);
    const turn: Turn = { question: resolution.question, topic: "speed", subjects: [], said: "speed#0" };
    expect(turnOf(resolution)).toEqual(turn);
  });

  test("of a comparison has its topic, of a section none", async () => {
    const { resolver } = resolving({});
    expect(topicOf(await resolver.resolve("speed", "", null))).toBe(SPEED);
    const section = await resolver.resolve("plans", "", null);
    expect([isAnswered(section), topicOf(section), turnOf(section).topic]).toEqual([true, null, null]);
  });

  test("that is unknown, or asks back, is not answered", async () => {
    const { resolver } = resolving({ matches: { "is it painted?": hearing(1) } });
    const [unknown, clarify] = [
      await resolver.resolve(ASK, "", null),
      await resolver.resolve("is it painted?", "", null),
    ];
    expect([unknown.outcome.kind, clarify.outcome.kind]).toEqual(["unknown", "clarify"]);
    expect([isAnswered(unknown), isAnswered(clarify)]).toEqual([false, false]);
  });
});
