// A Reply to the text that notifications and screen readers say: the same as the blocks, in lines.

import type { Answer, Comparison, Reply, Statement } from "../../src/reply.ts";
import { utf8Bytes } from "../shorten.ts";
import { NOT_SAID, SOURCES_DIFFER } from "../wording.ts";
import { within } from "./blocks.ts";
import { UNKNOWN_LEAD } from "./body.ts";
import { sourceLine, state } from "./cite.ts";
import { FALLBACK_BYTES_MAX } from "./limits.ts";

/** As many lines as fit, the verdict first. */
export function fallback(reply: Reply): string {
  const kept: string[] = [];
  for (const line of fallbackLines(reply)) {
    if (utf8Bytes([...kept, line, "…"].join("\n")) > FALLBACK_BYTES_MAX) return [...kept, "…"].join("\n");
    kept.push(line);
  }
  return kept.join("\n");
}

function fallbackLines(reply: Reply): string[] {
  switch (reply.kind) {
    case "answer":
      return [state(reply.verdict), ...reply.support.map((one) => `• ${state(one)}`), ...fallbackEnd(reply)];
    case "comparison": {
      const { title, verdict, sides, rows } = reply;
      const cell = (one: Statement | null, at: number): string =>
        `${within(sides[at] ?? "")}: ${one === null ? NOT_SAID : state(one)}`;
      const lines = rows.map(({ aspect, cells }) => `• ${within(aspect)} – ${cells.map(cell).join("; ")}`);
      return [within(title), ...(verdict === null ? [] : [state(verdict)]), ...lines, ...fallbackEnd(reply)];
    }
    case "unknown":
      return [`${UNKNOWN_LEAD[reply.reason]}: ${within(reply.text)}`];
    case "clarify":
      return [within(reply.text), ...reply.options.map(({ label }) => `• ${within(label)}`)];
    case "help":
      return [within(reply.text)];
  }
}

const fallbackEnd = ({ disagreement, citations }: Answer | Comparison): string[] => [
  ...(disagreement === null
    ? []
    : [`${SOURCES_DIFFER} ${within(disagreement.text)}`, ...disagreement.sides.map((side) => `• ${state(side)}`)]),
  ...(citations.length === 0 ? [] : ["Sources:", ...citations.map((one) => sourceLine({ ...one, url: null }))]),
];
