// An engine to what an adapter makes of it once, such as its names and buttons, for as long as that engine is in use.

import type { Engine } from "../../src/engine.ts";

/** Makes it the first time that an engine is asked about: another engine may take its place at any moment. */
export function perEngine<T>(make: (engine: Engine) => T): (engine: Engine) => T {
  const made = new WeakMap<Engine, { readonly value: T }>();
  return (engine) => {
    const known = made.get(engine);
    if (known !== undefined) return known.value;
    const value = make(engine);
    made.set(engine, { value });
    return value;
  };
}
