// Lines of a batch to what is written for each, and to the exit status, where the documents can't be searched.

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerLine, answerLines } from "../../../adapters/cli/batch.ts";
import { SearchUnavailable } from "../../../src/errors.ts";
import { type Remote, remoteOf } from "../../unreachable.ts";
import { TOPICAL } from "./corpora.ts";

const KETTLE = "# Kettle\n\nThe steel kettle boils a litre of water in four minutes.\n";
const OF_DOCUMENTS = '{"id":"d","question":"How long does the steel kettle take to boil a litre of water?"}';
const OF_A_TOPIC = '{"id":7,"question":"Where is tea stored?"}';
const UNREADABLE = '{"id":"u", oops';
const SAID =
  "The documents can't be searched right now, so I can't tell whether they answer that. Please ask again later.";

let remote: Remote;
beforeAll(async () => {
  remote = await (await remoteOf({ ...TOPICAL, "documents/kettle.md": KETTLE }))();
});
beforeEach(() => remote.fail(new SearchUnavailable("the connection was refused")));

describe("a line", () => {
  test("that can't be searched for is an error, with its id", async () => {
    expect(await answerLine(OF_DOCUMENTS, 1, remote.engine)).toEqual({ id: "d", error: SAID, status: 1 });
    const bare = '{"question":"How long does the steel kettle take to boil a litre of water?"}';
    expect(await answerLine(bare, 1, remote.engine)).toEqual({ id: null, error: SAID, status: 1 });
  });

  test("that a topic answers is answered", async () => {
    expect(await answerLine(OF_A_TOPIC, 1, remote.engine)).toMatchObject({ id: 7, reply: { topic: "storage" } });
  });

  test("that can't be read is one all the same", async () => {
    expect(await answerLine(UNREADABLE, 3, remote.engine)).toEqual({
      id: null,
      error: expect.stringMatching(/^line 3 is not JSON; /),
      status: 2,
    });
  });

  test("that fails of anything else ends the batch", async () => {
    const broken = new RangeError("passage 7 of 5");
    remote.fail(broken);
    await expect(answerLine(OF_DOCUMENTS, 1, remote.engine)).rejects.toBe(broken);
  });
});

async function run(...lines: readonly string[]): Promise<{ status: number; written: unknown[] }> {
  const written: unknown[] = [];
  const given = async function* (): AsyncGenerator<string> {
    yield* lines;
  };
  const status = await answerLines(given(), remote.engine, async (line) => {
    written.push(JSON.parse(line));
  });
  return { status, written };
}

describe("the exit status is", () => {
  const STATUS: readonly { name: string; lines: readonly string[]; status: number }[] = [
    { name: "0 where every line is answered", lines: [OF_A_TOPIC, "", OF_A_TOPIC], status: 0 },
    { name: "1 where a search failed", lines: [OF_A_TOPIC, OF_DOCUMENTS, OF_A_TOPIC], status: 1 },
    { name: "2 where a line could not be read", lines: [OF_A_TOPIC, UNREADABLE], status: 2 },
    { name: "2 where both happened", lines: [UNREADABLE, OF_DOCUMENTS], status: 2 },
    { name: "2 where both happened, in whatever order", lines: [OF_DOCUMENTS, UNREADABLE], status: 2 },
  ];
  test.each(STATUS)("$name", async ({ lines, status }) => {
    expect((await run(...lines)).status).toBe(status);
  });
});

test("an error is written with its id and nothing else, in its place among the replies", async () => {
  const { written } = await run(OF_A_TOPIC, OF_DOCUMENTS, OF_A_TOPIC);
  const answered = { id: 7, reply: expect.objectContaining({ kind: "answer" }) };
  expect(written).toEqual([answered, { id: "d", error: SAID }, answered]);
});

test("what can be searched for again is answered again", async () => {
  remote.fail(null);
  expect(await run(OF_DOCUMENTS)).toEqual({
    status: 0,
    written: [{ id: "d", reply: expect.objectContaining({ kind: "answer" }) }],
  });
});
