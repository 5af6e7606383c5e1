// Serves the question box for other people's pages: a script that puts a frame there, and what the frame shows.

import type { Context, Hono } from "hono";
import { html } from "hono/html";
import type { WebSettings } from "../shared/settings.ts";
import { NOTICE } from "../shared/wording.ts";
import { askedIn, threadAfter } from "./addresses.ts";
import type { Asking } from "./asking.ts";
import type { Html } from "./markup.ts";
import { bare, type Site } from "./page.ts";
import { renderReply } from "./render.ts";
import { askForm, viewOf } from "./try-page.ts";
import type { EngineFor } from "./visible.ts";

export interface WidgetOptions {
  readonly engineFor: EngineFor;
  readonly asking: Asking;
  readonly site: Site;
  readonly settings: Pick<WebSettings, "widgetOrigins">;
}

/** Only where an operator has listed whose pages may show it. */
export function addWidget(app: Hono, { asking, site }: WidgetOptions): void {
  const { addresses, assets } = site;
  const action = addresses.widget({ question: "", after: [] }).replace(/\?.*/, "");
  const frame = (c: Context, body: Html, status: 200 | 429 = 200) =>
    c.html(
      bare(
        "Ask the documents",
        html`${body}<script defer src="${addresses.asset("frame.js", assets.versionOf("frame.js"))}"></script>`,
        site,
      ),
      status,
    );

  app.get("/widget.js", (c) => {
    const script = assets.find("widget.js");
    // Loaded by pages of other origins, which is what it is for.
    return c.body(script?.text ?? "", 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cross-Origin-Resource-Policy": "cross-origin",
    });
  });
  app.get("/widget", async (c) => {
    const asked = askedIn(new URL(c.req.url).searchParams);
    if (asked === null) return frame(c, askForm({ question: "", after: [] }, action, "Ask the documents"));
    const answered = await asking.ask(c, "widget", asked);
    if (answered.kind === "limited")
      return frame(c, html`<p class="notice" role="status">${NOTICE.limited(answered.retryAfterMs)}</p>`, 429);
    const { engine, explanation } = answered.told;
    const next = threadAfter(asked);
    const view = viewOf(engine, explanation.reply.corpus, next, addresses, true);
    return frame(
      c,
      html`${askForm({ question: "", after: next }, action, "Ask a follow-up question")}
<h1 class="asked">${asked.question}</h1>
${renderReply(explanation.reply, view)}`,
    );
  });
}
