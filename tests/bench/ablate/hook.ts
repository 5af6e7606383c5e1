// Hooks of Node's module loader: a variant's modules are its own, and those that it has changed hold the changed text.

import { readFileSync } from "node:fs";
import type { LoadHook, ResolveHook } from "node:module";
import { join } from "node:path";
import { asOf, type Variant } from "./order.ts";

let folder = "";
const variants = new Map<string, Variant>();

/** @param given the folder in which each variant stands in a file of its own */
export function initialize(given: string): void {
  folder = given;
}

/** The variant that a module belongs to; undefined for one that all have. */
function variantOf(url: string | undefined): Variant | undefined {
  const id = url?.startsWith("file:") ? new URL(url).searchParams.get("off") : null;
  if (id === null) return undefined;
  const variant: Variant = variants.get(id) ?? JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8"));
  variants.set(id, variant);
  return variant;
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  const found = await next(specifier, context);
  const variant = variantOf(context.parentURL);
  return variant === undefined ? found : { ...found, url: asOf(found.url, variant) };
};

export const load: LoadHook = (url, context, next) => {
  const [module] = url.split("?");
  const source = variantOf(url)?.changed.find(([changed]) => changed === module)?.[1];
  return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
};
