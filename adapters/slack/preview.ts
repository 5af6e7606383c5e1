// Shows the arguments of `chat.postMessage` that would post a reply, for `footnote ask --as slack`.

import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { perEngine } from "../shared/per-engine.ts";
import { readHuman, readSourceAddresses } from "../shared/settings.ts";
import { askedOf } from "./buttons.ts";
import type { Message } from "./layout.ts";
import { renderReply } from "./render.ts";
import { createViews } from "./view.ts";

/**
 * As a mention in a channel is answered.
 * @param question what the reply answers; its buttons carry it
 */
/** @param now the clock that an old document is told by */
export const bodyOf = (
  question: string,
  reply: Reply,
  engine: Engine,
  now?: () => number,
): { readonly channel: string } & Message => {
  const views = now === undefined ? viewsOf(engine) : createViews(engine, outlookAt(now));
  return { channel: "C0123456789", ...renderReply(reply, views(askedOf(question), { isPrivate: false, lead: null })) };
};

const outlookAt = (now: () => number) => ({ human: readHuman("slack"), addresses: readSourceAddresses(), now });
const viewsOf = perEngine((engine) => createViews(engine, outlookAt(Date.now)));
