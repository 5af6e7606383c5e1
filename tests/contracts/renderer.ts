// The exam that every renderer sits: no reply of any shape breaks its platform's limits, pings, or loses a statement.

import { describe, expect, test } from "vitest";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import type { CitedStatement, Reply } from "../../src/reply.ts";
import { openEngine } from "../../src/store/open.ts";
import { ANSWER, COMPARISON, UNKNOWN } from "../adapters/cli/replies.ts";
import { fc } from "../fast-check.ts";
import { anyReply, anyText, REPLIES, repliesOf } from "./replies.ts";

export interface RendererUnderTest<Payload> {
  readonly name: string;
  render(reply: Reply): Payload;
  /** A line for each documented limit of the platform that the payload passes. */
  brokenLimits(payload: Payload): readonly string[];
  /** A line for whatever would notify somebody, link where no source is, or unfurl. */
  dangers(payload: Payload): readonly string[];
  /** All that a person sees without pressing anything, as plain text: escapes and markup read away. */
  read(payload: Payload): string;
  /** The same of the page of sources, where they fold behind a button; left out where the reply shows them itself. */
  readSources?(reply: Reply): string;
  /** Whether a button shows what was left out. */
  hasMore(payload: Payload): boolean;
  /** What sets a kind apart before a word is read: its colour or its first sign. */
  look(payload: Payload): string;
}

const RUNS = Number(process.env.FOOTNOTE_PROPERTY_RUNS ?? 300);

export function describeRenderer<Payload>(renderer: RendererUnderTest<Payload>): void {
  const check = (reply: Reply): Payload => {
    const payload = renderer.render(reply);
    expect(renderer.brokenLimits(payload)).toEqual([]);
    expect(renderer.dangers(payload)).toEqual([]);
    if (renderer.hasMore(payload)) return payload;
    const seen = letters(renderer.read(payload));
    for (const said of statementsOf(reply)) expect(seen).toContain(letters(marked(said)));
    return payload;
  };

  describe(`${renderer.name} renders`, () => {
    test.each(REPLIES)("%s", (_, reply) => void check(reply));

    test("any reply", () =>
      fc.assert(
        fc.property(anyReply(), (reply) => void check(reply)),
        { numRuns: RUNS },
      ));

    test("any reply whose every text is the same", () => {
      const same = anyText.chain((written) => anyReply(fc.constant(written)));
      fc.assert(
        fc.property(same, (reply) => void check(reply)),
        { numRuns: RUNS },
      );
    });

    test("every reply about the built-in corpus, whole", { tags: ["slow"] }, async () => {
      for (const [asked, reply] of await repliesOf(await openEngine(BUILT_IN.folder, BUILT_IN.snapshot))) {
        const payload = check(reply);
        expect([asked, renderer.hasMore(payload)]).toEqual([asked, false]);
      }
    });

    test("a reading of a hundred words in one line", () => {
      const corrected = Array.from({ length: 100 }, (_, at) => ({ from: `wrogn${at}`, to: `wrong${at}` }));
      for (const reply of REPLIES.map(([, one]) => ({ ...one, reading: { ...one.reading, corrected } }))) {
        check(reply);
        expect(letters(renderer.read(renderer.render(reply)))).toContain("95more");
      }
    });

    test("a small reply whole: nothing is behind a button", () => {
      for (const reply of [ANSWER, COMPARISON, UNKNOWN]) expect(renderer.hasMore(renderer.render(reply))).toBe(false);
    });

    test("an unknown that looks different from an answer and a comparison", () => {
      const [unknown, ...stating] = [UNKNOWN, ANSWER, COMPARISON].map((reply) => renderer.look(renderer.render(reply)));
      expect(stating).not.toContain(unknown);
    });

    test("the same reply to the same bytes", () => {
      for (const [, reply] of REPLIES)
        expect(JSON.stringify(renderer.render(reply))).toBe(JSON.stringify(renderer.render(reply)));
    });

    test("every source with its number, title and lines", () => {
      for (const reply of [ANSWER, COMPARISON]) {
        const seen = renderer.readSources?.(reply) ?? renderer.read(renderer.render(reply));
        for (const { number, title, lines } of "citations" in reply ? reply.citations : []) {
          expect(letters(seen)).toContain(letters(title));
          // The number, and before the next one the line.
          expect(seen).toMatch(new RegExp(`\\[${number}\\][^[]*\\b${lines.start}\\b`));
        }
      }
    });

    test("what the question was taken to be, where something was read into it", () => {
      const reading = { ...ANSWER.reading, corrected: [{ from: "grene", to: "green" }] };
      const seen = renderer.read(renderer.render({ ...ANSWER, reading }));
      expect(seen).toContain("grene");
      expect(renderer.read(renderer.render(ANSWER))).not.toContain("grene");
    });
  });
}

/** Everything that a reply claims. */
export function statementsOf(reply: Reply): CitedStatement[] {
  if (reply.kind !== "answer" && reply.kind !== "comparison") return [];
  const body = reply.kind === "answer" ? reply.support : reply.rows.flatMap(({ cells }) => cells);
  return [reply.verdict, ...body, ...(reply.disagreement?.sides ?? [])].filter((said) => said !== null);
}

/** A statement's text and the numbers of its citations, in ascending order. */
export const marked = ({ text, citations }: CitedStatement): string =>
  `${text} ${[...citations].sort((a, b) => a - b).join("")}`;

/** Letters and digits only: what is left of a text however it is escaped, spaced, composed and set. */
export const letters = (text: string): string => text.normalize("NFC").replace(/[^\p{L}\p{N}]/gu, "");
