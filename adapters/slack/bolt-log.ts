// Bolt's log lines as ours, without what they hold of messages.

import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../shared/log.ts";
import { failureOf } from "./failure.ts";

/** Bolt's lines as ours; its debug lines hold whole messages, so they never pass. */
export function boltLogger(log: Log): Logger {
  const said = (parts: readonly unknown[]): string =>
    parts.map((part) => (part instanceof Error ? failureOf(part).code : String(part))).join(" ");
  return {
    debug: () => {},
    info: (...parts) => log.debug({ from: "bolt" }, said(parts)),
    warn: (...parts) => log.warn({ from: "bolt" }, said(parts)),
    error: (...parts) => log.error({ from: "bolt" }, said(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
