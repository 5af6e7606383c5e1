// Writes what a button means into its id and value, and reads it back, trusting nothing in it.

import { createHash } from "node:crypto";
import { z } from "zod";
import { QUESTION_LENGTH_MAX } from "../../src/question/parse.ts";
import type { Reply } from "../../src/reply.ts";
import { VOTE_REASONS, type VoteReason } from "../shared/memory.ts";
import { type Button, button } from "./layout.ts";
import { VALUE_LENGTH_MAX } from "./limits.ts";

/** What a reply was the answer to: enough to give it again, byte for byte, as long as the corpus is the same. */
export type Asked =
  | { readonly kind: "ask"; readonly question: string; readonly after: readonly string[] }
  | { readonly kind: "compare"; readonly topic: string };

/** A button that was pressed. */
export type Pressed =
  | { readonly kind: "ask"; readonly asked: Asked }
  | { readonly kind: "show"; readonly what: "quotes" | "rest"; readonly page: number; readonly of: Shown }
  | { readonly kind: "share"; readonly of: Shown }
  | ({ readonly kind: "vote"; readonly value: "up" | "down" } & VotedOn)
  /** Why it was voted down; `message` is the key of what was. */
  | ({ readonly kind: "why"; readonly reason: VoteReason; readonly message: string } & InThread & VotedOn)
  /** To be told when it is answered. */
  | ({ readonly kind: "hear"; readonly receipt: string } & InThread)
  /** None of the options was meant. */
  | { readonly kind: "none"; readonly receipt: string }
  | { readonly kind: "human" };

/** The thread of the reply that a notice is about, where others see it too. */
interface InThread {
  readonly thread?: string | undefined;
}

interface VotedOn {
  readonly topic: string | null;
  readonly receipt?: string | undefined;
}

/** A reply that was given. */
export interface Shown {
  readonly asked: Asked;
  /** Of the reply as it was. */
  readonly mark: string;
}

/** A question and its thread, bounded so that every button can carry them; the mark tells where that changed the reply. */
export function askedOf(question: string, after: readonly string[] = []): Asked {
  // One character more than is read, so that the reply still says that it was cut.
  const asked: Asked = {
    kind: "ask",
    question: fitting(Array.from(question).slice(0, QUESTION_LENGTH_MAX + 1)),
    after,
  };
  const carried = after.filter((_, at) => lengthOf({ ...asked, after: after.slice(at) }) <= ASKED_LENGTH_MAX);
  return { ...asked, after: carried };
}

/** Ids of the buttons; a number after the colon keeps them apart within a message. */
export const BUTTON = {
  ask: "ask",
  show: "show",
  share: "share",
  vote: "vote",
  why: "why",
  hear: "hear",
  none: "none",
  human: "human",
} as const;
/** Of the menu of topics, whose choices are the topics themselves. */
export const TOPIC_MENU = "topic";

/** A short mark of a reply: the same one is the same reply. */
export const markOf = (reply: Reply): string =>
  createHash("sha256").update(JSON.stringify(reply)).digest("hex").slice(0, 12);

/** A press as a button's value; null where it doesn't fit one, so that there can be no such button. */
export function writeButton(pressed: Pressed): string | null {
  const json = write(pressed);
  return json.length <= VALUE_LENGTH_MAX ? json : null;
}

/** Reads a button back; null for one of an earlier version, or of nobody's. */
export function readButton(id: string, value: string): Pressed | null {
  const [kind] = id.split(":");
  if (kind === TOPIC_MENU) return value === "" ? null : { kind: "ask", asked: { kind: "compare", topic: value } };
  const read = pressed.safeParse(parseJson(value));
  return read.success && read.data.kind === kind ? read.data : null;
}

/** A button that asks; none where the question is longer than a button can carry. */
export function pressable(at: number, text: string, asked: Asked, label?: string): Button[] {
  const value = writeButton({ kind: "ask", asked });
  return value === null ? [] : [button(`${BUTTON.ask}:${at}`, text, value, label)];
}

/** JSON with nothing in it that looks like markup, even where nobody reads it as such. */
const write = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&@\x7F-\x9F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const lengthOf = (value: unknown): number => write(value).length;
/** Leaves room for what a button says besides. */
const ASKED_LENGTH_MAX = VALUE_LENGTH_MAX - 200;

function fitting(characters: readonly string[]): string {
  let length = 0;
  const kept = characters.findIndex((character) => {
    length += lengthOf(character) - 2;
    return length > ASKED_LENGTH_MAX - 100;
  });
  return characters.slice(0, kept < 0 ? characters.length : kept).join("");
}

const text = z.string().max(VALUE_LENGTH_MAX);
const asked: z.ZodType<Asked> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ask"), question: text, after: z.array(text).max(10) }),
  z.object({ kind: z.literal("compare"), topic: text }),
]);
const shown = z.object({ asked, mark: z.string().regex(/^[0-9a-f]{12}$/) });
const receipt = z.string().regex(/^[0-9a-f]{12}$/);
const thread = z
  .string()
  .regex(/^\d+\.\d+$/)
  .optional();
const votedOn = { topic: z.string().max(100).nullable(), receipt: receipt.optional() };
const pressed: z.ZodType<Pressed> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal(BUTTON.ask), asked }),
  z.object({
    kind: z.literal(BUTTON.show),
    what: z.enum(["quotes", "rest"]),
    page: z.number().int().min(0).max(100),
    of: shown,
  }),
  z.object({ kind: z.literal(BUTTON.share), of: shown }),
  z.object({ kind: z.literal(BUTTON.vote), value: z.enum(["up", "down"]), ...votedOn }),
  z.object({ kind: z.literal(BUTTON.why), reason: z.enum(VOTE_REASONS), message: text, thread, ...votedOn }),
  z.object({ kind: z.literal(BUTTON.hear), receipt, thread }),
  z.object({ kind: z.literal(BUTTON.none), receipt }),
  z.object({ kind: z.literal(BUTTON.human) }),
]);

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
