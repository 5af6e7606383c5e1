// Watches a client's connection to Discord: logs it, tells whether it is healthy, and rejects when it ends for good.

import {
  type APIRequest,
  type Client,
  Events,
  GatewayCloseCodes,
  type REST,
  RESTEvents,
  type ResponseLike,
  Status,
  WebSocketShardEvents,
} from "discord.js";
import { OperatorError } from "../../src/errors.ts";
import type { Log } from "../shared/log.ts";
import type { Metrics } from "../shared/metrics.ts";

export interface Gateway {
  /** Whether the shards are ready and one heard from Discord within two heartbeats and a margin. */
  isHealthy(): boolean;
  /** Resolves when Discord has closed the connection in a way that connecting again does not mend. */
  readonly ended: Promise<Error>;
}

/** Discord asks for a heartbeat every 41 seconds. */
const SILENCE_MS_MAX = 100_000;

export interface WatchOptions {
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** How often the log tells that a connection is away. */
  readonly awayEveryMs: number;
  readonly metrics?: Pick<Metrics, "reconnected">;
}

/** @param rests what is asked of Discord beside the gateway */
export function watchGateway(
  client: Client,
  rests: readonly REST[],
  log: Log,
  { now, awayEveryMs, metrics }: WatchOptions,
): Gateway {
  let heardAt = Number.NEGATIVE_INFINITY;
  const about = { platform: "discord" };
  client.on(Events.Raw, () => {
    heardAt = now();
  });
  const begun = new Set<number>();
  const away = watchAway(client, log, now, awayEveryMs);
  client.on(Events.ShardReady, (shard) => {
    away.back(shard);
    // discord.js never emits its event for this. A session begins once; a second one means that the first was lost,
    // and with it whatever was asked since the connection dropped.
    if (begun.has(shard)) {
      metrics?.reconnected();
      log.warn({ ...about, shard }, "session invalidated");
    }
    begun.add(shard);
    log.info({ ...about, shard }, "ready");
  });
  client.on(Events.ShardReconnecting, (shard) =>
    log.warn({ ...about, shard, code: away.codeOf(shard) }, "reconnecting"),
  );
  client.on(Events.ShardResume, (shard, replayed) => {
    away.back(shard);
    metrics?.reconnected();
    log.info({ ...about, shard, replayed }, "resumed");
  });
  client.on(Events.ShardError, (error, shard) => log.error({ ...about, shard, error: error.message }, "gateway error"));
  client.on(Events.Error, (error) => log.error({ ...about, error: error.message }, "error"));
  client.on(Events.Warn, (warning) => log.warn({ ...about, warning }, "warning"));
  client.on(Events.Debug, (message) => {
    away.attach();
    log.trace({ ...about, message }, "library");
  });
  for (const rest of rests)
    rest.on(RESTEvents.RateLimited, ({ route, timeToReset, scope }) =>
      log.warn({ ...about, route, waitMs: timeToReset, scope }, "rate limited"),
    );
  let isRefused = false;
  const ended = new Promise<Error>((resolve) => {
    const heard = ({ route, retries }: APIRequest, { status }: ResponseLike): void => {
      if (status === 429 || status >= 500) log.warn({ ...about, route, status, retries }, "Discord refused a request");
      // The library has forgotten the token by now; responses to commands are sent without it.
      if (status !== 401 || /^\/(?:webhooks|interactions)\//.test(route)) return;
      isRefused = true;
      resolve(REFUSED_TOKEN);
    };
    for (const rest of rests) rest.on(RESTEvents.Response, heard);
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      log.error({ ...about, shard, code }, "disconnected for good");
      resolve(endOf(code));
    });
  });
  return {
    ended,
    isHealthy: () => {
      const { shards } = client.ws;
      const beat = Math.max(heardAt, ...shards.map(({ lastPingTimestamp }) => lastPingTimestamp));
      const isReady = client.isReady() && shards.size > 0 && shards.every(({ status }) => status === Status.Ready);
      return isReady && !isRefused && now() - beat < SILENCE_MS_MAX;
    },
  };
}

/** Which connections are away, since when, and what the last of their close codes was; tells the log now and then. */
function watchAway(client: Client, log: Log, now: () => number, everyMs: number) {
  const away = new Map<number, { readonly since: number; readonly code: number }>();
  const attached = new WeakSet<object>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    for (const [shard, { since, code }] of away)
      log.warn({ platform: "discord", shard, code, awayMs: now() - since }, "the gateway is away");
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    /** The library makes its connections late, and says nowhere else why one was closed. */
    attach(): void {
      for (const shard of client.ws.shards.values()) {
        if (attached.has(shard)) continue;
        attached.add(shard);
        shard.on(WebSocketShardEvents.Close, ({ code }) => {
          away.set(shard.id, { since: away.get(shard.id)?.since ?? now(), code });
          timer ??= setInterval(tell, everyMs).unref();
        });
      }
    },
    back(shard: number): void {
      away.delete(shard);
      if (away.size === 0) stop();
    },
    codeOf: (shard: number): number | null => away.get(shard)?.code ?? null,
  };
}

const DEVELOPERS = "https://discord.com/developers/applications › your app › Bot";

export const REFUSED_TOKEN = new OperatorError(
  "Discord refuses DISCORD_TOKEN",
  `copy it anew from ${DEVELOPERS} › Reset Token`,
);

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
function endOf(code: number): Error {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return REFUSED_TOKEN;
    case GatewayCloseCodes.DisallowedIntents:
    case GatewayCloseCodes.InvalidIntents:
      return new OperatorError(
        `Discord refuses the bot's intents (${code})`,
        `with DISCORD_MESSAGE_CONTENT=on allow Message Content Intent at ${DEVELOPERS}, else check there that the app is not limited`,
      );
    case GatewayCloseCodes.ShardingRequired:
      return new OperatorError(
        "Discord wants the bot's servers spread over more connections (4011)",
        "start it anew: it then makes as many as Discord recommends",
      );
    default:
      return new Error(`Discord closed the connection for good (${code})`);
  }
}
