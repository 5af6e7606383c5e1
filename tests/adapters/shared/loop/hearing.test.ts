// Who waits for an answer: told once by whichever process sees the new documents, and not before there is a better answer.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../../../adapters/shared/log.ts";
import { createHearing } from "../../../../adapters/shared/loop/hearing.ts";
import { repliedOf } from "../../../../adapters/shared/loop/learning.ts";
import { openState, type State } from "../../../../adapters/shared/state/state.ts";
import type { WaitingQuestion } from "../../../../adapters/shared/state/store.ts";
import type { Engine } from "../../../../src/engine.ts";
import { openEngine } from "../../../../src/store/open.ts";
import { folderWith, TOPICAL } from "../../cli/corpora.ts";

const MISSED = "what tin should the leaves go into";
const log = createLog({ logLevel: "silent" });
const root = mkdtempSync(join(tmpdir(), "footnote-hearing-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let before: Engine;
let now: Engine;
beforeAll(async () => {
  const faq = `${TOPICAL["faq.yaml"]}elsewhere: leads\n`;
  before = await openEngine(folderWith({ ...TOPICAL, "faq.yaml": faq }));
  const taught = faq.replace('"Where is tea stored?", "How', `"Where is tea stored?", "${MISSED}", "How`);
  now = await openEngine(folderWith({ ...TOPICAL, "faq.yaml": taught }));
});

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));
async function stateIn(data: string): Promise<State> {
  const state = await openState({
    ...{ data, databaseUrl: null, keys: [], keepDays: 30, platform: "slack", questionsPerMinute: 0, log },
  });
  onTestFinished(() => state.close());
  return state;
}

/** A process that sees each engine that `swap` is given. */
function hear(state: State) {
  let engine = before;
  const eventOf = ({ receipt, person }: WaitingQuestion) => ({
    ...{ key: `T1:told:${receipt}:${person}`, platform: "slack", body: "{}", person: null, expiresAt: null },
  });
  const hearing = createHearing({ engine: () => engine, state, platform: "slack", log, eventOf, lookMs: 10 });
  hearing.start();
  onTestFinished(() => hearing.stop());
  return {
    swap: (to: Engine) => {
      engine = to;
    },
  };
}

async function miss(state: State, question: string, receipt: string): Promise<void> {
  const reply = await before.answer(question);
  const answered = { reply, receipt, question, person: "T1:U1", workspace: "T1:", entry: "mention", latencyMs: 1 };
  const replied = repliedOf("slack", answered, true);
  if (replied === null) throw new Error("nothing is kept of it");
  const store = state.store();
  await store?.replies.record(replied);
  await store?.waits.add({ receipt, platform: "slack", workspace: "T1:", person: "T1:U1", address: "{}" });
}
const depth = async (state: State): Promise<number | undefined> => (await state.store()?.outbox.depth())?.open;

test("of two processes that see new documents one keeps what is to be told, and nobody waits any more", async () => {
  const data = mkdtempSync(join(root, "d-"));
  const [one, other] = [await stateIn(data), await stateIn(data)];
  await miss(one, MISSED, "r1");
  const processes = [hear(one), hear(other)];
  await settled();
  expect(await depth(one)).toBe(0);
  for (const { swap } of processes) swap(now);
  await expect.poll(() => depth(one), { timeout: 10_000 }).toBe(1);
  await settled();
  expect([await depth(one), await one.store()?.waits.list("slack")]).toEqual([1, []]);
});

test("whoever disliked an answer is told of another one, not of the same", async () => {
  const state = await stateIn(mkdtempSync(join(root, "d-")));
  await miss(state, "Where is tea stored?", "r1");
  await miss(state, MISSED, "r2");
  const { swap } = hear(state);
  swap(now);
  await expect.poll(() => depth(state), { timeout: 10_000 }).toBe(1);
  await settled();
  expect((await state.store()?.waits.list("slack"))?.map(({ receipt }) => receipt)).toEqual(["r1"]);
});

test("a wish that comes when it is answered already is heard all the same", async () => {
  const state = await stateIn(mkdtempSync(join(root, "d-")));
  hear(state).swap(now);
  await settled();
  await miss(state, MISSED, "r1");
  await expect.poll(() => depth(state), { timeout: 10_000 }).toBe(1);
});

test("what is kept of a reply: a miss by its kind, nothing of help, no words where none may be kept", async () => {
  const replied = async (question: string, keepsWords = true) => {
    const reply = await before.answer(question);
    const answered = { reply, receipt: "r", question, person: "U", entry: "mention", latencyMs: 1 };
    return repliedOf("slack", { ...answered, after: ["mail a@b.org"] }, keepsWords);
  };
  expect(await replied("hello")).toBeNull();
  expect(await replied("Where is tea stored?")).toMatchObject({ missed: null, documents: ["tea"], after: ["mail …"] });
  expect(await replied(MISSED)).toMatchObject({ missed: "unknown", question: MISSED });
  expect(await replied("Wo wird der Tee aufbewahrt und wie lange muss er ziehen?")).toMatchObject({ missed: null });
  expect(await replied(MISSED, false)).toMatchObject({ missed: "unknown", question: null, after: [] });
});
