// Draws the page with the question box: the reply, the same reply elsewhere, and why it is what it is.

import { html } from "hono/html";
import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { rangeOf } from "../shared/citation-text.ts";
import { namesOf } from "../shared/names.ts";
import { clean } from "../shared/one-line.ts";
import { count } from "../shared/wording.ts";
import { type Addresses, type Asked, TYPED_LENGTH_MAX, threadAfter } from "./addresses.ts";
import { drawDiscord } from "./discord-look.ts";
import type { Drawings, Told } from "./drawings.ts";
import { type Html, NONE } from "./markup.ts";
import { renderReply, type View } from "./render.ts";
import { drawSlack } from "./slack-look.ts";
import { drawTerminal } from "./terminal-look.ts";

/** Examples on the first page. */
const EXAMPLES_MAX = 8;

/** Before anything is asked. */
export function drawFirst(engine: Engine, addresses: Addresses): Html {
  const offers = engine.offers.filter(({ question }) => clean(question) !== "");
  const shown = offers.slice(0, EXAMPLES_MAX);
  const topics = shown.map(
    ({ question }) => html`<li><a href="${addresses.ask({ question, after: [] })}">${clean(question)}</a></li>`,
  );
  return html`<div class="first">
<h1>Ask the documents</h1>
<p class="lede">${count(engine.corpus.documents.length, "document")}, no language model. Every sentence of a reply has its source, to the line; where the documents don’t say, neither does the reply.</p>
${askForm({ question: "", after: [] }, addresses.home, "Ask a question")}
${topics.length === 0 ? NONE : html`<section aria-labelledby="try"><h2 id="try">Try one of these</h2><ul class="chips">${topics}</ul></section>`}
</div>`;
}

/** A question, its reply and the same reply elsewhere; for the same of them always the same. */
export function drawAnswered(asked: Asked, told: Told, drawings: Drawings, addresses: Addresses): Html {
  const { engine, explanation } = told;
  const next = threadAfter(asked);
  const view = viewOf(engine, explanation.reply.corpus, next, addresses, false);
  const trail = asked.after.map(
    (question, at) =>
      html`<li><a href="${addresses.ask({ question, after: asked.after.slice(0, at) })}">${clean(question)}</a></li>`,
  );
  return html`${askForm({ question: "", after: next }, addresses.home, "Ask a follow-up question")}
<div class="answered">
<div class="told">
${trail.length === 0 ? NONE : html`<nav class="trail" aria-label="Asked before"><ol>${trail}</ol></nav>`}
<h1>${clean(asked.question) || "…"}</h1>
${renderReply(explanation.reply, view)}
<p class="tools"><a href="${addresses.why(asked)}">Why this reply?</a>
<a href="${addresses.ask(asked)}" data-copy>Link to this</a>
<a href="${addresses.home}">Start anew</a></p>
</div>
${drawElsewhere(asked, told, drawings, view)}
</div>`;
}

export const viewOf = (
  engine: Engine,
  corpus: string,
  next: readonly string[],
  addresses: Addresses,
  isFramed: boolean,
): View => ({
  names: namesOf(engine.corpus),
  source: ({ file, lines }) => addresses.document(file, { corpus, lines }),
  ask: (question) =>
    isFramed ? addresses.widget({ question, after: next }) : addresses.ask({ question, after: next }),
  isFramed,
});

/** Works without a script; with one, questions are suggested while typing. */
export const askForm = (
  { question, after }: Asked,
  action: string,
  label: string,
): Html => html`<form class="ask" action="${action}" method="get" role="search" data-suggest>
<label class="unseen" for="q">${label}</label>
<div class="box"><input id="q" name="q" type="text" value="${question}" placeholder="${label}" maxlength="${TYPED_LENGTH_MAX}" autocomplete="off" autocapitalize="sentences" enterkeyhint="send" required>
<button type="submit">Ask</button></div>
${after.map((one) => html`<input type="hidden" name="after" value="${one}">`)}
</form>`;

const TERMINAL_COLUMNS = 80;

/** The same reply as a terminal, Slack and Discord show it; which, and how wide, is chosen without a script. */
function drawElsewhere(
  { question }: Asked,
  { engine, explanation: { reply } }: Told,
  drawings: Drawings,
  view: View,
): Html {
  const names = namesOf(engine.corpus);
  const places = placesIn(reply, view);
  const terminal = drawTerminal(drawings.terminal(reply, names, TERMINAL_COLUMNS), places);
  const choice = (name: string, value: string, text: string, isFirst: boolean): Html =>
    html`<label><input type="radio" name="${name}" value="${value}"${isFirst ? html` checked` : NONE}><span>${text}</span></label>`;
  return html`<section class="elsewhere" aria-labelledby="elsewhere"><h2 id="elsewhere">The same reply elsewhere</h2>
<div class="choices"><fieldset><legend class="unseen">Where</legend>${choice("where", "terminal", "Terminal", true)}${choice("where", "slack", "Slack", false)}${choice("where", "discord", "Discord", false)}</fieldset>
<fieldset><legend class="unseen">How wide</legend>${choice("width", "desktop", "Desktop", true)}${choice("width", "phone", "Phone", false)}</fieldset></div>
<div class="stage">
<div class="look look-terminal" role="group" aria-label="In a terminal">${terminal}</div>
<div class="look look-slack" role="group" aria-label="In Slack">${drawSlack(drawings.slack(question, reply, engine))}</div>
<div class="look look-discord" role="group" aria-label="In Discord">${drawDiscord(drawings.discord(reply, engine))}</div>
</div></section>`;
}

/** The pages of all that a reply names, as a terminal names it. */
function placesIn(reply: Reply, view: View): ReadonlyMap<string, string> {
  const citations = "citations" in reply ? reply.citations : [];
  const passages = reply.kind === "leads" ? reply.passages : [];
  const shown = passages.flatMap(({ citation, lines }) => {
    const cited = citations.find(({ number }) => number === citation);
    return cited === undefined ? [] : [{ ...cited, lines }];
  });
  return new Map([...citations, ...shown].map((one) => [`${clean(one.file)}:${rangeOf(one.lines)}`, view.source(one)]));
}
