// Keeps what was drawn of a reply: the same question gets the same reply, so it need not be drawn again.

import { createHash } from "node:crypto";
import { raw } from "hono/html";
import { LRUCache } from "lru-cache";
import type { Engine } from "../../src/engine.ts";
import { perEngine } from "../shared/per-engine.ts";
import type { Html } from "./markup.ts";

/** Characters of all that is kept: some hundred replies. */
const KEPT_MAX = 15_000_000;

/** Forgotten with the engine that gave the replies. */
export class Kept {
  private readonly drawn = perEngine(
    () => new LRUCache<string, string>({ maxSize: KEPT_MAX, sizeCalculation: ({ length }) => length }),
  );

  /**
   * @param of all that decides what is drawn, as data: another reply is another page, whatever was asked
   * @param draw called where that was not drawn lately
   */
  async once(engine: Engine, of: unknown, draw: () => Html): Promise<Html> {
    const key = createHash("sha256").update(JSON.stringify(of)).digest("base64url");
    const known = this.drawn(engine).get(key);
    if (known !== undefined) return raw(known);
    const text = String(await draw());
    this.drawn(engine).set(key, text);
    return raw(text);
  }
}
