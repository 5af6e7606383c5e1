// Answers a Discord interaction (command, completion, context menu or button) with its one response.

import type { AutocompleteInteraction } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import { claimsOf, type Turn } from "../shared/attend.ts";
import type { Choosing } from "../shared/channel-controls.ts";
import type { Channels } from "../shared/channels.ts";
import { type Desk, wordsOf } from "../shared/desk.ts";
import type { Privacy } from "../shared/privacy.ts";
import { StoreError } from "../shared/state/store.ts";
import { NOTICE } from "../shared/wording.ts";
import { readPress } from "./buttons.ts";
import { changeSetting, type Somewhere, settingsAt, showSettings } from "./channel-settings.ts";
import type { Choices } from "./choices.ts";
import { keysOf, workspaceOf } from "./conversation.ts";
import type { Reader } from "./earlier.ts";
import type { Addressed, Wanted } from "./inbound.ts";
import { changeCard, muted } from "./layout.ts";
import { DISCORD_NOTICE } from "./notices.ts";
import type { Response } from "./outgoing.ts";
import { renderPlaces, renderSources, renderSourcesOf } from "./pages.ts";
import { renderReply } from "./render.ts";
import type { Answers } from "./standing.ts";
import { type View, viewAs } from "./view.ts";

/** What is shown of a corpus. */
export interface Shelf {
  readonly corpus: Corpus;
  readonly view: View;
  readonly choices: Choices;
}

export interface InteractionOptions {
  readonly desk: Desk;
  readonly privacy: Privacy;
  readonly readBack: Reader;
  readonly engine: () => Engine;
  readonly shelfOf: (engine: Engine) => Shelf;
  readonly channels: Channels;
  readonly choosing: () => Choosing;
  readonly answers: Answers;
}

/** An interaction, and where it is responded to. */
export interface Call {
  readonly addressed: Addressed;
  readonly response: Response;
  readonly turn: Turn;
}

/** Answers interactions of any kind. */
export class Responder {
  constructor(private readonly options: InteractionOptions) {}

  async respond(wanted: Wanted, call: Call): Promise<void> {
    if (wanted.kind === "wish") return this.answer(wanted, call);
    const { addressed, turn } = call;
    if (await this.options.desk.isFirst(claimsOf(turn, [nameOf(addressed)]))) await this.show(wanted, call);
  }

  async complete(interaction: AutocompleteInteraction): Promise<void> {
    const { guildId: guild, channelId: channel, channel: at } = interaction;
    const { choices } = await this.shelfAt({ guild, channel, home: at?.isThread() ? at.parentId : null });
    const typed = interaction.options.getFocused();
    await interaction.respond(interaction.commandName === "compare" ? choices.topics(typed) : choices.questions(typed));
  }

  /** What is shown in a channel: nothing that is kept for others. */
  async shelfAt(where: Somewhere): Promise<Shelf> {
    const { engine, shelfOf, channels } = this.options;
    const own = await settingsAt(channels, where);
    const shelf = shelfOf(await engine().viewFor(own.audience));
    return { ...shelf, view: viewAs(shelf.view, own) };
  }

  /** Nothing slower than a second comes before the response: after three Discord takes none. */
  private async answer(wanted: Extract<Wanted, { kind: "wish" }>, { addressed, response, turn }: Call): Promise<void> {
    const { desk, shelfOf, readBack } = this.options;
    const { entry, wish, replyTo, isHidden, forPerson } = wanted;
    const { id, guild, channel, isConversation, person } = addressed;
    // A comparison has its topic for a title; a question would not be seen.
    const question = wish.kind === "compare" ? null : wordsOf(wish);
    const own = await settingsAt(this.options.channels, addressed);
    await desk.answer({
      entry,
      audience: own.audience,
      workspace: workspaceOf(guild),
      event: turn.key ?? nameOf(addressed),
      claims: claimsOf(turn, [nameOf(addressed)]),
      isAgain: turn.attempt > 1,
      person,
      wish,
      isQuiet: false,
      keys: keysOf({ guild, channel, isConversation, replyTo, isHidden }),
      readBack: readBack({ guild, channel, isConversation, replyTo, isHidden, id }),
      outlet: {
        post: ({ reply, engine }) => {
          const view = { ...viewAs(shelfOf(engine).view, own), question, isHidden, forPerson };
          return response.show(renderReply(reply, view), isHidden, forPerson);
        },
        holdOff: (retryAfterMs) => response.tell(NOTICE.limited(retryAfterMs)),
      },
    });
  }

  private async show(wanted: Exclude<Wanted, { kind: "wish" }>, call: Call): Promise<void> {
    const { response, addressed } = call;
    const { corpus, view } = await this.shelfAt(addressed);
    switch (wanted.kind) {
      case "sources":
        await response.show(renderSources(corpus), wanted.isHidden);
        return;
      case "places":
      case "quotes": {
        const card = wanted.kind === "places" ? renderPlaces(wanted.names, view) : renderSourcesOf(wanted.names, view);
        if (card === null) return response.tell(DISCORD_NOTICE.expired);
        await response.show(card, true);
        return;
      }
      case "vote":
        return this.vote(wanted, call, view.human);
      case "settings": {
        const { channels, choosing } = this.options;
        const shown = await showSettings(channels, choosing(), addressed);
        if (typeof shown === "string") return response.tell(shown);
        await response.show(shown, true);
        return;
      }
      case "setting": {
        const { channels, choosing } = this.options;
        const shown = await changeSetting(channels, choosing(), addressed, wanted);
        return typeof shown === "string" ? response.tell(shown) : response.replace(shown);
      }
      case "privacy": {
        const { person } = call.addressed;
        const { privacy } = this.options;
        return response.tell(await (wanted.deletes ? privacy.forget(person) : privacy.tell(person)));
      }
      case "delete":
      case "solved":
        return response.tell(await this.options.answers.treat(wanted, call.addressed));
      case "share": {
        const by = muted(`Shown by <@${call.addressed.person}>`);
        const card = changeCard(wanted.shown, by, (id) => readPress(id)?.kind !== "share");
        if (card === null) return response.tell(DISCORD_NOTICE.expired);
        await response.show(card, false);
        return;
      }
      case "no text":
        return response.tell(NOTICE.noText);
      case "expired":
        return response.tell(DISCORD_NOTICE.expired);
      case "strange":
        return response.tell(DISCORD_NOTICE.unknown);
    }
  }

  private async vote(wanted: Extract<Wanted, { kind: "vote" }>, { addressed, response }: Call, human: View["human"]) {
    const { desk } = this.options;
    const { value, topic } = wanted;
    const { guild, channel, person } = addressed;
    try {
      await desk.vote({ message: `${workspaceOf(guild)}${channel}:${wanted.message}`, person, value, topic });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return response.tell(NOTICE.voteNotKept);
    }
    return response.tell(NOTICE.voted(value, human));
  }
}

/** After a lost connection Discord may send again what it has sent. */
const nameOf = ({ id }: Addressed): string => `discord:interaction:${id}`;
