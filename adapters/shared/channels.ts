// How the bot behaves in each channel, as its admins have set it: the port, and what holds where nothing is set.

import { z } from "zod";

export interface ChannelSettings {
  /** Whose documents may be shown there besides everybody's: names as they stand in front matter. */
  readonly audience: readonly string[];
  /** Whether it answers what nobody put to it, where it is sure. */
  readonly answersUnasked: boolean;
  /** Whether threads that it has answered in may go on without a mention; null for as the environment says. */
  readonly followsUp: boolean | null;
  /** Whom to ask where the documents have no answer, as the platform names them; null for as the environment says. */
  readonly human: string | null;
}

export type SettingName = keyof ChannelSettings;

/** What holds where nothing is set, or what is set can't be read: nobody is shown or told more than everywhere. */
export const UNSET: ChannelSettings = Object.freeze({
  ...{ audience: [], answersUnasked: false, followsUp: null, human: null },
});

/** One setting with what it is to be. */
export type Setting = {
  readonly [Name in SettingName]: { readonly name: Name; readonly value: ChannelSettings[Name] };
}[SettingName];

export interface ChannelChange {
  /** Key of the channel: its workspace's or server's prefix and its id. */
  readonly channel: string;
  readonly setting: Setting;
  /** Who changed it. */
  readonly person: string;
}

/** A change as it was logged. */
export interface LoggedChange extends Omit<ChannelChange, "person"> {
  /** Who made it; null once what is kept of them was deleted. */
  readonly by: string | null;
  readonly before: ChannelSettings[SettingName];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Channels {
  of(channel: string): Promise<ChannelSettings>;
  /** Keeps a change and logs it; one that changes nothing is neither. @returns the settings as they are then */
  set(change: ChannelChange): Promise<ChannelSettings>;
  /** What was changed in a channel, the newest first. */
  changes(channel: string): Promise<readonly LoggedChange[]>;
  /** Somebody has said stop: for a day nothing is answered unasked under this key, a thread's or a channel's. */
  hush(key: string): Promise<void>;
  isHushed(key: string): Promise<boolean>;
}

const names = z.array(z.string().min(1).max(60)).max(50);
const SETTING = z.discriminatedUnion("name", [
  z.object({ name: z.literal("audience"), value: names }),
  z.object({ name: z.literal("answersUnasked"), value: z.boolean() }),
  z.object({ name: z.literal("followsUp"), value: z.boolean().nullable() }),
  z.object({ name: z.literal("human"), value: z.string().min(1).max(60).nullable() }),
]);

/** A setting as it was written; null for one of another version. */
export function readSetting(name: string, value: string): Setting | null {
  try {
    return SETTING.safeParse({ name, value: JSON.parse(value) }).data ?? null;
  } catch {
    return null;
  }
}

export const writeSetting = ({ value }: Setting): string => JSON.stringify(value);

/** What a setting is where nothing else was set. */
export const unsetOf = (name: SettingName): string => JSON.stringify(UNSET[name]);

/** @param set later ones count */
export function settingsFrom(set: readonly Setting[]): ChannelSettings {
  let all = UNSET;
  for (const { name, value } of set) all = { ...all, [name]: value };
  return all;
}

const HUSH_MS = 24 * 60 * 60 * 1000;

/** Those of one process, gone with it. @param now milliseconds since 1970 */
export function createChannels(now: () => number): Channels {
  const kept = new Map<string, ChannelSettings>();
  const log: LoggedChange[] = [];
  const hushed = new Map<string, number>();
  const of = (channel: string): ChannelSettings => kept.get(channel) ?? UNSET;
  return {
    of: async (channel) => of(channel),
    set: async ({ channel, setting, person }) => {
      const before = of(channel);
      const after = settingsFrom([...settingsIn(before), setting]);
      if (JSON.stringify(before) === JSON.stringify(after)) return before;
      kept.set(channel, after);
      log.unshift({ channel, setting, by: person, before: before[setting.name], at: now() });
      return after;
    },
    changes: async (channel) => log.filter((one) => one.channel === channel),
    hush: async (key) => void hushed.set(key, now() + HUSH_MS),
    isHushed: async (key) => (hushed.get(key) ?? 0) > now(),
  };
}

const settingsIn = ({ audience, answersUnasked, followsUp, human }: ChannelSettings): readonly Setting[] => [
  { name: "audience", value: audience },
  { name: "answersUnasked", value: answersUnasked },
  { name: "followsUp", value: followsUp },
  { name: "human", value: human },
];
