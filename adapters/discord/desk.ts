// A question put at a spot to the card that answers it: limited per person, in its conversation, logged and remembered.

import type { Engine } from "../../src/engine.ts";
import type { Limit } from "../../src/limit.ts";
import type { Memory } from "../../src/ports.ts";
import type { Reply } from "../../src/reply.ts";
import { type Log, logAnswered } from "../log.ts";
import type { Card } from "./card.ts";
import { recall, remember, type Spot } from "./conversation.ts";
import { renderReply, type View } from "./render.ts";

export interface DeskOptions {
  readonly limit: Limit;
  readonly memory: Memory;
  readonly log: Log;
  readonly logsQuestions: boolean;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Something asked. */
export interface Asked {
  readonly entry: string;
  readonly kind: "question" | "topic";
  readonly text: string;
  readonly person: string;
  readonly spot: Spot;
  /** Whether Discord shows the question itself beside the reply. */
  readonly isShown: boolean;
}

/** Posts a card; returns the id of the message it became, null where Discord did not tell. */
export type Post = (card: Card) => Promise<string | null>;

export type Outcome = { readonly kind: "answered" } | { readonly kind: "limited"; readonly retryAfterMs: number };

export interface Desk {
  /** @throws whatever posting throws */
  answer(asked: Asked, post: Post): Promise<Outcome>;
}

export function createDesk(engine: Engine, view: View, options: DeskOptions): Desk {
  const { limit, log, now } = options;
  const { threads } = options.memory;
  return {
    async answer(asked, post) {
      const { entry, kind, text, person, spot, isShown } = asked;
      const startedAt = now();
      const allowance = await limit.ask(person);
      if (!allowance.ok) {
        log.info({ platform: "discord", entry, retryAfterMs: allowance.retryAfterMs }, "limited");
        return { kind: "limited", retryAfterMs: allowance.retryAfterMs };
      }
      const after = await recall(threads, spot);
      const reply = kind === "question" ? engine.answer(text, after) : engine.compare(text);
      const message = await post(renderReply(reply, { ...view, question: isShown ? null : text }));
      const question = kind === "question" ? text : titleOf(reply, view);
      if (question !== null && reply.kind !== "help") await remember(threads, spot, after, question, message);
      logAnswered(log, options, { platform: "discord", entry, question: text, reply, latencyMs: now() - startedAt });
      return { kind: "answered" };
    },
  };
}

/** The next question may lean on a comparison, and a topic's title asked alone is its comparison. */
const titleOf = ({ reading }: Reply, { names }: View): string | null =>
  reading.topic === null ? null : (names.get(reading.topic) ?? null);
