// A reply to the arguments of `chat.postMessage` that would show it, for `footnote ask --as slack`.

import type { Corpus } from "../../src/ingest/library.ts";
import type { Reply } from "../../src/reply.ts";
import { readHuman } from "../shared/settings.ts";
import { askedOf } from "./buttons.ts";
import { renderReply } from "./render.ts";
import { frameOf, type Message } from "./view.ts";

/**
 * As a mention in a channel is answered.
 * @param question what the reply answers; its buttons carry it
 */
export const bodyOf = (question: string, reply: Reply, corpus: Corpus): { readonly channel: string } & Message => ({
  channel: "C0123456789",
  ...renderReply(reply, {
    ...frameOf(corpus, readHuman("slack")),
    asked: askedOf(question),
    topics: [],
    isPrivate: false,
    lead: null,
  }),
});
