// Bounds how many questions of one channel wait at once; the rest are told to come back.

/** Discord takes about five messages in five seconds in a channel: these and a notice are through after one wait. */
export const WAITING_MAX = 8;

export interface Backlog {
  /** Runs a task unless as many of its channel are already under way; says whether it ran. */
  run(channel: string, task: () => Promise<void>): Promise<boolean>;
}

export function createBacklog(): Backlog {
  const waiting = new Map<string, number>();
  return {
    async run(channel, task) {
      const count = waiting.get(channel) ?? 0;
      if (count >= WAITING_MAX) return false;
      waiting.set(channel, count + 1);
      try {
        await task();
      } finally {
        const left = (waiting.get(channel) ?? 1) - 1;
        left === 0 ? waiting.delete(channel) : waiting.set(channel, left);
      }
      return true;
    },
  };
}
