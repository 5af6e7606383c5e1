import { describe, expect, test } from "vitest";
import { scrub } from "../../../../adapters/shared/loop/scrub.ts";
import { fc } from "../../../fast-check.ts";

const GONE: readonly [text: string, kept: string][] = [
  ["mail jane.doe+tea@example.co.uk about it", "mail … about it"],
  ["see https://example.org/a?b=c#d and www.example.org/x", "see … and …"],
  ["ask <@U0123ABC> or <@!400000000000000001> in <#C1|tea>", "ask … or … in …"],
  ["@jane can we, @bob.smith?", "… can we, …?"],
  ["call +49 (170) 123-4567 now", "call … now"],
  ["order 12345678 is late", "order … is late"],
  ["card 4111 1111 1111 1111, please", "card …, please"],
  ["why is 192.168.100.200 slow", "why is … slow"],
  ["token xoxb-123456789012-abcdefABCDEF fails", "token … fails"],
  ["mailto:jane@example.org", "…"],
];
const STAYS = [
  "how do I install @types/widget",
  "what of 8080 and 65535",
  "Is version 1.22.3 fine in 2026?",
  "What does /etc/hosts do?",
  "is 3 * 4 = 12",
];

describe("what is kept of a question", () => {
  test.each(GONE)("%j", (text, kept) => {
    expect(scrub(text)).toBe(kept);
    expect(scrub(kept)).toBe(kept);
  });
  test.each(STAYS)("%j stays as it is", (text) => {
    expect(scrub(text)).toBe(text);
  });
  test("holds no address, mention or long number, whatever stands around them", () => {
    const secret = fc.oneof(
      fc
        .tuple(fc.stringMatching(/^[a-z0-9.]{1,10}$/), fc.stringMatching(/^[a-z]{2,8}\.(?:com|org)$/))
        .map(([a, b]) => `${a}@${b}`),
      fc.webUrl(),
      fc.stringMatching(/^<@[UW][A-Z0-9]{8}>$/),
      fc.stringMatching(/^[1-9][0-9]{5,15}$/),
    );
    fc.assert(
      fc.property(fc.lorem(), secret, fc.lorem(), (before, hidden, after) => {
        expect(scrub(`${before} ${hidden} ${after}`)).not.toContain(hidden);
      }),
    );
  });
});
