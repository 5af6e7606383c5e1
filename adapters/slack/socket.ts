// Keeps a Socket Mode connection: taken up again whenever it is lost, and given up for good only where Slack would refuse
// it for ever.

import { setTimeout as sleep } from "node:timers/promises";
import { type Logger, SocketModeReceiver, type webApi } from "@slack/bolt";
import type { Dispatcher } from "undici";
import { OperatorError } from "../../src/errors.ts";
import type { Log } from "../shared/log.ts";
import type { Metrics } from "../shared/metrics.ts";
import { growingWait } from "../shared/waits.ts";
import { failureOf } from "./failure.ts";

export interface SocketOptions {
  readonly appToken: string;
  readonly logger: Logger;
  readonly log: Log;
  readonly clientOptions: webApi.WebClientOptions;
  /** The way through a proxy; left out where there is none. */
  readonly dispatcher?: Dispatcher | undefined;
  readonly metrics?: Metrics | undefined;
}

/** What no waiting mends, and what does. Codes: https://docs.slack.dev/reference/methods/apps.connections.open#errors */
const FINAL: Readonly<Record<string, string>> = {
  invalid_auth: "make a new app-level token under Basic Information and set it",
  not_authed: "make a new app-level token under Basic Information and set it",
  token_revoked: "make a new app-level token under Basic Information and set it",
  token_expired: "make a new app-level token under Basic Information and set it",
  not_allowed_token_type: "set the app-level token, which begins with xapp-, not the bot's",
  missing_scope: "make an app-level token with the scope connections:write under Basic Information",
  no_permission: "make an app-level token with the scope connections:write under Basic Information",
  account_inactive: "install the app again: it was removed from its workspace",
  user_removed_from_team: "install the app again: whoever installed it has left the workspace",
  team_disabled: "the workspace is disabled: install the app in another one",
  socket_mode_disabled: "switch Socket Mode on in the app's settings, or set SLACK_SIGNING_SECRET instead",
  app_not_found: "the app was deleted: make it anew from the manifest",
};
/** A token that worked a moment ago is not given up for one no. */
const REFUSALS_MAX = 3;

export class SocketDoor {
  readonly receiver: SocketModeReceiver;
  /** Resolves when Slack refuses the connection for good. */
  readonly ended: Promise<Error>;
  private isConnected = false;
  private isStarted = false;
  private isStopped = false;
  private end: (error: Error) => void = () => {};

  constructor(private readonly options: SocketOptions) {
    const { appToken, logger, clientOptions, dispatcher } = options;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    this.receiver = new SocketModeReceiver({
      ...{ appToken, logger, ...(dispatcher === undefined ? {} : { dispatcher }) },
      // The library's own would give up for ever at a server error, with nobody to hear it.
      autoReconnectEnabled: false,
      installerOptions: { clientOptions },
    });
    const { client } = this.receiver;
    client.on("connected", () => {
      this.isConnected = true;
    });
    for (const lost of ["close", "disconnected"])
      client.on(lost, () => {
        this.isConnected = false;
      });
    client.on("disconnected", () => {
      if (!this.isStarted || this.isStopped) return;
      this.isStarted = false;
      void this.reconnect();
    });
  }

  isHealthy = (): boolean => this.isConnected;

  /** Called once the first connection stands: from then on it is kept. */
  started(): void {
    this.isStarted = true;
    if (!this.isConnected) void this.reconnect();
  }

  /** It may be lost from now on. */
  stopped(): void {
    this.isStopped = true;
  }

  /** Never rejects. */
  private async reconnect(): Promise<void> {
    const { log, metrics } = this.options;
    let refusals = 0;
    for (let tries = 0; !this.isStopped; tries++) {
      await sleep(growingWait(tries), undefined, { ref: false });
      if (this.isStopped) return;
      try {
        await this.receiver.client.start();
        this.isStarted = true;
        metrics?.reconnected();
        return;
      } catch (error) {
        const { code, remedy } = failureOf(error ?? new Error("the connection was closed"));
        refusals = code in FINAL ? refusals + 1 : 0;
        if (code in FINAL && (refusals >= REFUSALS_MAX || code !== "invalid_auth")) {
          this.end(refusedAppToken(code));
          return;
        }
        log.warn({ platform: "slack", code, remedy, tries: tries + 1 }, "not connected, tried again");
      }
    }
  }
}

/** Whether Slack would refuse a connection for ever. */
export const isFinal = (code: string): boolean => code in FINAL;

export const refusedAppToken = (code: string): OperatorError =>
  new OperatorError(`Slack refuses SLACK_APP_TOKEN (${code})`, FINAL[code] ?? "make a new app-level token");
