// Shows the arguments of `chat.postMessage` that would post a reply, for `footnote ask --as slack`.

import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { perEngine } from "../shared/per-engine.ts";
import { readHuman } from "../shared/settings.ts";
import { askedOf } from "./buttons.ts";
import type { Message } from "./layout.ts";
import { renderReply } from "./render.ts";
import { createViews } from "./view.ts";

/**
 * As a mention in a channel is answered.
 * @param question what the reply answers; its buttons carry it
 */
export const bodyOf = (question: string, reply: Reply, engine: Engine): { readonly channel: string } & Message => ({
  channel: "C0123456789",
  ...renderReply(reply, viewsOf(engine)(askedOf(question), { isPrivate: false, lead: null })),
});

const viewsOf = perEngine((engine) => createViews(engine, readHuman("slack")));
