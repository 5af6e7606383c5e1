import { describe, expect, test } from "vitest";
import { createResolver, isUnsearched, type Resolver } from "../../src/answer/resolve.ts";
import { SearchUnavailable } from "../../src/errors.ts";
import type { EvidenceFinder } from "../../src/evidence/evidence.ts";
import { countVocabulary, createVocabulary } from "../../src/ingest/vocabulary.ts";
import { analyseBoats, BOAT_FAQ, BOAT_LEXICON, BOATS } from "../boats.ts";

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
