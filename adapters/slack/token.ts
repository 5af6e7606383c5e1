// Tells whether the bot's token still works: asked now and then, and whenever Slack refuses it.

import type { webApi } from "@slack/bolt";
import type { Log } from "../shared/log.ts";
import { failureOf, REFUSED_TOKEN } from "./failure.ts";

const CHECK_MS = 5 * 60 * 1000;
const RECHECK_MS = 30 * 1000;

export interface TokenWatchOptions {
  readonly client: webApi.WebClient;
  readonly log: Log;
  /** How often it is asked; five minutes by default. */
  readonly checkMs?: number | undefined;
}

export class TokenWatch {
  private isAlive = true;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: TokenWatchOptions) {}

  isHealthy = (): boolean => this.isAlive;

  start(): void {
    this.askLater();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Hears of a call that failed. */
  heard(error: unknown): void {
    if (this.isAlive && this.timer !== undefined && REFUSED_TOKEN.has(failureOf(error).code)) void this.ask();
  }

  private askLater(): void {
    clearTimeout(this.timer);
    const { checkMs = CHECK_MS } = this.options;
    this.timer = setTimeout(() => void this.ask(), this.isAlive ? checkMs : Math.min(checkMs, RECHECK_MS));
    this.timer.unref();
  }

  /** Never rejects. That Slack can't be reached says nothing of the token. */
  private async ask(): Promise<void> {
    const { client, log } = this.options;
    try {
      await client.auth.test();
      if (!this.isAlive) log.info({ platform: "slack" }, "Slack takes the bot's token again");
      this.isAlive = true;
    } catch (error) {
      const { code, remedy } = failureOf(error);
      if (this.isAlive && REFUSED_TOKEN.has(code)) {
        this.isAlive = false;
        log.error({ platform: "slack", code, remedy }, "Slack refuses SLACK_BOT_TOKEN: nothing can be answered");
      }
    }
    if (this.timer !== undefined) this.askLater();
  }
}
