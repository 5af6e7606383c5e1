// A reply to the arguments of `chat.postMessage` that would show it, for `footnote ask --as slack`.

import type { Corpus } from "../../src/library.ts";
import type { Reply } from "../../src/reply.ts";
import { askedOf } from "./buttons.ts";
import { namesOf, topicsOf } from "./names.ts";
import { renderReply } from "./render.ts";
import type { Message } from "./view.ts";

/**
 * As a mention in a channel is answered, where no SLACK_HUMAN is set.
 * @param question what the reply answers; its buttons carry it
 */
export const bodyOf = (question: string, reply: Reply, corpus: Corpus): { readonly channel: string } & Message => ({
  channel: "C0123456789",
  ...renderReply(reply, {
    asked: askedOf(question),
    names: namesOf(corpus),
    topics: topicsOf(corpus),
    human: null,
    isPrivate: false,
    lead: null,
  }),
});
