// Lays texts and buttons out as a message of Discord's Components V2, within its limits.
//
// Components V2 rather than embeds: it needs no Embed Links permission (there is nothing to fall back from), unfurls no
// link, and holds 4,000 characters of Markdown with its buttons, without an embed's fields.
// https://docs.discord.com/developers/components/reference

import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIMessageComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from "discord.js";
import { z } from "zod";
import { clean } from "../shared/one-line.ts";
import { shorten } from "../shared/shorten.ts";
import { COMPONENTS_MAX, LABEL_LENGTH_MAX, ROW_BUTTONS_MAX, TEXT_LENGTH_MAX } from "./limits.ts";

/** The part of a message create request that a renderer decides. */
export interface Card {
  readonly flags: MessageFlags.IsComponentsV2;
  readonly components: readonly [APIContainerComponent];
}

/** Nobody is notified, whatever a question or a document holds. */
export const ALLOWED_MENTIONS = { parse: [], repliedUser: false } as const;

/** A part of a card; an empty text is left out. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "rule" }
  | { readonly kind: "buttons"; readonly buttons: readonly Button[] };

export interface Button {
  readonly label: string;
  /** Null leaves the button out: there is no custom_id that means it. */
  readonly customId: string | null;
  readonly isMain?: boolean;
}

/** A paragraph of lines; empty ones are left out. */
export const text = (...lines: readonly string[]): Part => ({
  kind: "text",
  text: lines.filter((line) => line !== "").join("\n"),
});
export const rule: Part = { kind: "rule" };
export const buttons = (list: readonly Button[]): Part => ({ kind: "buttons", buttons: list });
/** Small grey text. */
export const muted = (line: string): string => (line === "" ? "" : `-# ${line}`);
export const bold = (line: string): string => (line === "" ? "" : `**${line}**`);

/** @param accent colour of the bar at the card's left, 0xRRGGBB */
export function createCard(accent: number, parts: readonly Part[]): Card {
  const taken = new Set<string>();
  const shown = parts.flatMap((part) => componentsOf(part, taken));
  // A rule separates: none stands first, last or next to another.
  const isText = (at: number): boolean => shown[at]?.type === ComponentType.TextDisplay;
  const components = shown.filter(
    ({ type }, at) => type !== ComponentType.Separator || (isText(at - 1) && isText(at + 1)),
  );
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      { type: ComponentType.Container, accent_color: accent, components: components.length > 0 ? components : [BLANK] },
    ],
  };
}

/** Discord refuses an empty container. */
const BLANK: APITextDisplayComponent = { type: ComponentType.TextDisplay, content: "–" };

function componentsOf(part: Part, taken: Set<string>): APIComponentInContainer[] {
  switch (part.kind) {
    case "text":
      return part.text === "" ? [] : [display(part.text)];
    case "rule":
      return [{ type: ComponentType.Separator, divider: true }];
    case "buttons":
      return rowsOf(part.buttons.flatMap((button) => drawButton(button, taken)));
  }
}

const display = (content: string): APITextDisplayComponent => ({ type: ComponentType.TextDisplay, content });

/** Discord refuses a message with two equal custom_ids. */
function drawButton({ label, customId, isMain }: Button, taken: Set<string>): APIButtonComponentWithCustomId[] {
  const shown = shorten(clean(label), LABEL_LENGTH_MAX).text;
  if (customId === null || shown === "" || taken.has(customId)) return [];
  taken.add(customId);
  const style = isMain ? ButtonStyle.Primary : ButtonStyle.Secondary;
  return [{ type: ComponentType.Button, style, label: shown, custom_id: customId }];
}

function rowsOf(list: readonly APIButtonComponentWithCustomId[]): APIComponentInContainer[] {
  const count = Math.ceil(list.length / ROW_BUTTONS_MAX);
  return Array.from({ length: count }, (_, at) => ({
    type: ComponentType.ActionRow,
    components: list.slice(at * ROW_BUTTONS_MAX, (at + 1) * ROW_BUTTONS_MAX),
  }));
}

/**
 * A card that is shown already, with a line below it and without some of its buttons; null for components that are no card.
 * @param leaves whether a button stays
 */
export function changeCard(shown: unknown, line: string, leaves: (customId: string) => boolean): Card | null {
  const [container] = shownCard.safeParse(shown).data ?? [];
  if (container === undefined) return null;
  const components = container.components.flatMap((one): APIComponentInContainer[] => {
    if (one.type === ComponentType.TextDisplay) return [display(one.content)];
    if (one.type === ComponentType.Separator) return [{ type: ComponentType.Separator, divider: true }];
    const left = one.components.filter(({ custom_id: customId }) => leaves(customId));
    return left.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: left.map(buttonOf) }];
  });
  const whole = (parts: readonly APIComponentInContainer[]): Card => ({
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: container.accent_color ?? 0, components: [...parts] }],
  });
  const changed = whole([...components, display(line)]);
  return fits(changed) ? changed : whole(components);
}

const shownButton = z.object({
  ...{ type: z.literal(ComponentType.Button), label: z.string(), custom_id: z.string() },
  style: z.union([z.literal(ButtonStyle.Primary), z.literal(ButtonStyle.Secondary)]),
});
const buttonOf = ({ type, style, label, custom_id }: z.infer<typeof shownButton>): APIButtonComponentWithCustomId => ({
  ...{ type, style, label, custom_id },
});
/** As Discord returns what `createCard` made. */
const shownCard = z.tuple([
  z.object({
    type: z.literal(ComponentType.Container),
    accent_color: z.number().nullish(),
    components: z.array(
      z.discriminatedUnion("type", [
        z.object({ type: z.literal(ComponentType.TextDisplay), content: z.string() }),
        z.object({ type: z.literal(ComponentType.Separator) }),
        z.object({ type: z.literal(ComponentType.ActionRow), components: z.array(shownButton) }),
      ]),
    ),
  }),
]);

/** Whether Discord takes the card. discord.js's builders check each component, but no total. */
export function fits({ components }: Card): boolean {
  const all = components.flatMap(withNested);
  // Labels are counted too: documents disagree whether Discord does.
  const texts = all.map((one) => ("content" in one ? one.content : "label" in one ? (one.label ?? "") : ""));
  return all.length <= COMPONENTS_MAX && texts.reduce((sum, one) => sum + one.length, 0) <= TEXT_LENGTH_MAX;
}

/** A component and all that is in it. */
function withNested(component: APIMessageComponent): APIMessageComponent[] {
  const inner: readonly APIMessageComponent[] = "components" in component ? component.components : [];
  return [component, ...inner.flatMap(withNested)];
}
