// What was replied to what is kept of it, so that a person's word on it finds its question: scrubbed, under a receipt.

import { createHash } from "node:crypto";
import type { Reply } from "../../../src/reply.ts";
import type { Answered } from "../log.ts";
import type { MissKind, Replied } from "../state/store.ts";
import { scrub } from "./scrub.ts";

const RECEIPT_LENGTH = 12;

/**
 * Names a reply in its buttons; the same for each attempt at it.
 * @param event tells what was asked from everything else that is delivered
 */
export const receiptOf = (event: string): string => hashOf(`receipt:${event}`);

/** Equal for replies that say the same, wherever it stands by now. */
export const substanceOf = (reply: Reply): string => hashOf(JSON.stringify(saidBy(reply)));

/** Whether a reply answers what another one did not, or not well. */
export const mends = (reply: Reply, before: string): boolean =>
  (reply.kind === "answer" || reply.kind === "comparison") && substanceOf(reply) !== before;

/**
 * What is kept of a reply; null for one that nobody can say to have helped.
 * @param keepsWords whether the question is kept with it
 */
export function repliedOf(
  platform: string,
  { reply, receipt, person, workspace = "", question, after = [] }: Answered,
  keepsWords: boolean,
): Replied | null {
  if (receipt === undefined || receipt === null || reply.kind === "help") return null;
  return {
    ...{ receipt, platform, workspace, person, kind: reply.kind, topic: reply.reading.topic },
    question: keepsWords ? scrub(question) : null,
    after: keepsWords ? after.map(scrub) : [],
    reason: reply.kind === "unknown" ? reply.reason : null,
    documents: documentsOf(reply),
    substance: substanceOf(reply),
    missed: missedBy(reply),
  };
}

/** Ids of what a reply cites, in the order of first use. */
export const documentsOf = (reply: Reply): readonly string[] => [
  ...new Set("citations" in reply ? reply.citations.map(({ document }) => document) : []),
];

/** Nothing that an operator writes answers in another language, or mends a search that failed. */
const MENDABLE: ReadonlySet<string> = new Set(["off-topic", "not-in-documents", "unclear"]);

function missedBy(reply: Reply): MissKind | null {
  if (reply.kind === "leads") return "leads";
  return reply.kind === "unknown" && MENDABLE.has(reply.reason) ? "unknown" : null;
}

function saidBy(reply: Reply): unknown {
  switch (reply.kind) {
    case "answer":
      return [reply.kind, reply.verdict.text, reply.support.map(({ text }) => text), reply.passage?.parts ?? []];
    case "comparison":
      return [reply.kind, reply.title, reply.verdict?.text ?? "", reply.rows.map(({ aspect }) => aspect)];
    case "leads":
      return [reply.kind, reply.passages.map(({ parts }) => parts)];
    case "clarify":
      return [reply.kind, reply.options.map(({ question }) => question)];
    case "unknown":
      return [reply.kind, reply.reason];
    case "help":
      return [reply.kind];
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, RECEIPT_LENGTH);
