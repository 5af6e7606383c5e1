// Messages to Slack: within ten seconds each, tried three times, its rate limit honoured.

import { setTimeout as sleep } from "node:timers/promises";
import { RespondError, type RespondFn, type webApi } from "@slack/bolt";
import { failureOf } from "./failure.ts";
import type { Message } from "./view.ts";

/** Where a reply goes. */
export interface Place {
  /** Shows the reply: the one visible message of a question. */
  post(message: Message): Promise<void>;
  /** Says something to the person alone. */
  whisper(message: Message): Promise<void>;
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
    // `respond` has no timeout of its own.
    fetch: (url, init) => fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) }),
  }) satisfies webApi.WebClientOptions;

/** A channel or conversation; what is for one person is shown to that one only. */
export const inChannel = (client: webApi.WebClient, channel: string, person: string, thread: string | null): Place => {
  const where = { channel, ...(thread === null ? {} : { thread_ts: thread }) };
  const isDirect = !/^[CG]/.test(channel);
  return {
    post: async (message) => {
      try {
        await client.chat.postMessage({ ...where, ...message });
      } catch (error) {
        // A client of an older plan or age may not know a block: better the same in plain lines than nothing.
        if (failureOf(error).code !== "invalid_blocks") throw error;
        await client.chat.postMessage({ ...where, ...message, blocks: [] });
      }
    },
    whisper: async ({ text, blocks }) => {
      // In a conversation of two there is nobody to hide it from.
      if (isDirect) await client.chat.postMessage({ ...where, text, blocks });
      else await client.chat.postEphemeral({ ...where, user: person, text, blocks });
    },
  };
};

/** The answer to a command, a shortcut or a button, which also works where the bot is no member. */
export const inResponse = (respond: RespondFn, isPrivate: boolean, thread: string | null): Place => {
  const where = { replace_original: false, ...(thread === null ? {} : { thread_ts: thread }) };
  return {
    post: (message) =>
      patiently(() => respond({ ...message, ...where, response_type: isPrivate ? "ephemeral" : "in_channel" })),
    whisper: (message) => patiently(() => respond({ ...message, ...where, response_type: "ephemeral" })),
  };
};

/** Bolt's `respond` tries once; this tries as often as the client does. */
async function patiently(respond: () => Promise<unknown>): Promise<void> {
  for (let tried = 0; ; tried++) {
    try {
      await respond();
      return;
    } catch (error) {
      const isFinal = error instanceof RespondError && error.statusCode < 500 && error.statusCode !== 429;
      if (isFinal || tried >= RETRIES) throw error;
      await sleep(RETRY_MIN_MS * 2 ** tried);
    }
  }
}
