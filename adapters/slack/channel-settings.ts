// Shows an admin the settings of a channel, with a select menu for each, and changes what is chosen.

import type { types } from "@slack/bolt";
import { z } from "zod";
import { type Choosing, type Control, changeLine, controlsOf, settingOf } from "../shared/channel-controls.ts";
import type { Channels, Setting } from "../shared/channels.ts";
import { shorten } from "../shared/shorten.ts";
import { StoreError } from "../shared/state/store.ts";
import { workspaceOf } from "./conversation.ts";
import { plain } from "./escape.ts";
import { failureOf } from "./failure.ts";
import { type Block, contexts, header, type Message, messageOf, say, sections } from "./layout.ts";
import { BUTTON_LENGTH_MAX } from "./limits.ts";
import type { Way } from "./outgoing.ts";

/** Where settings are asked for or changed, and by whom. */
export interface Asking {
  readonly team: string;
  readonly channel: string;
  readonly person: string;
}

/** A choice in one of the menus. */
export interface Chosen extends Asking {
  readonly setting: Setting | null;
}

export interface SettingsOptions {
  readonly channels: Channels;
  readonly way: Pick<Way, "client" | "calls">;
  readonly choosing: (channel: string) => Choosing;
}

/** Key of a channel's settings. */
export const channelKey = (team: string, channel: string): string => `${workspaceOf(team)}${channel}`;

export class ChannelAdmin {
  constructor(private readonly options: SettingsOptions) {}

  /** The menus, or why there are none for this person. */
  async show(asking: Asking): Promise<Message> {
    const refusal = await this.refusal(asking);
    return refusal === null ? this.menus(asking) : say(refusal);
  }

  /** @returns the menus as they are then, or why nothing was changed */
  async change({ setting, ...asking }: Chosen): Promise<Message> {
    const refusal = await this.refusal(asking);
    if (refusal !== null) return say(refusal);
    if (setting === null) return say("That menu is from an earlier version of me. Please use the command again.");
    const { team, channel, person } = asking;
    try {
      await this.options.channels.set({ channel: channelKey(team, channel), setting, person: `${team}:${person}` });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return say("That can't be kept just now, so nothing was changed. Please try again later.");
    }
    return this.menus(asking);
  }

  private async menus({ team, channel }: Asking): Promise<Message> {
    const { channels, choosing } = this.options;
    const key = channelKey(team, channel);
    const controls = controlsOf(await channels.of(key), choosing(channel));
    const [last] = await channels.changes(key).catch(() => []);
    const by = last?.by?.split(":").at(-1);
    const line = last === undefined ? "Nothing was changed so far." : `Last changed: ${plain(changeLine(last))}`;
    return messageOf([
      header("Settings of this channel"),
      ...controls.flatMap(drawControl),
      ...contexts([`${line}${by === undefined ? "" : ` by <@${by}>`}`]),
    ]);
  }

  /** Null for who may change settings: an admin or owner of the workspace. */
  private async refusal({ channel, person }: Asking): Promise<string | null> {
    if (!/^[CG]/.test(channel)) return "Settings are a channel's: use the command in one.";
    try {
      const { client, calls } = this.options.way;
      const told = await calls.make(() => client.users.info({ user: person }));
      const user = told?.user;
      const mayChange = user?.is_admin === true || user?.is_owner === true || user?.is_primary_owner === true;
      return mayChange ? null : "Only admins and owners of this workspace may change my settings.";
    } catch (error) {
      if (failureOf(error).code !== "missing_scope") throw error;
      return "I can't tell who is an admin here: add the scope users:read to the app and install it again.";
    }
  }
}

const SETTING = "setting";
const OPTIONS_MAX = 100;

function drawControl(control: Control): Block[] {
  const [block] = sections([`*${control.title}*\n${control.hint}`]);
  return block?.type === "section"
    ? [{ ...block, block_id: `${SETTING}:${control.name}`, accessory: menuOf(control) }]
    : [];
}

function menuOf(control: Control): types.MultiConversationsSelect | types.StaticSelect | types.MultiStaticSelect {
  const action_id = `${SETTING}:${control.name}`;
  if (control.kind === "whom")
    return {
      ...{ type: "multi_conversations_select", action_id, max_selected_items: 1 },
      ...{ filter: { include: ["public", "private"] }, placeholder: textOf("As elsewhere") },
      ...(control.value === null || !/^[CG]/.test(control.value) ? {} : { initial_conversations: [control.value] }),
    };
  const options = control.choices.slice(0, OPTIONS_MAX).map(({ value, label }) => ({ value, text: textOf(label) }));
  const chosen = options.filter(({ value }) => control.choices.some((one) => one.value === value && one.isSet));
  const [first] = chosen;
  if (control.kind === "many")
    return {
      ...{ type: "multi_static_select", action_id, options, placeholder: textOf("Everybody's only") },
      ...(first === undefined ? {} : { initial_options: chosen }),
    };
  return { type: "static_select", action_id, options, ...(first === undefined ? {} : { initial_option: first }) };
}

const textOf = (text: string): types.PlainTextElement => ({
  ...{ type: "plain_text", text: shorten(plain(text), BUTTON_LENGTH_MAX).text, emoji: false },
});

/** A choice in a menu of settings; null for any other press. */
export function readChosen(body: unknown): Chosen | null {
  const read = chosenBody.safeParse(body);
  if (!read.success) return null;
  const { team, user, channel, actions } = read.data;
  const [{ action_id, selected_option, selected_options, selected_conversations }] = actions;
  const values = [...(selected_options ?? []), ...(selected_option ? [selected_option] : [])].map(({ value }) => value);
  const setting = settingOf(action_id.slice(SETTING.length + 1), selected_conversations ?? values);
  return { team: team?.id ?? user.team_id ?? "", channel: channel.id, person: user.id, setting };
}

const id = z.string().min(1).max(64);
const option = z.object({ value: z.string().max(100) });
const chosenBody = z.object({
  type: z.literal("block_actions"),
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  channel: z.object({ id }),
  actions: z.tuple(
    [
      z.object({
        action_id: z.string().startsWith(`${SETTING}:`),
        selected_option: option.nullish(),
        selected_options: z.array(option).max(OPTIONS_MAX).nullish(),
        selected_conversations: z.array(id).max(1).nullish(),
      }),
    ],
    z.unknown(),
  ),
});
