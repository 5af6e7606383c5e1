// What a bot did to the numbers that Prometheus reads.

import { expect, onTestFinished, test } from "vitest";
import { LOOPBACK, serveHealth } from "../../../adapters/shared/health.ts";
import { createMetrics } from "../../../adapters/shared/metrics.ts";
import type { Reply } from "../../../src/reply.ts";
import { REPLIES } from "../../contracts/replies.ts";

const EXAMPLES = REPLIES.map(([, reply]) => reply);

test("GET /metrics tells answers by kind and reason, what waits, and the corpus with its age", async () => {
  const metrics = createMetrics("slack");
  let depth: { open: number; dead: number } | null = { open: 3, dead: 1 };
  const health = await serveHealth({ isHealthy: () => true, port: 0, host: LOOPBACK, metrics });
  onTestFinished(() => health.close());
  const read = async (method = "GET"): Promise<string> => {
    const response = await fetch(`http://${LOOPBACK}:${health.port}/metrics`, { method });
    return `${response.status}\n${await response.text()}`;
  };
  expect(await read()).not.toContain("footnote_corpus_info{");
  metrics.watch({
    depth: async () => depth,
    isHealthy: () => true,
    corpus: () => ({ hash: "0123456789ab", openedAt: Date.now() - 60_000 }),
  });
  for (const reply of EXAMPLES.filter(({ kind }) => kind === "answer" || kind === "unknown").slice(0, 2))
    metrics.answered(reply, 40);
  metrics.retried();
  metrics.reconnected();
  metrics.voted("down");
  metrics.limited();
  const text = await read();
  const LINES = [
    /^footnote_answer_seconds_bucket\{le="0.025",platform="slack"\} 0$/m,
    /^footnote_answer_seconds_bucket\{le="0.05",platform="slack"\} 2$/m,
    /^footnote_events\{state="open",platform="slack"\} 3$/m,
    /^footnote_events\{state="dead",platform="slack"\} 1$/m,
    /^footnote_store_up\{platform="slack"\} 1$/m,
    /^footnote_healthy\{platform="slack"\} 1$/m,
    /^footnote_corpus_info\{hash="0123456789ab",platform="slack"\} 1$/m,
    /^footnote_corpus_age_seconds\{platform="slack"\} 6\d/m,
    /^footnote_retries_total\{platform="slack"\} 1$/m,
    /^footnote_reconnects_total\{platform="slack"\} 1$/m,
    /^footnote_votes_total\{value="down",platform="slack"\} 1$/m,
    /^footnote_limited_total\{platform="slack"\} 1$/m,
    /^process_resident_memory_bytes\{/m,
  ];
  for (const line of LINES) expect(text).toMatch(line);
  depth = null;
  expect(await read()).not.toContain("footnote_events{");
  expect(await read()).toContain('footnote_store_up{platform="slack"} 0');
  expect(await read("POST")).toBe("405\n");
});

test("replies are counted by what they are", async () => {
  const metrics = createMetrics("discord");
  for (const reply of EXAMPLES) metrics.answered(reply, 1);
  const health = await serveHealth({ isHealthy: () => true, port: 0, host: LOOPBACK, metrics });
  onTestFinished(() => health.close());
  const text = await (await fetch(`http://${LOOPBACK}:${health.port}/metrics`)).text();
  const counted = [...text.matchAll(/^footnote_answers_total\{kind="(\w+)",reason="([\w-]*)".* (\d+)$/gm)];
  const said = counted.map(([, kind, reason, count]) => `${kind} ${reason}: ${count}`).sort();
  const kindOf = (reply: Reply): string => `${reply.kind} ${reply.kind === "unknown" ? reply.reason : ""}`;
  const kinds = [...new Set(EXAMPLES.map(kindOf))];
  const expected = kinds.map((kind) => `${kind}: ${EXAMPLES.filter((reply) => kindOf(reply) === kind).length}`);
  expect(said).toEqual(expected.sort());
});
