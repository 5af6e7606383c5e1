// Sends messages to Slack: within ten seconds each, tried three times, each posted once.

import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Turn } from "../shared/attend.ts";
import type { Log } from "../shared/log.ts";
import type { Calls } from "./calls.ts";
import { EXPIRED, failureOf, REFUSED_BLOCKS, ResponseRefused } from "./failure.ts";
import { contexts, type Message } from "./layout.ts";
import { BLOCKS_MAX } from "./limits.ts";

/** Where a reply goes. */
export interface Place {
  /** Shows the reply: the one visible message of a question. */
  post(message: Message): Promise<void>;
  /** Says something to the person alone. */
  whisper(message: Message): Promise<void>;
}

/** Where in a channel. */
export interface Spot {
  /**
   * The thread that somebody is in; null at the top of a channel. What is for one person goes there: in a thread without
   * messages it would not be shown. https://docs.slack.dev/reference/methods/chat.postEphemeral
   */
  readonly thread: string | null;
  /** The message in whose thread the reply belongs; null for none. */
  readonly root: string | null;
}

export const CALL_TIMEOUT_MS = 10_000;

/**
 * For every `WebClient`. It tries each call once, since it can't tell what may have arrived, and it would stop all calls
 * where one meets a rate limit: `Calls` does both.
 */
export const clientOptions = (slackApiUrl: string, timeoutMs = CALL_TIMEOUT_MS, send: typeof fetch = fetch) =>
  ({
    slackApiUrl,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // `respond` has no timeout of its own, and keeps what Slack says to itself.
    fetch: async (url, init) => {
      const response = await send(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) });
      return String(url).startsWith(slackApiUrl) ? response : accepted(response);
    },
  }) satisfies webApi.WebClientOptions;

/** Answers a command, a shortcut or a button: Bolt's, or one made of what was kept of it. */
export type Respond = (
  response: Message & {
    readonly thread_ts?: string;
    readonly replace_original: false;
    readonly response_type: "in_channel" | "ephemeral";
  },
) => Promise<unknown>;

/** What everything that is sent goes through. */
export interface Way {
  readonly client: webApi.WebClient;
  readonly calls: Calls;
  readonly log: Log;
}

/** What an answer is the answer to. */
export interface Answering {
  /** By this it is found again where nobody can tell whether it was posted. */
  readonly id: string;
  /** Stamp of what is answered; null where that is no message. */
  readonly asked: string | null;
  readonly turn: Turn;
}

/** A channel or conversation; what is for one person is shown to that one only. */
export function inChannel(
  way: Way,
  {
    channel,
    person,
    thread,
    root,
    answering: { id, asked, turn },
  }: Spot & { readonly channel: string; readonly person: string; readonly answering: Answering },
): Place {
  const { client, calls, log } = way;
  const isDirect = !/^[CG]/.test(channel);
  const { aside } = turn;
  const look = () => findAnswers(way, { channel, root, asked, id });
  const isDone = () => look().then((found) => found !== null && found.length > 0);
  const postIn = (message: object & Pick<Message, "text" | "blocks">, isAnswer: boolean): Promise<unknown> => {
    const metadata = { event_type: ANSWER_MARK, event_payload: { id } };
    const body = { channel, ...inThread(root), ...(isAnswer ? { metadata } : {}), ...message };
    const how = { lane: channel, ...(isAnswer ? { isDone } : {}), ...(aside === undefined ? {} : { aside }) };
    return calls.make(() => client.chat.postMessage(body), how);
  };
  return {
    post: async (message) => {
      const standing = turn.attempt > 1 ? await look() : [];
      if (standing !== null && standing.length > 0) return;
      if (!(await turn.isOurs())) throw new Error("another process has taken this over");
      const owed = standing === null ? again(message) : message;
      await legibly(owed, log, (shown) => postIn(shown, true));
    },
    whisper: async ({ text, blocks }) => {
      // In a conversation of two there is nobody to hide it from.
      if (isDirect) await postIn({ text, blocks }, false);
      else
        await calls.make(() => client.chat.postEphemeral({ channel, user: person, ...inThread(thread), text, blocks }));
    },
  };
}

/**
 * The answer to a command, a shortcut or a button, which also works where the bot is no member.
 * @param otherwise where its person is told that the response came too late
 */
export function inResponse(
  { calls, log }: Way,
  respond: Respond,
  { isPrivate, thread, root }: Spot & { readonly isPrivate: boolean },
  otherwise: Place,
): Place {
  let isOver = false;
  const send = async (message: Message, isSeenByAll: boolean): Promise<void> => {
    try {
      await legibly(message, log, (shown) =>
        calls.make(() =>
          respond({
            ...shown,
            ...inThread(isSeenByAll ? root : thread),
            replace_original: false,
            response_type: isSeenByAll ? "in_channel" : "ephemeral",
          }),
        ),
      );
    } catch (error) {
      isOver = EXPIRED.has(failureOf(error).code);
      throw error;
    }
  };
  return {
    post: (message) => send(message, !isPrivate),
    whisper: (message) => (isOver ? otherwise.whisper(message) : send(message, false)),
  };
}

const ANSWER_MARK = "footnote_answer";
const LOOKED_AT_MAX = 200;

/**
 * The answers to a message that stand in its thread, by their stamps. Null where the bot may not look.
 * https://docs.slack.dev/reference/methods/conversations.replies
 */
export async function findAnswers(
  { client, calls }: Pick<Way, "client" | "calls">,
  {
    channel,
    root,
    asked,
    id,
  }: Pick<Answering, "id" | "asked"> & { readonly channel: string; readonly root: string | null },
): Promise<string[] | null> {
  if (root === null) return null;
  // An answer is younger than what it answers.
  const looked = { channel, ts: root, ...(asked === null ? {} : { oldest: asked }), limit: LOOKED_AT_MAX };
  try {
    const told = await calls.make(() => client.conversations.replies({ ...looked, include_all_metadata: true }));
    return answered
      .parse(told)
      .messages.flatMap(({ ts, metadata }) =>
        metadata?.event_type === ANSWER_MARK && metadata.event_payload.id === id ? [ts] : [],
      );
  } catch (error) {
    if (failureOf(error).isRefusal) return null;
    throw error;
  }
}

/** An answer that may stand there already says so: one too many costs a glance, none costs whoever waits for it. */
const again = (message: Message): Message =>
  message.blocks.length < BLOCKS_MAX ? { ...message, blocks: [...message.blocks, ...contexts([AGAIN])] } : message;

const AGAIN =
  "You may have this answer twice: I was interrupted while I posted it, and I am not allowed to look whether it arrived.";

/** The event that a message is the answer to; null for any other message. */
export function answeredKey(message: unknown): string | null {
  const read = marked.safeParse(message);
  return read.success ? read.data.metadata.event_payload.id : null;
}

const marked = z.object({
  metadata: z.object({ event_type: z.literal(ANSWER_MARK), event_payload: z.object({ id: z.string() }) }),
});

const answered = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.object({ id: z.string().optional() }) })
          .optional()
          .catch(undefined),
      }),
    )
    .default([]),
});

const inThread = (thread: string | null) => (thread === null ? {} : { thread_ts: thread });

/** A client of an older plan or age may not know a block: better the same in plain lines than nothing. */
async function legibly(message: Message, log: Log, send: (message: Message) => Promise<unknown>): Promise<void> {
  try {
    await send(message);
  } catch (error) {
    const { code, remedy } = failureOf(error);
    if (!REFUSED_BLOCKS.has(code)) throw error;
    const kinds = [...new Set(message.blocks.map(({ type }) => type))];
    log.error({ platform: "slack", code, remedy, blocks: kinds }, "blocks refused, sent as plain text");
    await send({ ...message, blocks: [] });
  }
}

/** @throws ResponseRefused where Slack did not take what was sent to a response address, which it says in the body */
async function accepted(response: Response): Promise<Response> {
  const body = await response.text();
  const code = /"ok"\s*:\s*false.*"error"\s*:\s*"(\w{1,80})"/s.exec(body)?.[1];
  if (response.ok && code === undefined) return response;
  const word = /^\w{1,80}$/.exec(body.trim())?.[0];
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  throw new ResponseRefused(
    code ?? word ?? `http_${response.status}`,
    response.status,
    Number.isFinite(seconds) ? seconds * 1000 : null,
  );
}
