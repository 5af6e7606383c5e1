// A judge of Slack payloads: what in one Slack would refuse, and what in it would notify somebody.

import { z } from "zod";
import * as limit from "../../../adapters/slack/limits.ts";

/** Limits that no message of ours comes near. Source: https://docs.slack.dev/reference/block-kit/blocks/ */
const CONTEXT_ELEMENTS_MAX = 10;
const ID_LENGTH_MAX = 255;

type Tree = Readonly<Record<string, unknown>>;

/** A line for each limit that the arguments of a message break. */
export function brokenLimits(payload: unknown): string[] {
  const { text, blocks } = z
    .object({ text: z.string(), blocks: z.array(z.looseObject({ type: z.string() })) })
    .parse(payload);
  const broken: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what);
  };
  check(text.trim() !== "", "the fallback text is empty");
  check(Buffer.byteLength(text) <= limit.FALLBACK_BYTES_MAX, `the fallback text has ${Buffer.byteLength(text)} bytes`);
  check(blocks.length > 0 && blocks.length <= limit.BLOCKS_MAX, `${blocks.length} blocks`);
  check(JSON.stringify(blocks).length <= limit.MESSAGE_LENGTH_MAX, `${JSON.stringify(blocks).length} characters`);
  const tables = blocks.filter(({ type }) => type === "table" || type === "data_table");
  check(tables.length <= 1, `${tables.length} tables`);
  for (const block of blocks) broken.push(...brokenInBlock(block));
  const trees = everywhere(blocks);
  for (const key of ["action_id", "block_id"] as const) {
    const ids = trees.flatMap((tree) => (typeof tree[key] === "string" ? [tree[key]] : []));
    check(new Set(ids).size === ids.length, `${key} twice: ${ids.join(", ")}`);
    for (const id of ids) check(id.length > 0 && id.length <= ID_LENGTH_MAX, `${key} of ${id.length} characters`);
  }
  return broken;
}

function brokenInBlock(block: Tree): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) broken.push(`${String(block.type)}: ${what}`);
  };
  const within = (text: unknown, max: number, what: string): void =>
    check(
      typeof text === "string" && text.length > 0 && text.length <= max,
      `${what} of ${String(text).length} characters`,
    );
  const elements = z
    .array(z.looseObject({ type: z.string() }))
    .catch([])
    .parse(block.elements);
  const textOf = (tree: unknown): unknown => z.looseObject({ text: z.unknown() }).parse(tree).text;
  switch (block.type) {
    case "section":
      within(textOf(block.text), limit.TEXT_LENGTH_MAX, "text");
      break;
    case "header":
      within(textOf(block.text), limit.HEADER_LENGTH_MAX, "text");
      break;
    case "context":
      check(elements.length > 0 && elements.length <= CONTEXT_ELEMENTS_MAX, `${elements.length} elements`);
      for (const element of elements) within(element.text, limit.TEXT_LENGTH_MAX, "text");
      break;
    case "actions":
      check(elements.length > 0 && elements.length <= limit.ACTIONS_MAX, `${elements.length} elements`);
      for (const element of elements.filter(({ type }) => type === "static_select")) {
        const options = z.array(z.object({ text: z.unknown(), value: z.string() })).parse(element.options);
        check(options.length > 0 && options.length <= limit.OPTIONS_MAX, `${options.length} options`);
        for (const option of options) {
          within(textOf(option.text), limit.BUTTON_LENGTH_MAX, "option text");
          within(option.value, limit.OPTION_VALUE_LENGTH_MAX, "option value");
        }
      }
      for (const element of elements.filter(({ type }) => type !== "static_select")) {
        within(textOf(element.text), limit.BUTTON_LENGTH_MAX, "button text");
        within(element.value, limit.VALUE_LENGTH_MAX, "value");
        if (element.accessibility_label !== undefined)
          within(element.accessibility_label, limit.BUTTON_LENGTH_MAX, "label");
      }
      break;
    case "context_actions":
      check(elements.length > 0 && elements.length <= 5, `${elements.length} elements`);
      for (const side of elements.flatMap(({ positive_button, negative_button }) => [
        positive_button,
        negative_button,
      ])) {
        const face = z.looseObject({ value: z.string(), text: z.unknown() }).parse(side);
        within(face.value, limit.VALUE_LENGTH_MAX, "value");
        within(textOf(face.text), limit.BUTTON_LENGTH_MAX, "button text");
      }
      break;
    case "table":
    case "data_table": {
      const rows = z
        .array(z.array(z.union([z.object({ type: z.literal("raw_text"), text: z.string().min(1) }), RICH_TEXT])))
        .parse(block.rows);
      const texts = rows.flat().map((cell) => (cell.type === "raw_text" ? cell.text : textsIn(cell)));
      const characters = texts.join("").length;
      check(characters <= limit.TABLE_LENGTH_MAX, `${characters} characters`);
      check(rows.length >= 2 && rows.length <= limit.TABLE_ROWS_MAX, `${rows.length} rows`);
      check(new Set(rows.map(({ length }) => length)).size === 1, "rows of different length");
      check((rows[0]?.length ?? 0) <= limit.TABLE_COLUMNS_MAX, `${rows[0]?.length} columns`);
      if (block.type === "data_table") check(typeof block.caption === "string" && block.caption !== "", "no caption");
      break;
    }
    case "rich_text":
      check(RICH_TEXT.safeParse(block).success, `no rich text: ${JSON.stringify(block).slice(0, 200)}`);
      break;
    case "divider":
      break;
    default:
      check(false, "a block of a kind that is not ours");
  }
  return broken;
}

/** Rich text as it is documented, as far as anything here may use it: nobody is mentioned in it. */
const INLINE = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("text"),
    text: z.string().min(1),
    style: z.record(z.string(), z.literal(true)).optional(),
  }),
  z.strictObject({
    type: z.literal("link"),
    url: z.url({ protocol: /^https?$/ }),
    text: z.string().min(1),
    style: z.record(z.string(), z.literal(true)).optional(),
  }),
]);
const SECTION = z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(INLINE).min(1) });
const RICH_TEXT = z.object({
  type: z.literal("rich_text"),
  elements: z
    .array(
      z.discriminatedUnion("type", [
        SECTION,
        z.strictObject({
          type: z.literal("rich_text_list"),
          style: z.enum(["bullet", "ordered"]),
          indent: z.int().min(0).max(8),
          offset: z.int().min(1).optional(),
          elements: z.array(SECTION).min(1),
        }),
        z.strictObject({ type: z.literal("rich_text_quote"), elements: z.array(INLINE).min(1) }),
        z.strictObject({ type: z.literal("rich_text_preformatted"), elements: z.array(INLINE).min(1) }),
      ]),
    )
    .min(1),
});

const textsIn = (tree: unknown): string =>
  everywhere(tree)
    .flatMap(({ text }) => (typeof text === "string" ? [text] : []))
    .join("");

/** A line for whatever would notify somebody, link where no source is, or let something unfurl. */
export function dangers(payload: unknown, urls: readonly string[] = []): string[] {
  const json = JSON.stringify(payload);
  const trees = everywhere(payload);
  // Rich text reads no markup: what is dangerous in it are elements of a kind that is not ours.
  const markup = trees
    .flatMap(({ type, text, value }) => [
      ...(type === "text" || type === "link" || type === "raw_text" ? [] : [text]),
      value,
    ])
    .filter((text) => typeof text === "string")
    .join("\n");
  const { unfurl_links, unfurl_media } = z
    .looseObject({ unfurl_links: z.unknown(), unfurl_media: z.unknown() })
    .parse(payload);
  const links = [...markup.matchAll(/<(https?:[^|>]*)\|/g)].flatMap(([, url]) => (url === undefined ? [] : [url]));
  const rich = trees.filter(({ type }) => type === "link");
  const misleading = rich.filter(
    ({ url, text }) => !urls.includes(String(url)) && new URL(String(text), "none:/").href !== url,
  );
  return [
    ...(/<[!@]/.test(markup) ? ["a mention"] : []),
    ...(/@(?:here|channel|everyone)\b/i.test(markup) ? ["a bare mention"] : []),
    ...(/<(?!https?:|#C[A-Z0-9]+>)/.test(markup) ? ["markup that isn't ours"] : []),
    ...(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(json) ? ["a control character"] : []),
    ...(unfurl_links === false && unfurl_media === false ? [] : ["unfurls"]),
    ...trees.flatMap((tree) => (tree.type === "mrkdwn" && tree.verbatim !== true ? ["reads bare links"] : [])),
    ...links.filter((url) => !urls.includes(url)).map((url) => `a link to ${url}`),
    ...misleading.map(({ url, text }) => `a link to ${String(url)} that reads ${String(text)}`),
  ];
}

/** What a person sees without pressing anything, markup read away. */
export const seen = (payload: unknown): string =>
  everywhere(z.looseObject({ blocks: z.unknown() }).parse(payload).blocks)
    .flatMap(({ type, text }) => (typeof text !== "string" ? [] : [type === "mrkdwn" ? readMarkup(text) : text]))
    .join("\n")
    .replaceAll("\u2060", "");

const readMarkup = (text: string): string =>
  text
    .replace(/<[^<>|]*\|([^<>]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The first button whose id begins so, as it is pressed. */
export function buttonOf({ args }: { readonly args: unknown }, id: string): { action_id: string; value: string } {
  const found = everywhere(args).find(({ action_id }) => String(action_id).startsWith(id));
  return { action_id: String(found?.action_id), value: String(found?.value) };
}

/** Every object in a tree. */
export function everywhere(tree: unknown): Tree[] {
  if (Array.isArray(tree)) return tree.flatMap(everywhere);
  if (typeof tree !== "object" || tree === null) return [];
  return [{ ...tree }, ...Object.values(tree).flatMap(everywhere)];
}
