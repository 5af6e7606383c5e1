// A process of its own in which rules are switched off: answers the sets, or sees whether each changed module loads.

import { register } from "node:module";
import { setPriority } from "node:os";
import type { Changed, Order, Told } from "./order.ts";

const NICE = 10;

type Numbers = Readonly<Record<string, number>>;

/** Helps to switch off. What is to be changed must be there, else a row would tell of nothing. */
const HELP = {
  set(was: Numbers, to: Numbers): Numbers {
    const strange = Object.keys(to).find((name) => !(name in was));
    if (strange !== undefined) throw new Error(`no number ${strange}`);
    return { ...was, ...to };
  },
  zero: (was: Numbers, ...names: readonly string[]): Numbers =>
    HELP.set(was, Object.fromEntries(names.map((name) => [name, 0]))),
  without(was: ReadonlySet<string>, words: string): Set<string> {
    const left = words.split(" ");
    const strange = left.find((word) => !was.has(word));
    if (strange !== undefined) throw new Error(`no word ${strange}`);
    return new Set([...was].filter((word) => !left.includes(word)));
  },
};

process.once("message", (order: Order) => {
  obey(order).then(
    () => process.disconnect(),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
});

async function obey(order: Order): Promise<void> {
  setPriority(NICE);
  Object.assign(globalThis, { ablate: HELP });
  register("./hook.js", import.meta.url, { data: order.changed });
  if (order.kind === "load") return loadAll(order.changed);
  // Only now: what is loaded before the hook is not changed.
  const { answerAll } = await import("./answering.ts");
  return answerAll(order, tell);
}

async function loadAll(changed: Changed): Promise<void> {
  for (const [url] of changed)
    try {
      await import(url);
    } catch (error) {
      await tell({ kind: "broken", url, why: error instanceof Error ? error.message : String(error) });
    }
}

const tell = (told: Told): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(told, undefined, {}, (error) => (error ? reject(error) : resolve()));
  });
