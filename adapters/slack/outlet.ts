// Shows the outcome of a wish at a place in Slack: renders it and posts it there.

import type { Engine } from "../../src/engine.ts";
import type { Outlet, Wish } from "../shared/desk.ts";
import { NOTICE } from "../shared/wording.ts";
import { askedOf } from "./buttons.ts";
import { say } from "./layout.ts";
import type { Place } from "./outgoing.ts";
import { renderReply } from "./render.ts";
import type { Seen, Views } from "./view.ts";

export const outletAt = (
  place: Place,
  wish: Wish,
  seen: Omit<Seen, "receipt">,
  viewsOf: (engine: Engine) => Views,
): Outlet => ({
  async post({ reply, engine, after, receipt }) {
    const asked = wish.kind === "ask" ? askedOf(wish.question, after) : wish;
    const named = receipt === null ? seen : { ...seen, receipt };
    await place.post(renderReply(reply, viewsOf(engine)(asked, named)));
    // Threads are known by the message that opens them, not by those in them.
    return null;
  },
  holdOff: (retryAfterMs) => place.whisper(say(NOTICE.limited(retryAfterMs))),
});
