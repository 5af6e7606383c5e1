// Logs what happened, one structured line on stderr: never a token, and a question's text only where the operator opts
// in.

import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from "pino";
import type { Reply } from "../../src/reply.ts";
import type { OpenEvent } from "../../src/store/open-options.ts";
import type { Vote } from "./memory.ts";
import { tellOpening } from "./opening-lines.ts";
import type { CommonSettings } from "./settings.ts";

export type Log = Logger;

/** What a line of the log calls where it comes from, e.g. "slack". */
export type Platform = string;

/** What a platform's desk logs. */
export interface Journal {
  answered(answered: Answered): void;
  /** A question was not answered because its person has asked too many. */
  limited(limited: Limited): void;
  /** Who voted is left out. */
  voted(vote: Vote): void;
}

/** How a question came in. */
interface Entered {
  /** The way, e.g. "mention". */
  readonly entry: string;
  /** The delivery's name, the same in every line about it. */
  readonly event?: string | undefined;
}

export interface Limited extends Entered {
  readonly retryAfterMs: number;
}

/** A question that was answered. */
export interface Answered extends Entered {
  /** Not logged. */
  readonly person: string;
  /** Not logged. */
  readonly workspace?: string | undefined;
  readonly question: string;
  /** The earlier questions of its thread; not logged. */
  readonly after?: readonly string[];
  /** What names the reply in its buttons; null for one that can't be told from others. */
  readonly receipt?: string | null;
  readonly reply: Reply;
  /** From the event's arrival to the posted reply. */
  readonly latencyMs: number;
}

/** Slack's and Discord's tokens, wherever in a message they stand. */
const TOKEN = /\bx(?:ox[a-z]|app)-[\w-]+|\b[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}/g;
const CENSORED = "[redacted]";

/** @param target where lines go; standard error unless a test wants them */
export function createLog(
  { logLevel }: Pick<CommonSettings, "logLevel">,
  target: DestinationStream = destination({ dest: 2, sync: true }),
): Log {
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: ["token", "*.token", "headers", "*.headers", "authorization", "*.authorization", "config", "*.config"],
        censor: CENSORED,
      },
      // Libraries put tokens into messages and URLs, which no path can name.
      hooks: { streamWrite: (line) => line.replace(TOKEN, CENSORED) },
    },
    target,
  );
}

/** Logs what happens while a corpus is opened. */
export const logOpening = (log: Log, platform: Platform): ((event: OpenEvent) => void) =>
  tellOpening(({ level, text }) => log[level]({ platform }, text));

/** @param logsQuestions whether the operator wants to read what is asked */
export function createJournal(
  log: Log,
  platform: Platform,
  { logsQuestions }: Pick<CommonSettings, "logsQuestions">,
): Journal {
  return {
    answered({ entry, event, question, reply, latencyMs }) {
      const about = {
        kind: reply.kind,
        topic: reply.reading.topic,
        ...(reply.kind === "unknown" ? { reason: reply.reason } : {}),
      };
      log.info(
        { platform, entry, event, ...about, latencyMs: Math.round(latencyMs), ...(logsQuestions ? { question } : {}) },
        "answered",
      );
    },
    limited: (limited) => log.info({ platform, ...limited }, "limited"),
    voted: ({ message, value, topic, reason }) => log.info({ platform, value, reason, topic, message }, "voted"),
  };
}
