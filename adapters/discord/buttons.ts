// Writes what a button means into its custom_id and reads it back, so that a restart breaks no button.

import { z } from "zod";
import type { Citation } from "../../src/reply.ts";
import { VOTE_REASONS, type VoteReason } from "../shared/memory.ts";
import { CUSTOM_ID_LENGTH_MAX } from "./limits.ts";
import type { Places } from "./places.ts";

export type Press =
  | { readonly kind: "ask"; readonly question: string }
  /** An example question too long to be written out. */
  | { readonly kind: "example"; readonly corpus: string; readonly name: string }
  | { readonly kind: "show"; readonly corpus: string; readonly names: readonly string[] }
  /** The citations of a reply, in the order of their numbers. */
  | { readonly kind: "sources"; readonly corpus: string; readonly names: readonly string[] }
  /** Shows a hidden reply to all. */
  | { readonly kind: "share" }
  | ({ readonly kind: "vote"; readonly value: "up" | "down" } & VotedOn)
  /** Why it was voted down. */
  | ({ readonly kind: "why"; readonly reason: VoteReason; readonly of: Told } & VotedOn)
  /** To be told when it is answered; null is the message that holds the button. */
  | { readonly kind: "hear"; readonly receipt: string; readonly of: Told | null }
  /** None of the options was meant. */
  | { readonly kind: "none"; readonly receipt: string };

interface VotedOn {
  readonly topic: string | null;
  readonly receipt?: string;
}

/** A message that a notice is about, and whether only one person sees it. */
export interface Told {
  readonly message: string;
  readonly isHidden: boolean;
}

/** Raised whenever a meaning changes: a button of an older version is told to be expired. */
const VERSION = "1";

/** The same as `writePress`, without its topic where that would be too long. */
export const writeVote = (press: Extract<Press, { readonly kind: "vote" | "why" }>): string | null =>
  writePress(press) ?? writePress({ ...press, topic: null });

/** The custom_id, or null where it would be too long. */
export function writePress(press: Press): string | null {
  const written = [VERSION, ...partsOf(press)].join(":");
  return written.length <= CUSTOM_ID_LENGTH_MAX ? written : null;
}

function partsOf(press: Press): readonly string[] {
  switch (press.kind) {
    case "ask":
      return ["ask", press.question];
    case "example":
      return ["example", press.corpus, press.name];
    case "show":
    case "sources":
      return [press.kind, press.corpus, press.names.join(",")];
    case "share":
      return ["share"];
    case "vote":
      return ["vote", press.value, press.topic ?? "", ...(press.receipt === undefined ? [] : [press.receipt])];
    case "why":
      return ["why", press.reason, ...toldParts(press.of), press.receipt ?? "", press.topic ?? ""];
    case "hear":
      return ["hear", press.receipt, ...(press.of === null ? [] : toldParts(press.of))];
    case "none":
      return ["none", press.receipt];
  }
}

const toldParts = ({ message, isHidden }: Told): readonly string[] => [message, isHidden ? "hidden" : "shown"];

const receipt = z.string().regex(/^[0-9a-f]{12}$/);
const perhaps = z.union([z.literal("").transform(() => null), receipt]);
const topic = z
  .string()
  .regex(/^[a-z0-9-]*$/)
  .transform((id) => (id === "" ? null : id));
const told = [z.string().regex(/^\d{1,21}$/), z.enum(["hidden", "shown"])] as const;
const isHidden = (how: "hidden" | "shown"): boolean => how === "hidden";
const named = (of: string | null) => (of === null ? {} : { receipt: of });
const corpus = z.string().regex(/^[0-9a-f]{12}$/);
const name = z.string().regex(/^[0-9a-z.]+$/);
const pressParts = z.union([
  z.tuple([z.literal(VERSION), z.literal("share")]).transform(([, kind]): Press => ({ kind })),
  z
    .tuple([z.literal(VERSION), z.literal("ask"), z.string().trim().min(1)])
    .transform(([, kind, question]): Press => ({ kind, question })),
  z
    .tuple([z.literal(VERSION), z.literal("example"), corpus, name])
    .transform(([, kind, hash, of]): Press => ({ kind, corpus: hash, name: of })),
  z
    .tuple([
      z.literal(VERSION),
      z.enum(["show", "sources"]),
      corpus,
      z
        .string()
        .transform((list) => list.split(","))
        .pipe(z.array(name).min(1)),
    ])
    .transform(([, kind, hash, names]): Press => ({ kind, corpus: hash, names })),
  z
    .tuple([z.literal(VERSION), z.literal("vote"), z.enum(["up", "down"]), topic, perhaps.default(null)])
    .transform(([, kind, value, about, of]): Press => ({ kind, value, topic: about, ...named(of) })),
  z
    .tuple([z.literal(VERSION), z.literal("why"), z.enum(VOTE_REASONS), ...told, perhaps, topic])
    .transform(([, kind, reason, message, how, of, about]): Press => {
      return { kind, reason, of: { message, isHidden: isHidden(how) }, topic: about, ...named(of) };
    }),
  z
    .tuple([z.literal(VERSION), z.literal("hear"), receipt])
    .transform(([, kind, of]): Press => ({ kind, receipt: of, of: null })),
  z.tuple([z.literal(VERSION), z.literal("hear"), receipt, ...told]).transform(([, kind, of, message, how]): Press => {
    return { kind, receipt: of, of: { message, isHidden: isHidden(how) } };
  }),
  z.tuple([z.literal(VERSION), z.literal("none"), receipt]).transform(([, kind, of]): Press => ({ kind, receipt: of })),
]);

/** Null for a custom_id that is forged, or of another version. */
export function readPress(customId: string): Press | null {
  if (customId.length > CUSTOM_ID_LENGTH_MAX) return null;
  const [version = "", kind = "", ...rest] = customId.split(":");
  // A question may hold colons.
  const parts = kind === "ask" ? [version, kind, rest.join(":")] : [version, kind, ...rest];
  return pressParts.safeParse(parts).data ?? null;
}

/** The custom_id that asks a question: by its words where they fit, else by its name; null where it has none. */
export function writeQuestion(question: string, places: Places): string | null {
  const asked = writePress({ kind: "ask", question });
  if (asked !== null) return asked;
  const named = places.nameExample(question);
  return named === null ? null : writePress({ kind: "example", corpus: places.hash, name: named });
}

/** The custom_id that shows the sources of these citations, numbered from 1; null where they are too many or too long. */
export function writeSources(citations: readonly Citation[], places: Places): string | null {
  const names = citations.flatMap((citation) => places.nameSource(citation) ?? []);
  const isWhole = names.length === citations.length && citations.every(({ number }, at) => number === at + 1);
  return isWhole && names.length > 0 ? writePress({ kind: "sources", corpus: places.hash, names }) : null;
}

/** As many custom_ids as it takes to show all these places; names too long for any are left out. */
export function writeShows(names: readonly string[], { hash }: Places): string[] {
  const write = (some: readonly string[]): string | null => writePress({ kind: "show", corpus: hash, names: some });
  const groups: string[][] = [];
  for (const one of names) {
    const last = groups.at(-1);
    if (last !== undefined && write([...last, one]) !== null) last.push(one);
    else if (write([one]) !== null) groups.push([one]);
  }
  return groups.flatMap((group) => write(group) ?? []);
}

/** What the custom_id of a menu of settings begins with. */
export const SETTING_MENU = "setting:";

/** The setting that a menu is for; null for a menu of anything else. */
export const settingOfMenu = (customId: string): string | null =>
  customId.startsWith(SETTING_MENU) ? customId.slice(SETTING_MENU.length) : null;
