// A Discord interaction (command, completion, context menu or button) to its one response.

import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from "discord.js";
import type { Corpus } from "../../src/ingest/library.ts";
import { type Log, logVoted } from "../shared/log.ts";
import type { Claims, Votes } from "../shared/memory.ts";
import { NOTICE } from "../shared/wording.ts";
import { type Press, readPress } from "./buttons.ts";
import type { Choices } from "./choices.ts";
import { ANSWER_THIS } from "./commands.ts";
import type { Spot } from "./conversation.ts";
import type { Asked, Desk } from "./desk.ts";
import { wordsOf } from "./inbound.ts";
import type { Card } from "./layout.ts";
import { DISCORD_NOTICE, renderPlaces, renderSources } from "./pages.ts";
import type { View } from "./render.ts";

export interface InteractionOptions {
  readonly corpus: Corpus;
  readonly view: View;
  readonly desk: Desk;
  readonly choices: Choices;
  readonly votes: Votes;
  readonly claims: Claims;
  readonly log: Log;
}

/** Answers an interaction of any kind; those of commands that are not ours are left alone. */
export type Respond = (interaction: Interaction) => Promise<void>;

export function createResponder(options: InteractionOptions): Respond {
  const responder = new Responder(options);
  return (interaction) => responder.respond(interaction);
}

/** What is asked through an interaction, without what every interaction says of itself. */
type Put = Pick<Asked, "entry" | "kind" | "text"> & { readonly isHidden: boolean; readonly replyTo?: string };

class Responder {
  constructor(private readonly options: InteractionOptions) {}

  async respond(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return this.complete(interaction);
    // After a lost connection Discord may send again what it has sent.
    if (!(await this.options.claims.claim(`discord:interaction:${interaction.id}`))) return;
    if (interaction.isChatInputCommand()) return this.obey(interaction);
    if (interaction.isMessageContextMenuCommand() && interaction.commandName === ANSWER_THIS)
      return this.answerThis(interaction);
    if (interaction.isButton()) return this.press(interaction);
    if (interaction.isRepliable()) await tell(interaction, DISCORD_NOTICE.unknown);
  }

  /** Nothing slow comes before the response: after three seconds Discord takes none. */
  private async answer(interaction: RepliableInteraction, put: Put): Promise<void> {
    const { isHidden, replyTo = null, ...rest } = put;
    const spot = { ...spotOf(interaction), replyTo, isHidden };
    // A comparison has its topic for a title; a question would not be seen.
    const isShown = put.kind === "topic";
    const asked: Asked = { ...rest, person: interaction.user.id, spot, isShown };
    const outcome = await this.options.desk.answer(asked, (card) => show(interaction, card, isHidden));
    if (outcome.kind === "limited") await tell(interaction, NOTICE.limited(outcome.retryAfterMs));
  }

  private async complete(interaction: AutocompleteInteraction): Promise<void> {
    const { choices } = this.options;
    const typed = interaction.options.getFocused();
    await interaction.respond(interaction.commandName === "compare" ? choices.topics(typed) : choices.questions(typed));
  }

  private async obey(interaction: ChatInputCommandInteraction): Promise<void> {
    const { options, commandName } = interaction;
    const isHidden = options.getBoolean("hide") ?? false;
    switch (commandName) {
      case "ask": {
        const question = this.options.choices.questionOf(options.getString("question", true));
        if (question === null) return tell(interaction, DISCORD_NOTICE.expired);
        return this.answer(interaction, { entry: "/ask", kind: "question", text: wordsOf(question), isHidden });
      }
      case "compare": {
        const text = this.options.choices.questionOf(options.getString("topic", true));
        if (text === null) return tell(interaction, DISCORD_NOTICE.expired);
        return this.answer(interaction, { entry: "/compare", kind: "topic", text: wordsOf(text), isHidden });
      }
      case "sources":
        await show(interaction, renderSources(this.options.corpus), isHidden);
        return;
      default:
        return tell(interaction, DISCORD_NOTICE.unknown);
    }
  }

  private async answerThis(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const text = wordsOf(interaction.targetMessage.content);
    if (text === "") return tell(interaction, NOTICE.noText);
    await this.answer(interaction, { entry: "answer this", kind: "question", text, isHidden: false });
  }

  private async press(interaction: ButtonInteraction): Promise<void> {
    const pressed = readPress(interaction.customId);
    const { places } = this.options.view;
    const isStale = pressed !== null && "corpus" in pressed && pressed.corpus !== places.hash;
    if (pressed === null || isStale) return tell(interaction, DISCORD_NOTICE.expired);
    switch (pressed.kind) {
      case "ask":
        return this.ask(interaction, pressed.question);
      case "example":
        return this.ask(interaction, places.example(pressed.name));
      case "show": {
        const card = renderPlaces(pressed.names, places);
        if (card === null) return tell(interaction, DISCORD_NOTICE.expired);
        await show(interaction, card, true);
        return;
      }
      case "vote":
        return this.vote(interaction, pressed);
    }
  }

  /** A question of a button: as hidden as the reply it stands below. */
  private async ask(interaction: ButtonInteraction, text: string | null): Promise<void> {
    if (text === null) return tell(interaction, DISCORD_NOTICE.expired);
    const { id: replyTo, flags } = interaction.message;
    const isHidden = flags.has(MessageFlags.Ephemeral);
    await this.answer(interaction, { entry: "button", kind: "question", text, isHidden, replyTo });
  }

  private async vote(interaction: ButtonInteraction, { value, topic }: VotePress): Promise<void> {
    const { view, votes, log } = this.options;
    await tell(interaction, NOTICE.voted(value, view.human));
    const message = `discord:${interaction.channelId}:${interaction.message.id}`;
    const cast = { message, person: interaction.user.id, value, topic };
    await votes.cast(cast);
    logVoted(log, "discord", cast);
  }
}

type VotePress = Extract<Press, { readonly kind: "vote" }>;

/** Where an interaction happened; what Discord did not say of the channel counts as no conversation. */
export function spotOf({
  guildId,
  channelId,
  channel,
}: Interaction): Pick<Spot, "guild" | "channel" | "isConversation"> {
  const isConversation = channel !== null && (channel.isThread() || channel.isDMBased());
  return { guild: guildId, channel: channelId ?? "nowhere", isConversation };
}

/** Responds with a card; returns the id of its message, null where Discord did not tell. */
async function show(
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
