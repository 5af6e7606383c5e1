// Shows the body of the request that would post a reply, for `footnote ask --as discord`.

import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { perEngine } from "../shared/per-engine.ts";
import { readHuman, readSourceAddresses } from "../shared/settings.ts";
import { ALLOWED_MENTIONS } from "./layout.ts";
import { renderReply } from "./render.ts";
import { createView } from "./view.ts";

/** As a mention in a channel is answered. */
export const bodyOf = (reply: Reply, engine: Engine): unknown => ({
  ...renderReply(reply, viewOf(engine)),
  allowed_mentions: { parse: ALLOWED_MENTIONS.parse, replied_user: ALLOWED_MENTIONS.repliedUser },
});

const viewOf = perEngine((engine) =>
  createView(engine, { human: readHuman("discord"), addresses: readSourceAddresses(), now: Date.now }),
);
