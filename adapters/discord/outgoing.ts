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
import type { Placed } from "./answered.ts";
import type { Addressed, Said } from "./inbound.ts";
import { ALLOWED_MENTIONS, type Card } from "./layout.ts";
import { DISCORD_NOTICE } from "./notices.ts";

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

  /**
   * Answers the message.
   * @param thread name of the thread that is opened below the message for that; null for a reply in its channel
   */
  async answer(card: Card, thread: string | null): Promise<Placed> {
    const { id, channel } = this.said;
    const opened = thread === null ? null : await this.open(thread);
    const there = this.turn.attempt > 1 ? await this.find(opened ?? channel) : null;
    if (there !== null) return there;
    if (!(await this.turn.isOurs())) throw new Error("another process has taken this over");
    return { channel: opened ?? channel, message: await this.post(card, id, opened) };
  }

  /** Opens the message's thread, which has its id; null where the bot may not. */
  private async open(name: string): Promise<string | null> {
    const { id, channel } = this.said;
    try {
      await this.rest.post(Routes.threads(channel, id), { body: { name, auto_archive_duration: ARCHIVED_MINUTES } });
      return id;
    } catch (error) {
      if (isCode(error, RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage)) return id;
      if (isForbidden(error)) return null;
      throw error;
    }
  }

  /** A plain line. */
  async notify(content: string): Promise<void> {
    await this.post({ content, flags: MessageFlags.SuppressEmbeds }, `n${this.said.id}`);
  }

  private post(shown: Shown, nonce: string, thread: string | null = null): Promise<string> {
    const { id, channel } = this.said;
    const where = thread === null ? { id, channel } : { id: null, channel: thread };
    return postBelow(this.rest, where, { ...shown, allowed_mentions: MENTIONS, nonce });
  }

  /** Writes to a person alone. */
  write(person: string, content: string): Promise<void> {
    return writeTo(this.rest, person, content);
  }

  /** Shows an answer differently. */
  async change({ channel, message }: Placed, { components }: Card): Promise<void> {
    const body = { components, flags: MessageFlags.IsComponentsV2, allowed_mentions: MENTIONS };
    await this.rest.patch(Routes.channelMessage(channel, message), { body });
  }

  /** Takes an answer away; somebody may have done so before. */
  async remove({ channel, message }: Placed): Promise<void> {
    try {
      await this.rest.delete(Routes.channelMessage(channel, message));
    } catch (error) {
      if (!isCode(error, RESTJSONErrorCodes.UnknownMessage)) throw error;
    }
  }

  /** The answer, where it was posted before; where the bot may not look, the nonce is all there is. */
  async find(channel: string): Promise<Placed | null> {
    const { id } = this.said;
    const query = new URLSearchParams({ after: id, limit: String(LOOKED_AT_MAX) });
    try {
      const messages = found.parse(await this.rest.get(Routes.channelMessages(channel), { query }));
      const isAnswer = ({ author, message_reference: to, flags }: (typeof messages)[number]): boolean =>
        author.id === this.self &&
        // All of a thread that was opened for it is below the message.
        (to?.message_id === id || channel === id) &&
        (flags & MessageFlags.IsComponentsV2) !== 0;
      const answer = messages.find(isAnswer);
      return answer === undefined ? null : { channel, message: answer.id };
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
 * @param where `id` is of the message that is replied to, null for none
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

/** How an interaction is acknowledged before it is answered. */
export interface Deferral {
  /** Whether only who asked sees that, and so the answer. */
  readonly isHidden: boolean;
  /** Resolves when Discord has it, rejects where it takes none; null where another process saw to it. */
  readonly sent: Promise<void> | null;
}

/** Acknowledges an interaction: its asker sees that an answer is on its way, and Discord waits for it. */
export async function defer(rest: REST, { id, token }: Addressed, isHidden: boolean): Promise<void> {
  const data = isHidden ? { flags: MessageFlags.Ephemeral } : {};
  const body = { type: InteractionResponseType.DeferredChannelMessageWithSource, data };
  try {
    await rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  } catch (error) {
    if (!isCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) throw error;
  }
}

/** What an interaction is responded with. */
export class Response {
  private isSent = false;

  constructor(
    private readonly lines: { readonly responses: REST; readonly rest: REST },
    private readonly to: Addressed,
    private readonly turn: Turn,
    private readonly deferral: Deferral | null = null,
  ) {}

  /** Responds with a card; returns the id of its message, null where Discord does not tell. */
  async show({ flags, components }: Card, isHidden: boolean, forPerson: string | null = null): Promise<string | null> {
    return this.respond({ components, flags: isHidden ? flags | MessageFlags.Ephemeral : flags }, { forPerson });
  }

  /** Tells the asker that there will be no answer; where Discord takes no response any more, by a direct message. */
  async apologise(notice: string, error: unknown): Promise<void> {
    if (!isExpired(error)) return this.tell(notice);
    await writeTo(this.lines.rest, this.to.person, DISCORD_NOTICE.late);
  }

  /** Puts a card in the place of the message that holds what was pressed. */
  async replace({ flags, components }: Card): Promise<void> {
    await this.respond({ components, flags }, { type: InteractionResponseType.UpdateMessage });
  }

  /** A line that only the asker sees. */
  async tell(content: string): Promise<void> {
    const notice = { content, flags: MessageFlags.Ephemeral };
    const { application, token } = this.to;
    if (this.deferral?.isHidden === false && !this.isSent) {
      await this.deferral.sent;
      // What takes its place would be seen by all.
      await this.lines.responses.delete(Routes.webhookMessage(application, token, "@original"), { auth: false });
      this.isSent = true;
    }
    if (!this.isSent) await this.respond(notice);
    else {
      const body = { ...notice, allowed_mentions: MENTIONS };
      await this.lines.responses.post(Routes.webhook(application, token), { body, auth: false });
    }
  }

  private async respond(data: Responded, { forPerson = null, type = ANEW }: Manner = {}): Promise<string | null> {
    const { id, token } = this.to;
    await this.deferral?.sent;
    const standing = this.deferral !== null && this.turn.attempt === 1 ? "waiting" : await this.standing();
    if (standing === "answered") return null;
    if (!(await this.turn.isOurs())) throw new Error("another process has taken this over");
    if (standing === "waiting") return this.fill(data);
    const body = {
      type,
      data: { ...data, allowed_mentions: forPerson === null ? MENTIONS : { ...MENTIONS, users: [forPerson] } },
    };
    try {
      const query = new URLSearchParams({ with_response: "true" });
      const told = await this.lines.responses.post(Routes.interactionCallback(id, token), { body, query, auth: false });
      this.isSent = true;
      return responded.parse(told).resource?.message?.id ?? null;
    } catch (error) {
      // A response that Discord took but answered with a 5xx is sent again by the library, and refused as a second one;
      // a process beside this one may have acknowledged it.
      if (!isCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) throw error;
      if ((await this.lookUp()) === "waiting") return this.fill(data);
      this.isSent = true;
      return null;
    }
  }

  /** Puts the answer in the place of the acknowledgement. */
  private async fill({ flags, ...data }: Responded): Promise<string> {
    const { application, token } = this.to;
    // Who sees it was said when it was acknowledged.
    const body = { ...data, flags: flags & ~MessageFlags.Ephemeral, allowed_mentions: MENTIONS };
    const told = await this.lines.responses.patch(Routes.webhookMessage(application, token, "@original"), {
      body,
      auth: false,
    });
    this.isSent = true;
    return sent.parse(told).id;
  }

  /** What an earlier attempt has left. */
  private async standing(): Promise<Standing> {
    return this.turn.attempt > 1 ? this.lookUp() : "nothing";
  }

  private async lookUp(): Promise<Standing> {
    const { application, token } = this.to;
    try {
      const there = await this.lines.responses.get(Routes.webhookMessage(application, token, "@original"), {
        auth: false,
      });
      const { flags } = original.parse(there);
      return (flags & MessageFlags.Loading) === 0 ? "answered" : "waiting";
    } catch (error) {
      if (error instanceof DiscordAPIError) return "nothing";
      throw error;
    }
  }
}

/** What Discord shows in response: nothing yet, that an answer is on its way, or one. */
type Standing = "nothing" | "waiting" | "answered";

interface Responded {
  readonly content?: string;
  readonly components?: readonly APIMessageTopLevelComponent[];
  readonly flags: number;
}

interface Manner {
  /** Who alone is notified; null for nobody. */
  readonly forPerson?: string | null;
  readonly type?: typeof ANEW | InteractionResponseType.UpdateMessage;
}

/** In a message of its own. */
const ANEW = InteractionResponseType.ChannelMessageWithSource;

const original = z.object({ flags: z.number().default(0) });

async function writeTo(rest: REST, person: string, content: string): Promise<void> {
  const body = { content, flags: MessageFlags.SuppressEmbeds, allowed_mentions: MENTIONS };
  await rest.post(Routes.channelMessages(await conversationWith(person, rest)), { body });
}

/** A day after the last word. */
const ARCHIVED_MINUTES = 24 * 60;

/** The most that Discord tells at once. */
const LOOKED_AT_MAX = 100;

const MENTIONS = { parse: ALLOWED_MENTIONS.parse, replied_user: ALLOWED_MENTIONS.repliedUser };

const isCode = (error: unknown, code: RESTJSONErrorCodes): boolean =>
  error instanceof DiscordAPIError && error.code === code;

/** Whether Discord does not let the bot write there, or not any more. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof DiscordAPIError && (error.status === 403 || error.code === RESTJSONErrorCodes.UnknownChannel);

/** Whether Discord takes no response to an interaction any more. */
export const isExpired = (error: unknown): boolean =>
  isCode(error, RESTJSONErrorCodes.UnknownInteraction) || isCode(error, RESTJSONErrorCodes.InvalidWebhookToken);

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
