// A whole adapter, as small as one can be: a chat posts each message here as JSON, and the reply is posted to its hook.

import { createServer, type Server } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { createAttend } from "../../../adapters/shared/attend.ts";
import { joinPlace, linesOf, marksOf } from "../../../adapters/shared/citation-text.ts";
import { Desk, type DeskOptions, type Inquiry } from "../../../adapters/shared/desk.ts";
import type { Log } from "../../../adapters/shared/log.ts";
import { clean } from "../../../adapters/shared/one-line.ts";
import { readingLine } from "../../../adapters/shared/reading-line.ts";
import { NOTICE, SOURCES_DIFFER } from "../../../adapters/shared/wording.ts";
import type { CitedStatement, Reply } from "../../../src/reply.ts";

/** 1. Inbound: what the chat posts, and nothing else; unknown keys are left out. */
const event = z.object({
  ...{ id: z.string(), person: z.string(), thread: z.string(), text: z.string() },
  kind: z.enum(["ask", "compare"]).default("ask"),
});

/** Bytes; what does not say its length may be endless. */
const BODY_MAX = 100_000;

/** The hook said no, so nothing was posted: a further delivery may try again. */
class Refused extends Error {}

async function post(hook: string, thread: string, text: string): Promise<null> {
  const { ok, status } = await fetch(hook, { method: "POST", body: JSON.stringify({ thread, text }) });
  if (ok) return null;
  throw status < 500 ? new Refused(`the hook refused with ${status}`) : new Error(`the hook failed with ${status}`);
}

/** 2. Render: a pure function; every text through `clean`, the shared words around it. */
export function render(reply: Reply): string {
  const say = (said: CitedStatement | null): string[] =>
    said === null ? [] : [`${clean(said.text)} ${marksOf(said)}`];
  const lines = "verdict" in reply ? say(reply.verdict) : [`? ${"text" in reply ? clean(reply.text) : ""}`];
  const passages = reply.kind === "leads" ? reply.passages : "passage" in reply && reply.passage ? [reply.passage] : [];
  for (const { parts } of passages)
    lines.push(...parts.map((part) => clean(part.kind === "row" ? part.cells.join(" | ") : part.text)));
  if ("support" in reply) lines.push(...reply.support.flatMap(say));
  if ("rows" in reply)
    for (const { aspect, cells } of reply.rows) lines.push(`${clean(aspect)}:`, ...cells.flatMap(say));
  if ("disagreement" in reply && reply.disagreement !== null)
    lines.push(`${SOURCES_DIFFER} ${clean(reply.disagreement.text)}`, ...reply.disagreement.sides.flatMap(say));
  if ("citations" in reply)
    for (const { number, title, section, lines: at, quote } of reply.citations)
      lines.push(`[${number}] ${joinPlace(clean(title), clean(section))}, ${linesOf(at)}: “${clean(quote)}”`);
  if ("options" in reply) lines.push(...reply.options.map(({ question }) => `- ${clean(question)}`));
  return [...lines, readingLine(reply, new Map(), clean)].filter((line) => line !== "").join("\n");
}

/** 3. Wiring: each event claimed, limited, answered and remembered by the desk; one catch tells what went wrong. */
export function createWebhook(hook: string, log: Log, options: Omit<DeskOptions, "isRefusal">): Server {
  const isRefusal = (error: unknown): boolean => error instanceof Refused;
  const desk = new Desk({ ...options, isRefusal });
  const attend = createAttend({ platform: "webhook", log, explain: (error) => ({ reason: String(error) }), isRefusal });
  return createServer(async (request, response) => {
    const isBounded = Number(request.headers["content-length"] ?? Number.NaN) <= BODY_MAX;
    const read = event.safeParse(isBounded ? await json(request).catch(() => null) : null);
    // The chat hears at once that its message has arrived; the reply takes its own way.
    response.writeHead(read.success ? 202 : 400).end();
    if (!read.success) return;
    const { id, person, thread, kind, text } = read.data;
    const inquiry: Inquiry = {
      ...{ entry: "message", claims: [id], person, isQuiet: false },
      wish: kind === "ask" ? { kind, question: text } : { kind, topic: text },
      keys: { recalls: thread, remembers: [thread], begins: null },
      outlet: {
        post: ({ reply }) => post(hook, thread, render(reply)),
        holdOff: async (retryAfterMs) => void (await post(hook, thread, NOTICE.limited(retryAfterMs))),
      },
    };
    const apologise = async (): Promise<void> => void (await post(hook, thread, NOTICE.failed));
    await attend("message", () => desk.answer(inquiry), apologise);
  });
}
