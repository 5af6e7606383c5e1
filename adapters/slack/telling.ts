// Somebody in Slack who waits for an answer to the one message that tells them: where it goes, and what it shows.

import { z } from "zod";
import type { Engine } from "../../src/engine.ts";
import { mends } from "../shared/loop/learning.ts";
import type { Event, WaitingQuestion } from "../shared/state/store.ts";
import { NOTICE } from "../shared/wording.ts";
import { askedOf } from "./buttons.ts";
import type { Press } from "./inbound.ts";
import { type Message, sections } from "./layout.ts";
import { BLOCKS_MAX } from "./limits.ts";
import { renderReply } from "./render.ts";
import type { Views } from "./view.ts";

/** Where somebody is told. */
const address = z.object({
  team: z.string(),
  person: z.string(),
  /** A person's own id for the conversation with them alone. */
  channel: z.string(),
  thread: z.string().nullable(),
});

const told = z.object({ address, question: z.string(), after: z.array(z.string()), substance: z.string() });
/** What is to be told to whom. */
export type Told = z.infer<typeof told>;

/** Nobody wants to hear of it much later. */
const TOLD_WITHIN_MS = 24 * 60 * 60 * 1000;

/**
 * The thread that holds the button; what only one person sees has none that others may see, so they are told alone.
 * @param of the thread of the reply that a notice is about
 */
export function addressOf(press: Press, of: string | undefined): Told["address"] {
  const { team, person, channel, message, thread, isPrivate } = press;
  const whose = { team, person };
  if (channel !== null && of !== undefined) return { ...whose, channel, thread: of };
  if (channel === null || isPrivate) return { ...whose, channel: person, thread: null };
  return { ...whose, channel, thread: thread ?? message };
}

/**
 * The delivery that tells somebody.
 * @param now milliseconds since 1970
 */
export function tellingOf(waiting: WaitingQuestion, now: number): Event {
  const { receipt, workspace, person, question, after, substance } = waiting;
  const body: Told = { address: address.parse(JSON.parse(waiting.address)), question, after: [...after], substance };
  return {
    key: `${workspace}told:${receipt}:${person}`,
    platform: "slack",
    body: JSON.stringify({ kind: "told", body, bot: "" }),
    person: `${body.address.team}:${body.address.person}`,
    expiresAt: now + TOLD_WITHIN_MS,
  };
}

/** Null for what no `tellingOf` has written. */
export function readTold(body: unknown): Told | null {
  return told.safeParse(body).data ?? null;
}

/** The message; null where the question is not answered any more. */
export async function messageTo(
  { address, question, after, substance }: Told,
  engine: Engine,
  viewsOf: Views,
): Promise<Message | null> {
  const reply = await engine.answer(question, after);
  if (!mends(reply, substance)) return null;
  const lead = `You asked: ${question}`;
  const { text, blocks, ...rest } = renderReply(reply, viewsOf(askedOf(question, after), { isPrivate: false, lead }));
  const notice = NOTICE.answeredNow(`<@${address.person}>`);
  return { ...rest, text: `${notice}\n${text}`, blocks: [...sections([notice]), ...blocks].slice(0, BLOCKS_MAX) };
}
