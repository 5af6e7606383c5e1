// Somebody in Discord who waits for an answer to the one message that tells them: where it goes, and what it shows.

import { z } from "zod";
import type { Engine } from "../../src/engine.ts";
import { mends } from "../shared/loop/learning.ts";
import type { Event, WaitingQuestion } from "../shared/state/store.ts";
import { NOTICE } from "../shared/wording.ts";
import type { Told } from "./buttons.ts";
import type { Addressed } from "./inbound.ts";
import type { Card } from "./layout.ts";
import { renderReply } from "./render.ts";
import type { View } from "./view.ts";

/** Where somebody is told: below a message that others see too, or alone where there is none. */
const address = z.object({ person: z.string(), below: z.object({ channel: z.string(), id: z.string() }).nullable() });

/** Reads what is to be told to whom. */
export const telling = z.object({
  address,
  receipt: z.string(),
  question: z.string(),
  after: z.array(z.string()),
  substance: z.string(),
});
export type Telling = z.infer<typeof telling>;

/** Nobody wants to hear of it much later. */
const TOLD_WITHIN_MS = 24 * 60 * 60 * 1000;

/** @param of the reply that did not answer */
export const addressFor = ({ person, channel }: Addressed, of: Told): string => {
  const to: Telling["address"] = { person, below: of.isHidden ? null : { channel, id: of.message } };
  return JSON.stringify(to);
};

/**
 * The delivery that tells somebody.
 * @param now milliseconds since 1970
 */
export function tellingOf(waiting: WaitingQuestion, queue: string, now: number): Event {
  const { receipt, workspace, person, question, after, substance } = waiting;
  const to = address.parse(JSON.parse(waiting.address));
  const telling: Telling = { address: to, receipt, question, after: [...after], substance };
  return {
    key: `${workspace}told:${receipt}:${person}`,
    platform: queue,
    body: JSON.stringify({ kind: "told", telling }),
    person: to.person,
    expiresAt: now + TOLD_WITHIN_MS,
  };
}

/** What they are shown; null where the question is not answered any more. */
export async function cardOf(
  { address, question, after, substance }: Telling,
  engine: Engine,
  view: View,
): Promise<Card | null> {
  const reply = await engine.answer(question, after);
  if (!mends(reply, substance)) return null;
  return renderReply(reply, { ...view, question, notice: NOTICE.answeredNow(`<@${address.person}>`) });
}
