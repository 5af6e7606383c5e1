// Discord's documented limits on a message, read off the JSON that goes over the wire and written without the adapter.

import { z } from "zod";

const button = z.strictObject({
  type: z.literal(2),
  style: z.number().min(1).max(4),
  label: z.string().min(1).max(80),
  custom_id: z.string().min(1).max(100),
});
const row = z.strictObject({ type: z.literal(1), components: z.array(button).min(1).max(5) });
const display = z.strictObject({ type: z.literal(10), content: z.string().min(1).max(4000) });
const separator = z.strictObject({ type: z.literal(14), divider: z.boolean() });
const container = z.strictObject({
  type: z.literal(17),
  accent_color: z.number().min(0).max(0xffffff),
  components: z.array(z.discriminatedUnion("type", [row, display, separator])).min(1),
});
const IS_COMPONENTS_V2 = 1 << 15;

/** What every message create, edit and interaction response may hold; further fields are the transport's. */
export const message = z.looseObject({
  content: z.string().max(2000).nullish(),
  embeds: z.array(z.unknown()).max(0).nullish(),
  flags: z.number().optional(),
  components: z.array(container).max(10).optional(),
  allowed_mentions: z
    .looseObject({ parse: z.array(z.string()).max(0), replied_user: z.literal(false).optional() })
    .optional(),
});
export type Wire = z.infer<typeof message>;

export function brokenLimits(body: unknown): string[] {
  const parsed = message.safeParse(body);
  if (!parsed.success) return parsed.error.issues.map(({ path, message: what }) => `${path.join(".")}: ${what}`);
  const { flags = 0, content } = parsed.data;
  const components = parsed.data.components ?? [];
  const nested = components.flatMap((one) => one.components);
  const pressed = buttonsOf(parsed.data);
  const ids = pressed.map(({ custom_id }) => custom_id);
  const broken: string[] = [];
  if (textsOf(parsed.data).join("").length > 4000) broken.push("more than 4000 characters");
  if (components.length + nested.length + pressed.length > 40) broken.push("more than 40 components");
  if (new Set(ids).size < ids.length) broken.push("the same custom_id twice");
  const isV2 = (flags & IS_COMPONENTS_V2) !== 0;
  if (isV2 && content) broken.push("content beside Components V2");
  if (!isV2 && components.length > 0) broken.push("containers without Components V2");
  if (!isV2 && !content) broken.push("an empty message");
  return broken;
}

/** The texts in the order in which they are read. */
export const textsOf = (wire: Wire): string[] =>
  partsOf(wire).flatMap((part) => (part.type === 10 ? [part.content] : []));

export const buttonsOf = (wire: Wire) => partsOf(wire).flatMap((part) => (part.type === 1 ? part.components : []));

const partsOf = (wire: Wire) => (wire.components ?? []).flatMap((one) => one.components);
