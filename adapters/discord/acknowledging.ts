// Acknowledges commands that come in a crowd at once, before any of them is answered; one that comes alone is just answered.

import { setImmediate as nextTurn } from "node:timers/promises";
import type { REST } from "discord.js";
import { LRUCache } from "lru-cache";
import type { Addressed } from "./inbound.ts";
import { type Deferral, defer } from "./outgoing.ts";

export interface Acknowledging {
  /** Whether an interaction that has just come is one of a crowd. */
  isOneOfMany(interaction: string): Promise<boolean>;
  /** @param isHidden whether only who asked is to see it */
  send(addressed: Addressed, isHidden: boolean): void;
  /** What was sent for an interaction; null where another process saw to it. */
  sentTo(interaction: string): Deferral["sent"];
  /** Resolves when no acknowledgement is on its way, at the latest in two seconds. */
  idle(): Promise<void>;
  /** The interaction has been answered. */
  done(interaction: string): void;
}

/** So many are answered as fast as they would be acknowledged. */
const FEW = 2;
const IDLE_MS_MAX = 2_000;
/** More than these at once, or for longer, is not this process's to remember: another may have answered them. */
const KNOWN = { max: 5_000, ttl: 60_000 };

export function createAcknowledging(rest: REST): Acknowledging {
  const open = new LRUCache<string, true>(KNOWN);
  const sends = new LRUCache<string, Promise<void>>(KNOWN);
  const onTheirWay = new Set<Promise<void>>();
  return {
    async isOneOfMany(interaction) {
      open.set(interaction, true);
      // What Discord has sent together has been read by then.
      await nextTurn();
      open.purgeStale();
      return open.size > FEW;
    },
    send(addressed, isHidden) {
      const sending = defer(rest, addressed, isHidden);
      sends.set(addressed.id, sending);
      const settled: Promise<void> = sending
        // Whoever answers hears of it.
        .catch(() => {})
        .finally(() => onTheirWay.delete(settled));
      onTheirWay.add(settled);
    },
    sentTo: (interaction) => sends.get(interaction) ?? null,
    async idle() {
      const until = performance.now() + IDLE_MS_MAX;
      while (onTheirWay.size > 0 && performance.now() < until)
        await Promise.race([Promise.all(onTheirWay), wait(until)]);
    },
    done(interaction) {
      open.delete(interaction);
      sends.delete(interaction);
    },
  };
}

const wait = (until: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, until - performance.now()).unref());
