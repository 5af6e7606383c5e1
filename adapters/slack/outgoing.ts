// Sends messages to Slack: within ten seconds each, tried three times, its rate limit honoured.

import { setTimeout as sleep } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Turn } from "../shared/attend.ts";
import { failureOf, ResponseRefused } from "./failure.ts";
import type { Message } from "./layout.ts";

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
const RETRIES = 2;
const RETRY_MIN_MS = 250;

/** For every `WebClient`: its own default keeps trying for half an hour and waits for ever. */
export const clientOptions = (slackApiUrl: string, timeoutMs = CALL_TIMEOUT_MS) =>
  ({
    slackApiUrl,
    timeout: timeoutMs,
    retryConfig: { retries: RETRIES, factor: 2, minTimeout: RETRY_MIN_MS, maxTimeout: 2000, randomize: false },
    rejectRateLimitedCalls: false,
    allowAbsoluteUrls: false,
    // `respond` has no timeout of its own, and keeps what Slack says to itself.
    fetch: async (url, init) => {
      const response = await fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) });
      return String(url).startsWith(slackApiUrl) ? response : accepted(response);
    },
  }) satisfies webApi.WebClientOptions;

/** Answers a command, a shortcut or a button: Bolt's, or one made of what was kept of it. */
export type Respond = (
  response: Message & {
    readonly thread_ts?: string;
    readonly replace_original: boolean;
    readonly response_type: "in_channel" | "ephemeral";
  },
) => Promise<unknown>;

/** A channel or conversation; what is for one person is shown to that one only. */
export function inChannel(
  client: webApi.WebClient,
  {
    channel,
    person,
    thread,
    root,
    turn,
  }: Spot & { readonly channel: string; readonly person: string; readonly turn: Turn },
): Place {
  const isDirect = !/^[CG]/.test(channel);
  // By this an answer is found again where its process ended before it could say that it was posted.
  const marked = turn.key === null ? {} : { metadata: { event_type: ANSWER_MARK, event_payload: { id: turn.key } } };
  const postIn = (message: Pick<Message, "text" | "blocks">): Promise<unknown> =>
    client.chat.postMessage({ channel, ...inThread(root), ...message });
  return {
    post: async (message) => {
      if (turn.key !== null && turn.attempt > 1 && (await isPosted(client, channel, root, turn.key))) return;
      if (!(await turn.isOurs())) throw new Error("another process has taken this over");
      await legibly(message, (shown) => postIn({ ...shown, ...marked }));
    },
    whisper: async ({ text, blocks }) => {
      // In a conversation of two there is nobody to hide it from.
      if (isDirect) await postIn({ text, blocks });
      else await client.chat.postEphemeral({ channel, user: person, ...inThread(thread), text, blocks });
    },
  };
}

/** The answer to a command, a shortcut or a button, which also works where the bot is no member. */
export function inResponse(
  respond: Respond,
  { isPrivate, thread, root }: Spot & { readonly isPrivate: boolean },
): Place {
  const send = (message: Message, isSeenByAll: boolean): Promise<void> =>
    legibly(message, (shown) =>
      patiently(() =>
        respond({
          ...shown,
          ...inThread(isSeenByAll ? root : thread),
          replace_original: false,
          response_type: isSeenByAll ? "in_channel" : "ephemeral",
        }),
      ),
    );
  return { post: (message) => send(message, !isPrivate), whisper: (message) => send(message, false) };
}

const ANSWER_MARK = "footnote_answer";
const LOOKED_AT_MAX = 200;

/**
 * Whether an event's answer stands in its thread. Without the scope to read it nobody can tell, and it is posted again.
 * https://docs.slack.dev/reference/methods/conversations.replies
 */
async function isPosted(client: webApi.WebClient, channel: string, root: string | null, key: string): Promise<boolean> {
  if (root === null) return false;
  try {
    const looked = { channel, ts: root, limit: LOOKED_AT_MAX, include_all_metadata: true };
    const { messages } = answered.parse(await client.conversations.replies(looked));
    return messages.some(({ metadata }) => metadata?.event_type === ANSWER_MARK && metadata.event_payload.id === key);
  } catch (error) {
    if (failureOf(error).isRefusal) return false;
    throw error;
  }
}

const answered = z.object({
  messages: z
    .array(
      z.object({
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
async function legibly(message: Message, send: (message: Message) => Promise<unknown>): Promise<void> {
  try {
    await send(message);
  } catch (error) {
    if (failureOf(error).code !== "invalid_blocks") throw error;
    await send({ ...message, blocks: [] });
  }
}

/** Bolt's `respond` tries once; this tries as often as the client does. */
async function patiently(respond: () => Promise<unknown>): Promise<void> {
  for (let tried = 0; ; tried++) {
    try {
      await respond();
      return;
    } catch (error) {
      if (failureOf(error).isRefusal || tried >= RETRIES) throw error;
      const toldMs = error instanceof ResponseRefused ? error.retryAfterMs : null;
      await sleep(toldMs ?? RETRY_MIN_MS * 2 ** tried);
    }
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
