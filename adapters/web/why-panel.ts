// Draws what every stage decided as a panel that people who run no search engines can read.

import { html } from "hono/html";
import type { Names } from "../shared/names.ts";
import { clean } from "../shared/one-line.ts";
import type { Why, WhyAsk } from "../shared/why.ts";
import { type Html, inline, NONE } from "./markup.ts";

export function drawWhy({ question, thread, asks }: Why, names: Names): Html {
  const facts: (readonly [string, string])[] = [
    ...(question.background === "" ? [] : [["Read around it", clean(question.background)] as const]),
    ...(question.wasCut ? [["Cut", "only the beginning of the message was read"] as const] : []),
    ...(question.isEnglish ? [] : [["Language", "not read as English"] as const]),
    ...(question.smalltalk === null ? [] : [["Small talk", question.smalltalk] as const]),
    ...(thread === null ? [] : [["Thread", `“${clean(thread.ask)}” was asked before`] as const]),
  ];
  return html`<section class="why" id="why" aria-labelledby="why-title" tabindex="-1"><h2 id="why-title">Why this reply</h2>
${listOf(facts)}
${asks.length === 0 ? html`<p>Nothing was looked up: it was answered from its form alone.</p>` : NONE}
${asks.map((ask) => drawAsk(ask, names))}</section>`;
}

function drawAsk(ask: WhyAsk, names: Names): Html {
  const { analysis, corrected, subjects, fromThread, unknownWords, confidence, outcome, because } = ask;
  const named = (ids: readonly string[]): string => ids.map((id) => clean(names.get(id) ?? id)).join(", ");
  const understood: (readonly [string, string])[] = [
    ["Read as", clean(ask.ask)],
    ["Spelling", corrected.map(({ from, to }) => `${clean(from)} → ${clean(to)}`).join(", ") || "nothing corrected"],
    ["Words looked for", analysis.terms.map(clean).join(", ") || "none"],
    ["Expects", [analysis.answerType, ...analysis.focus.map((word) => `“${clean(word)}”`)].join(", ")],
    ["About", named(subjects) || "no subject by name"],
    ...(fromThread.length === 0 ? [] : [["Carried over", named(fromThread)] as const]),
    ...(unknownWords.length === 0 ? [] : [["In no document", unknownWords.map(clean).join(", ")] as const]),
  ];
  return html`<div class="stages">
<section><h3>What was understood</h3>${listOf(understood)}</section>
<section><h3>Topics</h3>${drawTopics(ask)}</section>
<section><h3>Statements</h3>${drawStatements(ask)}</section>
<section><h3>Passages</h3>${drawPassages(ask)}</section>
<section class="gate"><h3>Decision</h3><p><strong>${clean(outcome)}</strong>, because ${clean(because)}.</p>
<p class="where">${confidence === null ? "No confidence was computed." : `Confidence ${percent(1 / (1 + Math.exp(-confidence)))} (log-odds ${confidence.toFixed(2)}).`}</p></section>
</div>`;
}

const listOf = (facts: readonly (readonly [string, string])[]): Html =>
  facts.length === 0
    ? NONE
    : html`<dl>${facts.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`;

const NOT_LOOKED_FOR = html`<p class="where">None were looked for.</p>`;

const drawTopics = ({ topics }: WhyAsk): Html =>
  topics.length === 0
    ? NOT_LOOKED_FOR
    : html`<ul class="scores">${topics.map(({ title, probability }) => html`<li>${bar(probability, title)}<span>${clean(title)}</span></li>`)}</ul>`;

const drawStatements = ({ statements }: WhyAsk): Html =>
  statements.length === 0
    ? NOT_LOOKED_FOR
    : html`<ul class="scores">${statements.map(({ text, probability }) => html`<li>${bar(probability, text)}<span>${inline(text)}</span></li>`)}</ul>`;

const drawPassages = ({ passages }: WhyAsk): Html =>
  passages.length === 0
    ? NOT_LOOKED_FOR
    : html`<ul class="scores">${passages.map(
        ({ file, line, covered, text }) =>
          html`<li>${bar(covered, text)}<span>“${inline(text)}” <span class="where">${clean(file)}:${line}, holds ${percent(covered)} of what is asked</span></span></li>`,
      )}</ul>`;

const bar = (share: number, of: string): Html =>
  html`<span class="share"><meter min="0" max="1" value="${share.toFixed(3)}" aria-label="${clean(of)}">${percent(share)}</meter> ${percent(share)}</span>`;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
