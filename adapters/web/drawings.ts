// Names what this adapter is given by whoever runs it: how others draw a reply, so that it imports none of them.

import type { Engine, Explanation } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import type { Names } from "../shared/names.ts";

export interface Drawings {
  /** As a terminal of so many columns shows it, in colours. */
  terminal(reply: Reply, names: Names, width: number): string;
  /** The body of the request that would post it. */
  slack(question: string, reply: Reply, engine: Engine): unknown;
  discord(reply: Reply, engine: Engine): unknown;
}

/** A question, what it got and how. */
export interface Told {
  readonly engine: Engine;
  readonly explanation: Explanation;
}
