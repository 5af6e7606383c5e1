// Says what a Discord message shows besides its reply.

import type { Engine } from "../../src/engine.ts";
import { type Updates, updatesOf } from "../shared/age.ts";
import type { ChannelSettings } from "../shared/channels.ts";
import { type Frame, frameOf } from "../shared/names.ts";
import type { SourceAddresses } from "../shared/source-address.ts";
import { createPlaces, type Places } from "./places.ts";

/** What a message is to show besides the reply; `human` is Discord's mark-up of a channel or role. */
export interface View extends Frame {
  /** The question, where Discord shows the reply without it. */
  readonly question: string | null;
  /** Whom it was asked for, so that they are named; null for nobody. */
  readonly forPerson: string | null;
  /** Whether only who asked sees it, and may show it to all. */
  readonly isHidden: boolean;
  readonly places: Places;
  /** A line of our own above all of it, with its mark-up. */
  readonly notice?: string;
  /** What names the reply in its buttons; left out where people's words on it can't be kept. */
  readonly receipt?: string;
  /** Whether somebody can be told when the question is answered. */
  readonly canTellLater?: boolean;
  readonly addresses: SourceAddresses;
  readonly updates: Updates;
  /** The clock, in milliseconds since 1970: what is cited may have grown old. */
  readonly now: () => number;
}

/** What a view is made of besides its engine. */
export interface Outlook {
  /** Id of a channel, or `@` and the id of a role; Discord's own mark-up works too. */
  readonly human: string | null;
  readonly addresses: SourceAddresses;
  readonly now: () => number;
  /** Whether somebody can be told when a question is answered; not by default. */
  readonly canTellLater?: boolean;
}

export const createView = (engine: Engine, { human, addresses, now, canTellLater = false }: Outlook): View => ({
  ...frameOf(engine.corpus, humanMention(human)),
  ...{ question: null, forPerson: null, isHidden: false, canTellLater },
  places: createPlaces(engine),
  updates: updatesOf(engine.corpus),
  ...{ addresses, now },
});

/** The same as a channel is set: whom to ask may be its own. */
export const viewAs = (view: View, { human }: Pick<ChannelSettings, "human">): View =>
  human === null ? view : { ...view, human: humanMention(human) };
/** The view of one reply. */
export const viewFor = (view: View, receipt: string | null): View => (receipt === null ? view : { ...view, receipt });

/** A link to the channel, or the role's name; it notifies nobody, since no mention is allowed to. */
function humanMention(human: string | null): string | null {
  if (human === null) return null;
  const id = /\d{15,21}/.exec(human)?.[0];
  if (id === undefined) return null;
  return human.includes("@") ? `<@&${id}>` : `<#${id}>`;
}
