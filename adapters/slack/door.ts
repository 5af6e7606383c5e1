// The way that Slack comes in by: over HTTP or Socket Mode, as the settings say.

import type { App, Receiver, webApi } from "@slack/bolt";
import type { Dispatcher } from "undici";
import type { Log } from "../shared/log.ts";
import type { Metrics } from "../shared/metrics.ts";
import type { SlackSettings } from "../shared/settings.ts";
import { boltLogger } from "./bolt-log.ts";
import { failureOf } from "./failure.ts";
import { FrontDoor } from "./front.ts";
import { isFinal, refusedAppToken, SocketDoor } from "./socket.ts";

export interface DoorOptions {
  readonly settings: SlackSettings;
  readonly log: Log;
  readonly metrics?: Metrics;
}

export interface Door {
  readonly receiver: Receiver;
  /** Lets Slack in; may be called again where that failed. */
  connect(app: App): Promise<void>;
  readonly ended: Promise<Error>;
  readonly isHealthy: () => boolean;
  readonly port: () => number | null;
  readonly stopping: () => void;
  readonly drop: () => void;
}

export function createDoor(
  { settings, log, metrics }: DoorOptions,
  client: webApi.WebClientOptions,
  dispatcher: Dispatcher | undefined,
  isTokenAlive: () => boolean,
): Door {
  const { connection, host } = settings;
  const logger = boltLogger(log);
  if (connection.kind === "http") {
    const receiver = new FrontDoor(connection.signingSecret, connection.port, logger, host, isTokenAlive);
    return {
      receiver,
      connect: async (app) => {
        await app.start();
      },
      // There is no connection that Slack could end.
      ended: new Promise(() => {}),
      isHealthy: () => receiver.isListening,
      port: () => receiver.port,
      stopping: () => {},
      drop: () => receiver.drop(),
    };
  }
  const door = new SocketDoor({
    appToken: connection.appToken,
    logger,
    log,
    clientOptions: client,
    dispatcher,
    metrics,
  });
  return {
    receiver: door.receiver,
    connect: async (app) => {
      try {
        await app.start();
      } catch (error) {
        const { code } = failureOf(error);
        throw isFinal(code) ? refusedAppToken(code) : (error ?? new Error("the connection was closed"));
      }
      door.started();
    },
    ended: door.ended,
    isHealthy: door.isHealthy,
    port: () => null,
    stopping: () => door.stopped(),
    drop: () => {},
  };
}
