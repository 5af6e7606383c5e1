// A hook of Node's module loader: modules that a variant has changed are loaded with the changed text.

import type { LoadHook } from "node:module";

let changed: ReadonlyMap<string, string> = new Map();

/** @param given texts by the URL of their module */
export function initialize(given: readonly (readonly [url: string, text: string])[]): void {
  changed = new Map(given);
}

export const load: LoadHook = (url, context, next) => {
  const source = changed.get(url);
  return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
};
