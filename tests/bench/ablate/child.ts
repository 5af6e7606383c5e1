// A process of its own that answers with rules switched off, one order after the other, or sees whether that can be done.

import { register } from "node:module";
import { setPriority } from "node:os";
import { answerAll } from "./answering.ts";
import { asOf, type Order, type Told, type Variant } from "./order.ts";
import { remembering } from "./remembering.ts";

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
  remembering,
};

const [, , folder = ""] = process.argv;
Object.assign(globalThis, { ablate: HELP });
register("./hook.js", import.meta.url, { data: folder });

// Nobody is left to answer to.
process.on("disconnect", () => process.exit());
process.on("message", (order: Order) => {
  obey(order).then(
    () => tell({ kind: "done" }),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
});

function obey(order: Order): Promise<void> {
  if (order.kind === "load") return loadAll(order.variants);
  setPriority(NICE);
  return answerAll(order, folder, tell);
}

async function loadAll(variants: readonly Variant[]): Promise<void> {
  for (const variant of variants)
    try {
      for (const [url] of variant.changed) await import(asOf(url, variant));
    } catch (error) {
      tell({ kind: "broken", variant: variant.id, why: error instanceof Error ? error.message : String(error) });
    }
}

function tell(told: Told): void {
  process.send?.(told);
}
