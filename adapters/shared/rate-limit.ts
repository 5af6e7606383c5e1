// Limits how many questions a person may ask in a minute.

import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Whether a question may be asked now. */
export type Allowance = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

export interface Limit {
  /** Counts a question of a person and says whether it is within the limit; one that is not is not counted. */
  ask(person: string): Promise<Allowance>;
  /** Gives a question back that was counted but, as it turned out, not answered. */
  release(person: string): Promise<void>;
}

const WINDOW_S = 60;

/**
 * A limit kept in this process's memory: a fixed minute that begins with a person's first question, forgotten when over.
 * @param questionsPerMinute 0 for no limit
 */
export function createLimit(questionsPerMinute: number): Limit {
  if (questionsPerMinute === 0) return { ask: async () => ({ ok: true }), release: async () => {} };
  const limiter = new RateLimiterMemory({ points: questionsPerMinute, duration: WINDOW_S, blockDuration: 0 });
  return {
    ask: async (person) => {
      try {
        await limiter.consume(person);
        return { ok: true };
      } catch (refusal) {
        // The library refuses by rejecting with its count.
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        await limiter.reward(person);
        return { ok: false, retryAfterMs: refusal.msBeforeNext };
      }
    },
    release: async (person) => {
      // Of a minute that is over there is nothing to give back.
      if (((await limiter.get(person))?.consumedPoints ?? 0) > 0) await limiter.reward(person);
    },
  };
}
