// A question put at a spot to the card that answers it: limited per person, in its conversation, logged and remembered.

import type { Engine } from "../../src/engine.ts";
import { type Log, logAnswered, logLimited } from "../shared/log.ts";
import type { Memory } from "../shared/memory.ts";
import { titleOf } from "../shared/names.ts";
import type { Limit } from "../shared/rate-limit.ts";
import { recall, remember, type Spot } from "./conversation.ts";
import type { Card } from "./layout.ts";
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
        logLimited(log, "discord", entry, allowance.retryAfterMs);
        return { kind: "limited", retryAfterMs: allowance.retryAfterMs };
      }
      const after = await recall(threads, spot);
      const reply = await (kind === "question" ? engine.answer(text, after) : engine.compare(text));
      const message = await post(renderReply(reply, { ...view, question: isShown ? null : text }));
      const remembered = kind === "question" ? text : titleOf(reply, view.names);
      if (remembered !== null) await remember(threads, spot, after, remembered, message);
      logAnswered(log, options, { platform: "discord", entry, question: text, reply, latencyMs: now() - startedAt });
      return { kind: "answered" };
    },
  };
}
