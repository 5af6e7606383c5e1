// Says what a Discord message shows besides its reply.

import type { Engine } from "../../src/engine.ts";
import { type Frame, frameOf } from "../shared/names.ts";
import { createPlaces, type Places } from "./places.ts";

/** What a message is to show besides the reply; `human` is Discord's mark-up of a channel or role. */
export interface View extends Frame {
  /** The question, where Discord shows the reply without it. */
  readonly question: string | null;
  readonly places: Places;
  /** A line of our own above all of it, with its mark-up. */
  readonly notice?: string;
  /** What names the reply in its buttons; left out where people's words on it can't be kept. */
  readonly receipt?: string;
  /** Whether somebody can be told when the question is answered. */
  readonly canTellLater?: boolean;
}

/** @param human id of a channel, or `@` and the id of a role; Discord's own mark-up works too */
export const createView = (engine: Engine, human: string | null, canTellLater = false): View => ({
  ...frameOf(engine.corpus, humanMention(human)),
  question: null,
  canTellLater,
  places: createPlaces(engine),
});

/** The view of one reply. */
export const viewFor = (view: View, receipt: string | null): View => (receipt === null ? view : { ...view, receipt });

/** A link to the channel, or the role's name; it notifies nobody, since no mention is allowed to. */
function humanMention(human: string | null): string | null {
  if (human === null) return null;
  const id = /\d{15,21}/.exec(human)?.[0];
  if (id === undefined) return null;
  return human.includes("@") ? `<@&${id}>` : `<#${id}>`;
}
