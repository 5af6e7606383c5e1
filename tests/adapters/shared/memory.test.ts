// What chats are remembered by, in the memory of the process.

import { expect, test } from "vitest";
import { createMemory, ENTRIES_MAX } from "../../../adapters/shared/memory.ts";
import { describeMemory } from "../../contracts/memory.ts";

describeMemory("in memory", createMemory);

test("in memory there is room for so many entries of each kind, and the oldest make room", async () => {
  const { threads, claims, votes } = createMemory(() => 0);
  for (let at = 0; at <= ENTRIES_MAX; at++) {
    await threads.remember(`thread ${at}`, "a question");
    await claims.claim(`claim ${at}`);
    await votes.cast({ message: `message ${at}`, person: "ada", value: "up", topic: null });
  }
  expect(await threads.recall("thread 0")).toEqual([]);
  expect(await threads.recall("thread 1")).toEqual(["a question"]);
  expect(await votes.tally("message 0")).toEqual({ up: 0, down: 0 });
  expect(await votes.tally("message 1")).toEqual({ up: 1, down: 0 });
  expect(await claims.claim("claim 1")).toBe(false);
  expect(await claims.claim("claim 0")).toBe(true);
});
