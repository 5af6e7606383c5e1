// Says what a Discord message shows besides its reply.

import type { Engine } from "../../src/engine.ts";
import type { ChannelSettings } from "../shared/channels.ts";
import { type Frame, frameOf } from "../shared/names.ts";
import { createPlaces, type Places } from "./places.ts";

/** What a message is to show besides the reply; `human` is Discord's mark-up of a channel or role. */
export interface View extends Frame {
  /** The question, where Discord shows the reply without it. */
  readonly question: string | null;
  readonly places: Places;
}

/** @param human id of a channel, or `@` and the id of a role; Discord's own mark-up works too */
export const createView = (engine: Engine, human: string | null): View => ({
  ...frameOf(engine.corpus, humanMention(human)),
  question: null,
  places: createPlaces(engine),
});

/** The same as a channel is set: whom to ask may be its own. */
export const viewAs = (view: View, { human }: Pick<ChannelSettings, "human">): View =>
  human === null ? view : { ...view, human: humanMention(human) };

/** A link to the channel, or the role's name; it notifies nobody, since no mention is allowed to. */
function humanMention(human: string | null): string | null {
  if (human === null) return null;
  const id = /\d{15,21}/.exec(human)?.[0];
  if (id === undefined) return null;
  return human.includes("@") ? `<@&${id}>` : `<#${id}>`;
}
