// Reads Slack's text as people do: in words, and whom it addresses.

import { z } from "zod";
import { AUXILIARIES, CONNECTIVES, oneOf, QUESTION_WORDS } from "../../src/text/words.ts";

/**
 * What a person wrote, in words: Slack's markup and emoji read away, its escapes undone.
 * https://docs.slack.dev/messaging/formatting-message-text/
 * @param bot id of the bot's user, whose mention says only that it is addressed
 */
export const readMessage = (text: string, bot: string | null = null): string =>
  text
    .split(CODE)
    .map((part, at) => (at % 2 === 1 ? unescaped(part) : readWords(part, bot)))
    .join("")
    .trim();

/** Code between its fences or backticks: nothing in it is read as anything else. */
const CODE = /(```[\s\S]*?```|`[^`\n]+`)/;

const readWords = (text: string, bot: string | null): string =>
  unescaped(
    text
      .replace(/[^\S\n]*<@([A-Z0-9]+)(?:\|([^<>]*))?>(?=([\s,.;:!?]?))/g, (_, id: string, name = "", stop: string) =>
        id === bot || name === "" ? " ".slice(stop.length) : ` ${name}`,
      )
      .replace(/<#[A-Z0-9]+\|([^<>]*)>/g, "#$1")
      .replace(/<!(?:subteam|date)\^[^<>|]*\|([^<>]*)>/g, "$1")
      .replace(/<(?:#[A-Z0-9]+|![^<>]*)>/g, " ")
      .replace(/<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>/g, "$1")
      .replace(/<((?:https?|mailto|tel):[^<>|]*)>/g, "$1")
      .replace(/[^\S\n]?(?<![\w:]):(?:[a-z][\w+-]*|[+-]1|100):(?::skin-tone-\d:)?(?![\w:])/g, ""),
  );

/** Links are marked in code too. */
const unescaped = (text: string): string =>
  text
    .replace(/<((?:https?|mailto|tel):[^<>|]*)(?:\|([^<>]*))?>/g, (_, url: string, label?: string) => label ?? url)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** Whether a message mentions the bot. */
export const addresses = (text: string, bot: string): boolean =>
  text.includes(`<@${bot}>`) || text.includes(`<@${bot}|`);

/** Whether a message addresses somebody other than the bot. */
export const addressesOthers = (text: string, bot: string): boolean =>
  [...text.matchAll(/<(?:@([A-Z0-9]+)|!(?:here|channel|everyone|subteam))/g)].some(([, id]) => id !== bot);

/** Whether what was written asks something, of whomever: by its mark, or by how it opens. */
export const asks = (text: string): boolean => text.includes("?") || OPENS_AS_QUESTION.test(text);

const OPENS_AS_QUESTION = new RegExp(
  String.raw`^(?:${oneOf(CONNECTIVES)}[\s,]+)*${oneOf([...QUESTION_WORDS, ...AUXILIARIES])}\b`,
  "i",
);

/** All texts of a tree of blocks, in order. */
export function textsIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(textsIn);
  if (typeof tree !== "object" || tree === null) return [];
  const { type, text: said, user_id, url } = blockPart.parse(tree);
  if (type === "user" && user_id !== undefined) return [`<@${user_id}>`];
  if (type === "link" && typeof said !== "string") return url === undefined ? [] : [url];
  return typeof said === "string" ? [said] : Object.values(tree).flatMap(textsIn);
}

const blockPart = z.object({
  ...{ type: z.unknown().optional(), text: z.unknown().optional() },
  ...{ user_id: z.string().optional().catch(undefined), url: z.string().optional().catch(undefined) },
});
