// The settings of a channel as its admins see them: what can be chosen, what is, and what a choice means.

import { audienceNames } from "../../src/ingest/audience.ts";
import type { ChannelSettings, Channels, LoggedChange, Setting, SettingName } from "./channels.ts";
import type { Log, Platform } from "./log.ts";

/** One thing that can be set; `value` tells a choice from the others. */
export type Control =
  | {
      readonly kind: "one" | "many";
      readonly name: SettingName;
      readonly title: string;
      readonly hint: string;
      readonly choices: readonly { readonly value: string; readonly label: string; readonly isSet: boolean }[];
    }
  /** Somebody or some place of the platform's, which has choices of its own for that. */
  | {
      readonly kind: "whom";
      readonly name: "human";
      readonly title: string;
      readonly hint: string;
      readonly value: string | null;
    };

/** What a folder and an environment give to choose from. */
export interface Choosing {
  /** All names that documents are kept for. */
  readonly audiences: readonly string[];
  /** Whether messages without a mention are heard at all. */
  readonly hearsAll: boolean;
  /** Whether follow-ups need no mention where nothing is set; null where the platform has none to hear. */
  readonly followsUp: boolean | null;
}

const AS_ELSEWHERE = "null";

/** The controls in the order they are shown in; what nothing here can be chosen of has none. */
export const controlsOf = (
  { audience, answersUnasked, followsUp, human }: ChannelSettings,
  { audiences, hearsAll, followsUp: elsewhere }: Choosing,
): readonly Control[] => {
  const unasked = "Only questions to nobody in particular, and only where the answer is quite sure. “stop” is heard.";
  const further = "In threads where it has answered, a question goes on without a mention.";
  return [
    ...documentsControl(audience, audiences),
    ...(hearsAll ? [switchOf("answersUnasked", unasked, switches(answersUnasked))] : []),
    ...(elsewhere === null
      ? []
      : [switchOf("followsUp", further, [asElsewhere(elsewhere, followsUp), ...switches(followsUp)])]),
    {
      ...{ kind: "whom", name: "human", title: TITLES.human, value: human },
      hint: "Offered where the documents have no answer. Nobody chosen: as elsewhere.",
    },
  ];
};

type Choice = Extract<Control, { readonly kind: "one" | "many" }>["choices"][number];

const switchOf = (name: SettingName, hint: string, choices: readonly Choice[]): Control => ({
  ...{ kind: "one", name, title: TITLES[name], hint, choices },
});

const switches = (is: boolean | null): readonly Choice[] => [
  { value: "true", label: "On", isSet: is === true },
  { value: "false", label: "Off", isSet: is === false },
];

const asElsewhere = (otherwise: boolean, is: boolean | null): Choice => ({
  ...{ value: AS_ELSEWHERE, label: `As elsewhere (${otherwise ? "on" : "off"})`, isSet: is === null },
});

function documentsControl(set: readonly string[], audiences: readonly string[]): Control[] {
  const names = [...new Set([...audiences, ...set])].sort();
  if (names.length === 0) return [];
  const choices = names.map((value) => ({
    value,
    label: audiences.includes(value) ? value : `${value} (no document is for it now)`,
    isSet: set.includes(value),
  }));
  const hint = "Whose documents are shown here besides everybody's. All who are in this channel see them.";
  return [{ kind: "many", name: "audience", title: TITLES.audience, hint, choices }];
}

/** What was chosen as the setting it means; null for a choice of another version. */
export function settingOf(name: string, values: readonly string[]): Setting | null {
  const [value = null] = values;
  switch (name) {
    case "audience":
      return { name, value: audienceNames(values) };
    case "answersUnasked":
      return value === null ? null : { name, value: value === "true" };
    case "followsUp":
      return { name, value: value === null || value === AS_ELSEWHERE ? null : value === "true" };
    case "human":
      return { name, value };
    default:
      return null;
  }
}

/** "answersUnasked: false → true", for people who may change it. */
export const changeLine = ({ setting: { name, value }, before }: LoggedChange): string =>
  `${TITLES[name]}: ${wordsOf(before)} → ${wordsOf(value)}`;

const TITLES: Record<SettingName, string> = {
  audience: "Documents",
  answersUnasked: "Answer without a mention",
  followsUp: "Follow-ups",
  human: "A person to ask",
};

function wordsOf(value: ChannelSettings[SettingName]): string {
  if (value === null) return "as elsewhere";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "string") return value;
  return value.length === 0 ? "everybody's" : value.join(", ");
}

/** The same channels; every change is logged, and once what a channel is set to and no document is kept for. */
export function loggedChannels(
  channels: Channels,
  audiences: () => readonly string[],
  log: Log,
  platform: Platform,
): Channels {
  const told = new Set<string>();
  return {
    ...channels,
    async of(channel) {
      const settings = await channels.of(channel);
      for (const name of settings.audience) {
        if (audiences().includes(name) || told.has(`${channel} ${name}`)) continue;
        told.add(`${channel} ${name}`);
        log.warn({ platform, channel, audience: name }, "a channel is set to an audience that no document is kept for");
      }
      return settings;
    },
    async set(change) {
      const before = await channels.of(change.channel);
      const after = await channels.set(change);
      const { channel, person, setting } = change;
      const { name } = setting;
      if (JSON.stringify(before[name]) !== JSON.stringify(after[name]))
        log.info(
          { platform, channel, person, setting: name, before: before[name], after: after[name] },
          "setting changed",
        );
      return after;
    },
  };
}
