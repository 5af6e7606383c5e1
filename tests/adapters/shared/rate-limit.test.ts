// How often a person may ask.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLimit } from "../../../adapters/shared/rate-limit.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a person may ask as often as the limit says and hears how long to wait", async () => {
  const limit = createLimit(2);
  expect([await limit.ask("ada"), await limit.ask("ada")]).toEqual([{ ok: true }, { ok: true }]);
  const refused = await limit.ask("ada");
  expect(refused.ok).toBe(false);
  expect(refused.ok ? 0 : refused.retryAfterMs).toBeGreaterThan(0);
});

test("one person's questions don't count for another", async () => {
  const limit = createLimit(1);
  await limit.ask("ada");
  expect(await limit.ask("bob")).toEqual({ ok: true });
});

test("after a minute it starts anew", async () => {
  const limit = createLimit(1);
  await limit.ask("ada");
  vi.advanceTimersByTime(61_000);
  expect(await limit.ask("ada")).toEqual({ ok: true });
});

test("a question that is given back can be asked again, also after one that was refused", async () => {
  const limit = createLimit(1);
  await limit.ask("ada");
  expect((await limit.ask("ada")).ok).toBe(false);
  await limit.release("ada");
  expect([(await limit.ask("ada")).ok, (await limit.ask("ada")).ok]).toEqual([true, false]);
});

test("what was not asked can't be given back, nor what is of a minute that is over", async () => {
  const limit = createLimit(1);
  await limit.release("ada");
  await limit.ask("ada");
  vi.advanceTimersByTime(61_000);
  await limit.release("ada");
  expect([(await limit.ask("ada")).ok, (await limit.ask("ada")).ok]).toEqual([true, false]);
});

test("0 is no limit", async () => {
  const limit = createLimit(0);
  for (let asked = 0; asked < 1000; asked++) expect(await limit.ask("ada")).toEqual({ ok: true });
  await limit.release("ada");
});
