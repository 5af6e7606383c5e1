// Explains a failed call to Slack: what went wrong, what to do about it, and whether anything was posted.

import { webApi } from "@slack/bolt";
import { z } from "zod";

export interface Failure {
  /** Slack's error code, else a word for what happened. */
  readonly code: string;
  /** For the operator. */
  readonly remedy: string;
  /** Slack said no, and would again: certainly nothing was posted. */
  readonly isRefusal: boolean;
}

/** The turn of a call in its channel would come too late. */
export class RateLimited extends Error {
  constructor(readonly waitMs: number) {
    super("Slack's rate limit leaves no time");
    this.name = "RateLimited";
  }
}

/** Slack did not take what was sent to a response address. */
export class ResponseRefused extends Error {
  constructor(
    /** Slack's, else "http_" and the status. */
    readonly code: string,
    readonly status: number,
    /** How long Slack asks to wait; null where it doesn't say. */
    readonly retryAfterMs: number | null,
  ) {
    super(`Slack refused a response: ${code}`);
  }
}

/** Codes of a token that no waiting mends. Source: https://docs.slack.dev/reference/methods/auth.test#errors */
export const REFUSED_TOKEN = new Set([
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "not_authed",
  "not_allowed_token_type",
  "no_permission",
]);

/** What is over where an interaction was answered too late or too often. */
export const EXPIRED: ReadonlySet<string> = new Set([
  "expired_url",
  "used_url",
  "expired_trigger_id",
  "trigger_expired",
  "exchanged_trigger_id",
]);

/** How Slack refuses blocks, which the same in plain lines may pass. */
export const REFUSED_BLOCKS: ReadonlySet<string> = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
]);

/** Codes of troubles on Slack's side, which pass: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const PASSING = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
  "ratelimited",
  "rate_limited",
]);

const REMEDIES: Readonly<Record<string, string>> = {
  not_in_channel: "invite the bot to the channel: /invite @Footnote",
  channel_not_found: "invite the bot to the channel, or name one that exists",
  is_archived: "unarchive the channel, or ask in another one",
  restricted_action: "let the bot post: the channel's posting permissions forbid it",
  invalid_auth: "set SLACK_BOT_TOKEN anew from OAuth & Permissions",
  account_inactive: "install the app again: the bot's user is deactivated",
  token_revoked: "install the app again and set SLACK_BOT_TOKEN anew",
  expired_trigger_id: "ask again: Slack opens a window within three seconds only",
  expired_url: "ask again: Slack takes responses for 30 minutes only",
  used_url: "ask again: Slack takes five responses only",
  invalid_blocks: "report this: a message broke Slack's rules",
  invalid_blocks_format: "report this: a message broke Slack's rules",
  msg_too_long: "report this: a message was longer than Slack allows",
  msg_blocks_too_long: "report this: a message was longer than Slack allows",
};

export function failureOf(error: unknown): Failure {
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    return PASSING.has(code)
      ? { code, remedy: WAIT, isRefusal: false }
      : { code, remedy: remedyOf(code, error.data), isRefusal: true };
  }
  if (error instanceof webApi.WebAPIRateLimitedError || error instanceof RateLimited)
    return { code: "ratelimited", remedy: "ask less in one channel at once", isRefusal: true };
  if (error instanceof webApi.WebAPIHTTPError)
    return { code: `http_${error.statusCode}`, remedy: WAIT, isRefusal: false };
  if (error instanceof ResponseRefused) {
    const isRefusal = REFUSED_BLOCKS.has(error.code) || (error.status < 500 && error.status !== 429);
    return { code: error.code, remedy: isRefusal ? remedyOf(error.code, null) : WAIT, isRefusal };
  }
  if (error instanceof webApi.WebAPIRequestError) return { code: "unreachable", remedy: WAIT, isRefusal: false };
  if (error instanceof Error && error.name === "TimeoutError")
    return { code: "timeout", remedy: WAIT, isRefusal: false };
  return { code: "unexpected", remedy: "report this with the log's lines around it", isRefusal: false };
}

/** How long Slack asks to wait before the same is tried again; null where it said something else. */
export function retryAfterMsOf(error: unknown): number | null {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter * 1000;
  return error instanceof ResponseRefused && error.status === 429 ? error.retryAfterMs : null;
}

/** What the log says of an error. */
export function explain(error: unknown): Readonly<Record<string, unknown>> {
  const { code, remedy } = failureOf(error);
  return { code, remedy, ...(code === "unexpected" ? { err: error } : {}) };
}

const WAIT = "look at https://slack-status.com and at the way from here to slack.com; it was tried three times";

function remedyOf(code: string, data: unknown): string {
  if (code !== "missing_scope") return REMEDIES[code] ?? `see https://docs.slack.dev for ${code}`;
  const { needed } = z
    .object({ needed: z.string().default("that Slack names") })
    .catch({ needed: "that Slack names" })
    .parse(data);
  return `add the scope ${needed} under OAuth & Permissions and install the app again`;
}
