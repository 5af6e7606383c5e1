// Text to and from Slack's mrkdwn: nothing that isn't our own markup formats, links or notifies anybody.

import { AUXILIARIES, CONNECTIVES, oneOf, QUESTION_WORDS } from "../../src/text/words.ts";
import { pageAddress } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";

/**
 * Foreign text as mrkdwn that shows what it says. Slack's three escapes, and an invisible joiner that keeps
 * formatting marks at a word's edge and a bare "@here" from being read: https://docs.slack.dev/messaging/formatting-message-text/
 */
export const mrkdwn = (text: string): string =>
  withoutPings(clean(text))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu, `${JOINER}$&${JOINER}`);

/** Foreign text for a `plain_text` or `raw_text` object, where Slack's documentation leaves open who escapes. */
export const plain = (text: string): string => withoutPings(clean(text)).replaceAll("<", "‹").replaceAll(">", "›");

/** A link to a page of the web; the label alone where the address is none. */
export function link(url: string | null, label: string): string {
  const address = pageAddress(url);
  if (address === null) return mrkdwn(label);
  // "|" and ">" would end the address early.
  const safe = address.replaceAll("&", "&amp;").replace(/[<>|]/g, encodeURIComponent);
  return safe.length > URL_LENGTH_MAX ? mrkdwn(label) : `<${safe}|${mrkdwn(label)}>`;
}

/**
 * What a person wrote, as they see it: Slack's markup read away, its escapes undone.
 * @param bot id of the bot's user, whose mention says only that it is addressed
 */
export const readMessage = (text: string, bot: string | null = null): string =>
  text
    .replace(/[^\S\n]*<@([A-Z0-9]+)(?:\|([^<>]*))?>(?=([\s,.;:!?]?))/g, (_, id: string, name = "", stop: string) =>
      id === bot || name === "" ? " ".slice(stop.length) : ` ${name}`,
    )
    .replace(/<#[A-Z0-9]+\|([^<>]*)>/g, "#$1")
    .replace(/<!(?:subteam|date)\^[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<(?:#[A-Z0-9]+|![^<>]*)>/g, " ")
    .replace(/<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<((?:https?|mailto|tel):[^<>|]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();

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

/** U+2060 is invisible and has no width. */
const JOINER = "\u2060";
const URL_LENGTH_MAX = 500;

const withoutPings = (text: string): string => text.replace(/@(?=here\b|channel\b|everyone\b)/gi, `@${JOINER}`);
