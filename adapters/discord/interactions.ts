// Answers a Discord interaction (command, completion, context menu or button) with its one response.

import {
  type AutocompleteInteraction,
  DiscordAPIError,
  type Interaction,
  MessageFlags,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from "discord.js";
import type { Corpus } from "../../src/ingest/library.ts";
import { type Desk, wordsOf } from "../shared/desk.ts";
import { NOTICE } from "../shared/wording.ts";
import type { Choices } from "./choices.ts";
import { keysOf, type Spot } from "./conversation.ts";
import { readInteraction, type Wanted } from "./inbound.ts";
import type { Card } from "./layout.ts";
import { DISCORD_NOTICE, renderPlaces, renderSources } from "./pages.ts";
import { renderReply } from "./render.ts";
import type { View } from "./view.ts";

export interface InteractionOptions {
  readonly corpus: Corpus;
  readonly view: View;
  readonly desk: Desk;
  readonly choices: Choices;
}

/** Answers an interaction of any kind. */
export type Respond = (interaction: Interaction) => Promise<void>;

export function createResponder(options: InteractionOptions): Respond {
  const responder = new Responder(options);
  return (interaction) => responder.respond(interaction);
}

class Responder {
  constructor(private readonly options: InteractionOptions) {}

  async respond(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return this.complete(interaction);
    if (!interaction.isRepliable()) return;
    const { choices, view, desk } = this.options;
    const wanted = readInteraction(interaction, choices, view.places);
    if (wanted.kind === "wish") return this.answer(interaction, wanted);
    if (await desk.isFirst([claimOf(interaction)])) await this.show(interaction, wanted);
  }

  private async complete(interaction: AutocompleteInteraction): Promise<void> {
    const { choices } = this.options;
    const typed = interaction.options.getFocused();
    await interaction.respond(interaction.commandName === "compare" ? choices.topics(typed) : choices.questions(typed));
  }

  /** Nothing slow comes before the response: after three seconds Discord takes none. */
  private answer(interaction: RepliableInteraction, wanted: Extract<Wanted, { kind: "wish" }>): Promise<void> {
    const { desk, view } = this.options;
    const { entry, wish, replyTo, isHidden } = wanted;
    // A comparison has its topic for a title; a question would not be seen.
    const question = wish.kind === "compare" ? null : wordsOf(wish);
    return desk.answer({
      entry,
      claims: [claimOf(interaction)],
      person: interaction.user.id,
      wish,
      isQuiet: false,
      keys: keysOf({ ...spotOf(interaction), replyTo, isHidden }),
      outlet: {
        post: ({ reply }) => respondWith(interaction, renderReply(reply, { ...view, question }), isHidden),
        holdOff: (retryAfterMs) => tell(interaction, NOTICE.limited(retryAfterMs)),
      },
    });
  }

  private async show(interaction: RepliableInteraction, wanted: Exclude<Wanted, { kind: "wish" }>): Promise<void> {
    const { corpus, desk, view } = this.options;
    switch (wanted.kind) {
      case "sources":
        await respondWith(interaction, renderSources(corpus), wanted.isHidden);
        return;
      case "places": {
        const card = renderPlaces(wanted.names, view.places);
        if (card === null) return tell(interaction, DISCORD_NOTICE.expired);
        await respondWith(interaction, card, true);
        return;
      }
      case "vote": {
        const { value, topic } = wanted;
        const message = `discord:${interaction.channelId}:${wanted.message}`;
        await desk.vote({ message, person: interaction.user.id, value, topic });
        return tell(interaction, NOTICE.voted(value, view.human));
      }
      case "no text":
        return tell(interaction, NOTICE.noText);
      case "expired":
        return tell(interaction, DISCORD_NOTICE.expired);
      case "strange":
        return tell(interaction, DISCORD_NOTICE.unknown);
    }
  }
}

/** After a lost connection Discord may send again what it has sent. */
const claimOf = ({ id }: Interaction): string => `discord:interaction:${id}`;

/** Where an interaction happened; what Discord did not say of the channel counts as no conversation. */
function spotOf({ guildId, channelId, channel }: Interaction): Pick<Spot, "guild" | "channel" | "isConversation"> {
  const isConversation = channel !== null && (channel.isThread() || channel.isDMBased());
  return { guild: guildId, channel: channelId ?? "nowhere", isConversation };
}

/** Responds with a card; returns the id of its message, null where Discord did not tell. */
async function respondWith(
  interaction: RepliableInteraction,
  { flags, components }: Card,
  isHidden: boolean,
): Promise<string | null> {
  const shown = isHidden ? ([flags, MessageFlags.Ephemeral] as const) : [flags];
  const response = await once(interaction.reply({ components, flags: shown, withResponse: true }));
  return response?.resource?.message?.id ?? null;
}

/** A line that only the asker sees. */
export async function tell(interaction: RepliableInteraction, content: string): Promise<void> {
  const notice = { content, flags: MessageFlags.Ephemeral } as const;
  await once<unknown>(
    interaction.replied || interaction.deferred ? interaction.followUp(notice) : interaction.reply(notice),
  );
}

/** A response that Discord took but answered with a 5xx is sent again by the library, and refused as a second one. */
async function once<T>(response: Promise<T>): Promise<T | null> {
  try {
    return await response;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
      return null;
    throw error;
  }
}
