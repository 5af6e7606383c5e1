// Messages in a channel to what Discord's responses say of its limit on them, and how long to wait where it is reached.

/** How many messages a channel takes in how long. */
export interface ChannelLimit {
  readonly messages: number;
  readonly everyMs: number;
}

/** Discord does not document it; this is what its responses say. */
export const CHANNEL_LIMIT: ChannelLimit = { messages: 5, everyMs: 5_000 };

export interface Allowed {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait; null for a message that is taken. */
  readonly retryAfter: number | null;
}

/** Counts a message in its channel's bucket, or refuses it. */
export function createBuckets(): (channel: string, limit: ChannelLimit) => Allowed {
  const buckets = new Map<string, { left: number; resetAt: number }>();
  return (channel, limit) => {
    const now = performance.now();
    const known = buckets.get(channel);
    const isOver = known === undefined || known.resetAt <= now;
    const bucket = isOver ? { left: limit.messages, resetAt: now + limit.everyMs } : known;
    buckets.set(channel, bucket);
    const seconds = (bucket.resetAt - now) / 1000;
    const retryAfter = bucket.left === 0 ? seconds : null;
    bucket.left = Math.max(0, bucket.left - 1);
    const headers = {
      "x-ratelimit-bucket": "messages",
      "x-ratelimit-limit": String(limit.messages),
      "x-ratelimit-remaining": String(bucket.left),
      "x-ratelimit-reset-after": seconds.toFixed(3),
      ...(retryAfter === null ? {} : { "retry-after": seconds.toFixed(3), "x-ratelimit-scope": "user" }),
    };
    return { headers, retryAfter };
  };
}
