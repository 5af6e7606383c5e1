import { expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { Reply } from "../src/reply.ts";
import { replySchema } from "../src/reply-schema.ts";
import { REPLIES } from "./contracts/replies.ts";

test("the schema and the type say the same", () => {
  expectTypeOf<Reply>().toExtend<z.infer<typeof replySchema>>();
  expectTypeOf<z.infer<typeof replySchema>>().toExtend<Reply>();
});

test.each(REPLIES)("it describes %s, bounds and all", (_, reply) => {
  expect(replySchema.parse(JSON.parse(JSON.stringify(reply)))).toEqual(JSON.parse(JSON.stringify(reply)));
});

test("a statement without a citation, or with something more, is no reply", () => {
  const [, reply] = REPLIES.find(([, one]) => one.kind === "answer") ?? [];
  expect(replySchema.safeParse({ ...reply, verdict: { text: "So it is.", citations: [] } }).success).toBe(false);
  expect(replySchema.safeParse({ ...reply, confidence: 1 }).success).toBe(false);
});
