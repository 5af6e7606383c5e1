// Escapes foreign text for Slack's mrkdwn: nothing but our own markup formats, links or notifies anybody.

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

/** A line of foreign code between fences: nothing in it ends them, links or notifies. */
export const code = (line: string): string =>
  withoutPings(line)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/`(?=`)/g, `\`${JOINER}`);

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

/** U+2060 is invisible and has no width. */
const JOINER = "\u2060";
const URL_LENGTH_MAX = 500;

const withoutPings = (text: string): string => text.replace(/@(?=here\b|channel\b|everyone\b)/gi, `@${JOINER}`);
