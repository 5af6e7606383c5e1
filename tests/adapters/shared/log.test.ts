// What a log line holds, and what it never does.

import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createJournal, createLog } from "../../../adapters/shared/log.ts";
import { ANSWER, UNKNOWN } from "../cli/replies.ts";

function lines(write: (log: ReturnType<typeof createLog>) => void): string {
  const target = new PassThrough();
  write(createLog({ logLevel: "info" }, target));
  return String(target.read() ?? "");
}

const answered = {
  entry: "mention",
  event: "T1:message:C1:1.2",
  person: "T1:U1",
  question: "How is tea brewed?",
  latencyMs: 12.4,
};

test("an answered question is one line: kind, topic and latency, not its text", () => {
  const line = lines((log) =>
    createJournal(log, "slack", { logsQuestions: false }).answered({ ...answered, reply: ANSWER }),
  );
  expect(JSON.parse(line)).toMatchObject({
    level: "info",
    platform: "slack",
    entry: "mention",
    event: "T1:message:C1:1.2",
    kind: "answer",
    latencyMs: 12,
  });
  expect(line).not.toMatch(/brewed\?|U1/);
});

test("the text is there where the operator opted in, and an unknown says why", () => {
  const line = lines((log) =>
    createJournal(log, "slack", { logsQuestions: true }).answered({ ...answered, reply: UNKNOWN }),
  );
  expect(JSON.parse(line)).toMatchObject({
    question: "How is tea brewed?",
    kind: "unknown",
    reason: "not-in-documents",
  });
});

test("who is limited or votes is not named", () => {
  const written = lines((log) => {
    const journal = createJournal(log, "discord", { logsQuestions: true });
    journal.limited({ entry: "/ask", retryAfterMs: 900 });
    journal.voted({ message: "m", person: "ada", value: "up", topic: null });
  });
  expect(
    written
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  ).toMatchObject([
    { platform: "discord", entry: "/ask", retryAfterMs: 900, msg: "limited" },
    { platform: "discord", value: "up", topic: null, message: "m", msg: "voted" },
  ]);
  expect(written).not.toContain("ada");
});

test.each(["xoxb-1234567890-abcdef", "xapp-1-A0-123-abc", `${"M".repeat(24)}.${"x".repeat(6)}.${"y".repeat(38)}`])(
  "a token like %s is cut out wherever it stands",
  (token) => {
    const line = lines((log) => {
      log.info({ token, deep: { token }, err: new Error(`refused ${token}`) }, `sent ${token}`);
    });
    expect(line).not.toContain(token);
    expect(line).toContain("[redacted]");
  },
);

test("what is below the level isn't written", () => {
  expect(lines((log) => log.debug("quiet"))).toBe("");
});
