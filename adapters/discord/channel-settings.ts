// Shows who may manage a server the settings of a channel, with a menu for each, and changes what is chosen.

import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
  MessageFlags,
  SelectMenuDefaultValueType,
} from "discord.js";
import { type Choosing, type Control, changeLine, controlsOf, settingOf } from "../shared/channel-controls.ts";
import { type ChannelSettings, type Channels, UNSET } from "../shared/channels.ts";
import { shorten } from "../shared/shorten.ts";
import { StoreError } from "../shared/state/store.ts";
import { SETTING_MENU } from "./buttons.ts";
import { workspaceOf } from "./conversation.ts";
import { literal } from "./escape.ts";
import type { Addressed, Said } from "./inbound.ts";
import { bold, type Card, muted } from "./layout.ts";
import { CHOICE_LENGTH_MAX, CHOICES_MAX } from "./limits.ts";

/** Where something was said or pressed: a thread is set as its channel is. */
export type Somewhere = Pick<Said, "guild" | "channel" | "home">;

/** Key of a channel's settings; null in direct messages, where nothing is set. */
export const channelKey = ({ guild, channel, home }: Somewhere): string | null =>
  guild === null ? null : `${workspaceOf(guild)}${home ?? channel}`;

/** How the bot behaves there. */
export async function settingsAt(channels: Channels, where: Somewhere): Promise<ChannelSettings> {
  const key = channelKey(where);
  return key === null ? UNSET : channels.of(key);
}

export const SETTINGS_NOTICE = {
  notAdmin: "Only those who may manage this server may change my settings.",
  nowhere: "Settings are a channel's: use the command in one.",
  expired: "That menu is from an earlier version of me. Please use /settings again.",
  away: "That can't be kept just now, so nothing was changed. Please try again later.",
};

/** The menus of a channel, or why there are none for this person, in one line. */
export async function showSettings(
  channels: Channels,
  choosing: Choosing,
  addressed: Addressed,
): Promise<Card | string> {
  const key = channelKey(addressed);
  if (key === null) return SETTINGS_NOTICE.nowhere;
  if (!addressed.isAdmin) return SETTINGS_NOTICE.notAdmin;
  const controls = controlsOf(await channels.of(key), choosing);
  const [last] = await channels.changes(key).catch(() => []);
  const by = last?.by == null ? "" : ` by <@${last.by}>`;
  const line = last === undefined ? "Nothing was changed so far." : `Last changed: ${literal(changeLine(last))}${by}`;
  const parts = controls.flatMap(drawControl);
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    accent_color: ACCENT,
    components: [textOf(bold("Settings of this channel")), ...parts, textOf(muted(line))],
  };
  return { flags: MessageFlags.IsComponentsV2, components: [container] };
}

/** @returns the menus as they are then, or why nothing was changed */
export async function changeSetting(
  channels: Channels,
  choosing: Choosing,
  addressed: Addressed,
  chosen: { readonly name: string; readonly values: readonly string[] },
): Promise<Card | string> {
  const key = channelKey(addressed);
  const setting = settingOf(chosen.name, chosen.values);
  if (key === null || !addressed.isAdmin) return showSettings(channels, choosing, addressed);
  if (setting === null) return SETTINGS_NOTICE.expired;
  try {
    await channels.set({ channel: key, setting, person: addressed.person });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return SETTINGS_NOTICE.away;
  }
  return showSettings(channels, choosing, addressed);
}

const ACCENT = 0x5865f2;

const textOf = (content: string): APIComponentInContainer => ({ type: ComponentType.TextDisplay, content });

const drawControl = (control: Control): APIComponentInContainer[] => [
  textOf(`${bold(control.title)}\n${control.hint}`),
  menuOf(control),
];

function menuOf(control: Control): APIComponentInContainer {
  const custom_id = `${SETTING_MENU}${control.name}`;
  if (control.kind === "whom") {
    const chosen = control.value !== null && /^\d+$/.test(control.value) ? [control.value] : [];
    const default_values = chosen.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel }) as const);
    const menu = { custom_id, placeholder: "As elsewhere", min_values: 0, max_values: 1, default_values };
    return { type: ComponentType.ActionRow, components: [{ ...menu, type: ComponentType.ChannelSelect }] };
  }
  const options = control.choices.slice(0, CHOICES_MAX).map(({ value, label, isSet }) => ({
    ...{ value, label: shorten(label, CHOICE_LENGTH_MAX).text, default: isSet },
  }));
  const bounds = control.kind === "many" ? { min_values: 0, max_values: options.length } : {};
  const placeholder = control.kind === "many" ? "Everybody's only" : "Choose";
  const menu = { custom_id, placeholder, options, ...bounds };
  return { type: ComponentType.ActionRow, components: [{ ...menu, type: ComponentType.StringSelect }] };
}
