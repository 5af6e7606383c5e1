// Names of what the built-in corpus holds: every one leads back to what it names, and what it shows fits.

import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readPress, writePress, writeQuestion, writeShows } from "../../../adapters/discord/buttons.ts";
import { createChoices } from "../../../adapters/discord/choices.ts";
import { fits } from "../../../adapters/discord/layout.ts";
import { CUSTOM_ID_LENGTH_MAX } from "../../../adapters/discord/limits.ts";
import { renderPlaces, renderSources, renderSourcesOf } from "../../../adapters/discord/pages.ts";
import { createPlaces, type Places } from "../../../adapters/discord/places.ts";
import { renderReply } from "../../../adapters/discord/render.ts";
import { createView, type View } from "../../../adapters/discord/view.ts";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { NO_ADDRESSES } from "../../../adapters/shared/source-address.ts";
import type { Engine } from "../../../src/engine.ts";
import type { Reply } from "../../../src/reply.ts";
import { openEngine } from "../../../src/store/open.ts";
import { statementsOf } from "../../contracts/renderer.ts";
import { anyText } from "../../contracts/replies.ts";
import { fc } from "../../fast-check.ts";
import { brokenLimits, buttonsOf, message, textsOf } from "./limits.ts";

let engine: Engine;
let places: Places;
let view: View;
let replies: Reply[];
beforeAll(async () => {
  engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
  places = createPlaces(engine);
  view = createView(engine, { human: null, addresses: NO_ADDRESSES, now: () => 0 });
  const { topics } = engine.corpus.faq;
  const asked = topics.flatMap(({ statements }) =>
    statements.slice(0, 3).flatMap((statement) => statement.examples[0]?.question ?? []),
  );
  replies = await Promise.all([
    ...asked.map((question) => engine.answer(question)),
    ...topics.map(({ id }) => engine.compare(id)),
  ]);
});

test("every quote of a reply is found again, with its lines", () => {
  const citations = replies.flatMap((reply) => ("citations" in reply ? reply.citations : []));
  expect(citations.length).toBeGreaterThan(100);
  for (const citation of citations) {
    const { number, quote, document, title, section, file, lines, url } = citation;
    const place = places.place(places.nameQuote(citation) ?? "");
    expect(place).toEqual({ text: quote, quoted: number, sources: [{ document, title, section, file, lines, url }] });
    expect(places.source(places.nameSource(citation) ?? "", number)).toEqual(place);
  }
});

test("a quote that is no whole sentences, such as a row or marked-up words, is found by its lines", async () => {
  const handbook = await openEngine(resolve(import.meta.dirname, "../../handbook"));
  const reply = await handbook.answer("What does it mean if the log says radio not found?");
  const cited = "citations" in reply ? reply.citations : [];
  expect(cited.length).toBeGreaterThan(0);
  const own = createPlaces(handbook);
  for (const citation of cited) {
    const named = own.nameSource({ ...citation, quote: "words that stand nowhere" }) ?? "";
    expect(named).toMatch(/^[0-9a-z]+\.\./);
    const place = own.source(named, citation.number);
    expect(place).toMatchObject({ quoted: citation.number, sources: [{ file: citation.file, lines: citation.lines }] });
    expect(place?.text).not.toBe("");
  }
});

test("every reply with citations has one button for all its sources, and what that shows fits", () => {
  for (const reply of replies) {
    if (!("citations" in reply) || reply.citations.length === 0) continue;
    const labelled = buttonsOf(message.parse(renderReply(reply, view))).filter(({ label }) => /^\d source/.test(label));
    expect(labelled).toHaveLength(1);
    const press = readPress(labelled[0]?.custom_id ?? "");
    const card = press?.kind === "sources" ? renderSourcesOf(press.names, view) : null;
    expect(brokenLimits(card)).toEqual([]);
    const seen = textsOf(message.parse(card)).join("\n").replace(/\\/g, "");
    for (const { number, quote, title } of reply.citations) {
      expect(seen).toContain(`[${number}] “${quote}”`);
      expect(seen).toContain(title.slice(0, 70));
    }
  }
});

test("every statement of a reply is found again, with sources", () => {
  for (const reply of replies)
    for (const statement of statementsOf(reply)) {
      const place = places.place(places.nameStatement(statement, "citations" in reply ? reply.citations : []) ?? "");
      expect([statement.text, statement.text.replace(/^(?:Yes|No)\. /, "")]).toContain(place?.text);
      expect(place?.sources.length).toBeGreaterThan(0);
    }
});

test("no reply of the built-in corpus needs to be cut", () => {
  for (const reply of replies) {
    const wire = message.parse(renderReply(reply, view));
    expect(brokenLimits(wire)).toEqual([]);
    expect(buttonsOf(wire).map(({ label }) => label)).not.toContain("More");
  }
});

test("what stands behind More is shown a page at a time, until all was shown", () => {
  const names = Array.from({ length: 40 }, (_, number) => number.toString(36));
  const wanted = names.flatMap((name) => places.place(name)?.text ?? []);
  let waiting = writeShows(names, places);
  let shown = "";
  for (let page = 0; waiting.length > 0 && page < 20; page++) {
    const [next = "", ...others] = waiting;
    const press = readPress(next);
    const card = press?.kind === "show" ? renderPlaces(press.names, view) : null;
    const wire = message.parse(card);
    expect(brokenLimits(wire)).toEqual([]);
    shown += textsOf(wire).join("\n");
    waiting = [...buttonsOf(wire).map(({ custom_id }) => custom_id), ...others];
  }
  expect(waiting).toEqual([]);
  for (const text of wanted) expect(shown.replace(/\\/g, "")).toContain(text);
});

test("an example question is sent by its words, or by name where they are too many", () => {
  const asked = engine.corpus.faq.topics.flatMap(({ statements }) =>
    statements.flatMap((statement) => statement.examples),
  );
  for (const { question } of asked) {
    const press = readPress(writeQuestion(question, places) ?? "");
    const found =
      press?.kind === "ask" ? press.question : press?.kind === "example" ? places.example(press.name) : null;
    expect(found).toBe(question);
  }
  expect(asked.some(({ question }) => question.length > CUSTOM_ID_LENGTH_MAX)).toBe(true);
});

test("choices are within Discord's limits, and each stands for its question", async () => {
  const choices = createChoices(engine, places);
  for (const typed of ["", "is", "container", "why do", "kvm docker", "x".repeat(6000)])
    for (const list of [choices.questions(typed), choices.topics(typed)]) {
      expect(list.length).toBeLessThanOrEqual(25);
      for (const { name, value } of list) {
        expect(name.length).toBeGreaterThan(0);
        expect(Math.max(name.length, value.length)).toBeLessThanOrEqual(100);
      }
    }
  for (const { value } of choices.questions("the"))
    expect((await engine.answer(choices.questionOf(value) ?? "")).kind).not.toBe("unknown");
  expect(choices.questionOf("1:example:ffffffffffff:1")).toBeNull();
  expect(choices.questionOf("1:ask:free text")).toBe("1:ask:free text");
});

test("the sources fit, however many there are", () => {
  const [document] = engine.corpus.documents;
  if (document === undefined) throw new Error("the corpus is empty");
  const documents = Array.from({ length: 300 }, () => document);
  const card = renderSources({ ...engine.corpus, documents });
  expect(fits(card)).toBe(true);
  expect(JSON.stringify(card)).toMatch(/and \d+ others/);
});

describe("a custom_id", () => {
  test("is read as it was written", () => {
    const ask = anyText
      .map((question) => ({ kind: "ask" as const, question: question.trim() }))
      .filter(({ question }) => question !== "");
    fc.assert(
      fc.property(ask, (press) => {
        const written = writePress(press);
        if (written !== null) expect(readPress(written)).toEqual(press);
        else expect(press.question.length).toBeGreaterThan(90);
      }),
    );
  });
  test("of any text is read or refused, but never throws", () => {
    const parts = fc.array(
      fc.oneof(
        anyText,
        fc.constantFrom("1", "ask", "show", "sources", "vote", "example", "up", "10247fd30277", "0.1.1"),
      ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(parts, (list) => {
        const press = readPress(list.join(":"));
        if (press?.kind === "show") for (const name of press.names) places.place(name);
        if (press?.kind === "sources") for (const name of press.names) places.source(name, 1);
        if (press?.kind === "example") places.example(press.name);
      }),
    );
  });
});

test("a folder without topics offers its headings and tables, and each choice is answered", async () => {
  const handbook = await openEngine(resolve(import.meta.dirname, "../../handbook"));
  const choices = createChoices(handbook, createPlaces(handbook));
  const headings = choices.questions("backup");
  expect(headings.length).toBeGreaterThan(0);
  for (const { value } of [...headings, ...choices.questions("")])
    expect(["answer", "comparison"]).toContain((await handbook.answer(choices.questionOf(value) ?? "")).kind);
  for (const { value } of choices.topics(""))
    expect((await handbook.compare(choices.questionOf(value) ?? "")).kind).toBe("comparison");
});
