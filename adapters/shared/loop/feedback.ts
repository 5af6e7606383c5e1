// What people say of a reply besides their votes, brought to the store: that nothing offered was meant, and that they want to hear more.

import type { Platform } from "../log.ts";
import type { State } from "../state/state.ts";
import { type Store, StoreError, type Waiting } from "../state/store.ts";

export interface Feedback {
  /** Whether somebody can be told later: only where questions are kept. */
  readonly canTellLater: boolean;
  /**
   * Keeps a wish to be told when a question is answered.
   * @returns false where the question is not kept any more
   * @throws StoreError where nothing can be kept just now
   */
  hear(waiting: Omit<Waiting, "platform">): Promise<boolean>;
  /** @throws StoreError as `hear` */
  meantNone(receipt: string): Promise<void>;
}

/** @param state left out where this process's memory is all there is: then there is no feedback */
export function createFeedback(state: State | undefined, platform: Platform, keepsMisses: boolean): Feedback | null {
  if (state === undefined) return null;
  const store = (): Store => {
    const opened = state.store();
    if (opened === null) throw new StoreError("away", "nothing is kept just now", "see the log for the reason");
    return opened;
  };
  return {
    canTellLater: keepsMisses,
    hear: async (waiting) => keepsMisses && store().waits.add({ ...waiting, platform }),
    meantNone: async (receipt) => store().replies.meantNone(receipt),
  };
}
