// A hundred new versions of the documents under constant questions: each read in a thread of its own and swapped at once.

import { reopenAside } from "../../adapters/shared/reloading.ts";
import { swap } from "../swaps.ts";
import { ms, type Row, type Suite, under } from "./frame/suite.ts";

const SWAPS = 100;
const MEGABYTE = 1_000_000;

export const suite: Suite = {
  title: `Documents: ${SWAPS} swaps while questions are asked all the time`,
  async run(onStep) {
    const { swaps, replies, versions, failures, mixed, slowestMs, grownBytes } = await swap(SWAPS, reopenAside, onStep);
    const none = (name: string, found: readonly string[]): Row => ({
      ...{ name, value: String(found.length), note: found[0] },
      aim: { text: "aim 0", isReached: found.length === 0 },
    });
    return [
      { name: "versions swapped in", value: String(swaps) },
      { name: "replies", value: String(replies), note: `from ${versions} versions` },
      none("questions that failed", failures),
      none("replies of two versions", mixed),
      { name: "slowest reply", value: ms(slowestMs) },
      under(
        "process grown from swap 5 to the last",
        grownBytes,
        50 * MEGABYTE,
        (bytes) => `${(bytes / MEGABYTE).toFixed(1)} MB`,
      ),
    ];
  },
};
