// Says which engine a request is answered by: the one place that decides what somebody may see.

import type { Context } from "hono";
import type { Engine } from "../../src/engine.ts";

/** Every page and every call of the interface has its engine from this, and sees nothing but what that holds. */
export type EngineFor = (c: Context) => Engine;

/** Without a sign-in everybody sees the same. */
export const createEngineFor =
  (engine: () => Engine): EngineFor =>
  () =>
    engine();
