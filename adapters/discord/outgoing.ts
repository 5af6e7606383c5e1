// Messages and responses to Discord, each at most once: looked for before they are sent a second time.

import {
  type APIMessageTopLevelComponent,
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import { z } from "zod";
import type { Turn } from "../shared/attend.ts";
import type { Addressed, Said } from "./inbound.ts";
import { ALLOWED_MENTIONS, type Card } from "./layout.ts";

/** What a message shows: a card, or a plain line. */
type Shown = Card | { readonly content: string; readonly flags: MessageFlags };

/** What stands below a message. */
export class Below {
  constructor(
    private readonly rest: REST,
    private readonly said: Pick<Said, "id" | "channel">,
    private readonly turn: Turn,
    /** Id of the bot's user. */
    private readonly self: string,
  ) {}

  /** Answers the message; returns the id of the answer. */
  async answer(card: Card): Promise<string> {
    const { id } = this.said;
    const there = this.turn.attempt > 1 ? await this.find() : null;
    if (there !== null) return there;
    if (!(await this.turn.isOurs())) throw new Error("another process has taken this over");
    return this.post(card, id);
  }

  /** A plain line. */
  async notify(content: string): Promise<void> {
    await this.post({ content, flags: MessageFlags.SuppressEmbeds }, `n${this.said.id}`);
  }

  private post(shown: Shown, nonce: string): Promise<string> {
    return postBelow(this.rest, this.said, { ...shown, allowed_mentions: MENTIONS, nonce });
  }

  /** The answer, where an earlier attempt has posted it; where the bot may not look, the nonce is all there is. */
  private async find(): Promise<string | null> {
    const { id, channel } = this.said;
    const query = new URLSearchParams({ after: id, limit: String(LOOKED_AT_MAX) });
    try {
      const messages = found.parse(await this.rest.get(Routes.channelMessages(channel), { query }));
      const isAnswer = ({ author, message_reference: to, flags }: (typeof messages)[number]): boolean =>
        author.id === this.self && to?.message_id === id && (flags & MessageFlags.IsComponentsV2) !== 0;
      return messages.find(isAnswer)?.id ?? null;
    } catch (error) {
      if (error instanceof DiscordAPIError) return null;
      throw error;
    }
  }
}

/** The conversation with one person alone, which is opened where there is none. */
export async function conversationWith(person: string, rest: REST): Promise<string> {
  return sent.parse(await rest.post(Routes.userChannels(), { body: { recipient_id: person } })).id;
}

/**
 * Shows one person a card that mentions them, and notifies them.
 * @param where below a message, or in a conversation
 * @param name tells it from whatever else is told
 */
export async function tellPerson(
  rest: REST,
  where: { readonly id: string | null; readonly channel: string },
  card: Card,
  person: string,
  name: string,
): Promise<void> {
  const allowed_mentions = { parse: [], users: [person], replied_user: false };
  await postBelow(rest, where, { ...card, allowed_mentions, nonce: name });
}

/** Posts plain lines that notify nobody. @param name tells them from whatever else is posted */
export async function postLines(rest: REST, channel: string, content: string, name: string): Promise<void> {
  const flags = MessageFlags.SuppressEmbeds;
  await postBelow(rest, { id: null, channel }, { content, flags, allowed_mentions: MENTIONS, nonce: name });
}

/**
 * As a reply; where the bot may not read what stands in the channel, it may not reply to it, but post. Discord takes one
 * message of each nonce within a few minutes.
 */
async function postBelow(
  rest: REST,
  { id, channel }: { readonly id: string | null; readonly channel: string },
  message: object,
): Promise<string> {
  const body = { ...message, enforce_nonce: true };
  const send = async (whole: object): Promise<string> =>
    sent.parse(await rest.post(Routes.channelMessages(channel), { body: whole })).id;
  if (id === null) return send(body);
  try {
    return await send({ ...body, message_reference: { message_id: id, fail_if_not_exists: false } });
  } catch (error) {
    if (!isCode(error, RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory)) throw error;
    return send(body);
  }
}

/** What an interaction is responded with. */
export class Response {
  private isSent = false;

  constructor(
    private readonly rest: REST,
    private readonly to: Addressed,
    private readonly turn: Turn,
  ) {}

  /** Responds with a card; returns the id of its message, null where Discord does not tell. */
  async show({ flags, components }: Card, isHidden: boolean): Promise<string | null> {
    return this.respond({ components, flags: isHidden ? flags | MessageFlags.Ephemeral : flags });
  }

  /** A line that only the asker sees. */
  async tell(content: string): Promise<void> {
    const notice = { content, flags: MessageFlags.Ephemeral };
    if (!this.isSent) await this.respond(notice);
    else {
      const { application, token } = this.to;
      const body = { ...notice, allowed_mentions: MENTIONS };
      await this.rest.post(Routes.webhook(application, token), { body, auth: false });
    }
  }

  private async respond(data: {
    readonly content?: string;
    readonly components?: readonly APIMessageTopLevelComponent[];
    readonly flags: number;
  }): Promise<string | null> {
    const { id, token } = this.to;
    if (this.turn.attempt > 1 && (await this.isThere())) return null;
    if (!(await this.turn.isOurs())) throw new Error("another process has taken this over");
    const body = {
      type: InteractionResponseType.ChannelMessageWithSource,
      data: { ...data, allowed_mentions: MENTIONS },
    };
    try {
      const query = new URLSearchParams({ with_response: "true" });
      const told = await this.rest.post(Routes.interactionCallback(id, token), { body, query, auth: false });
      this.isSent = true;
      return responded.parse(told).resource?.message?.id ?? null;
    } catch (error) {
      // A response that Discord took but answered with a 5xx is sent again by the library, and refused as a second one.
      if (!isCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) throw error;
      this.isSent = true;
      return null;
    }
  }

  /** Whether an earlier attempt has responded. */
  private async isThere(): Promise<boolean> {
    const { application, token } = this.to;
    try {
      await this.rest.get(Routes.webhookMessage(application, token, "@original"), { auth: false });
      return true;
    } catch (error) {
      if (error instanceof DiscordAPIError) return false;
      throw error;
    }
  }
}

/** The most that Discord tells at once. */
const LOOKED_AT_MAX = 100;

const MENTIONS = { parse: ALLOWED_MENTIONS.parse, replied_user: ALLOWED_MENTIONS.repliedUser };

const isCode = (error: unknown, code: RESTJSONErrorCodes): boolean =>
  error instanceof DiscordAPIError && error.code === code;

const sent = z.object({ id: z.string() });

const found = z.array(
  z.object({
    id: z.string(),
    author: z.object({ id: z.string() }),
    flags: z.number().default(0),
    message_reference: z.object({ message_id: z.string().optional() }).nullish(),
  }),
);

const responded = z.object({
  resource: z.object({ message: z.object({ id: z.string() }).nullish() }).nullish(),
});
