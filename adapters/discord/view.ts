// An engine and the settings to what a renderer must know beside the reply.

import type { Engine } from "../../src/engine.ts";
import { namesOf } from "../shared/names.ts";
import { createPlaces } from "./places.ts";
import type { View } from "./render.ts";

/** @param human id of a channel, or `@` and the id of a role; Discord's own mark-up works too */
export function createView(engine: Engine, human: string | null): View {
  return { question: null, names: namesOf(engine.corpus), places: createPlaces(engine), human: humanOf(human) };
}

/** Shown as a link to the channel or the role's name; it notifies nobody, since no mention is allowed to. */
function humanOf(human: string | null): string | null {
  if (human === null) return null;
  const id = /\d{15,21}/.exec(human)?.[0];
  if (id === undefined) return null;
  return human.includes("@") ? `<@&${id}>` : `<#${id}>`;
}
