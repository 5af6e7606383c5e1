// Messages that are looked up in Discord: the one that another points at, as far as the bot may read it.

import { DiscordAPIError, type REST, Routes } from "discord.js";
import { z } from "zod";
import { type Referenced, wordsOf } from "./inbound.ts";

export interface Reading {
  /** What a message says; null where there is nothing to read, or the bot may not. */
  message(channel: string, id: string): Promise<string | null>;
  /** Who wrote a message; null where it is gone, or the bot may not look. */
  author(channel: string, id: string): Promise<string | null>;
  /** What the last person before a message said. */
  before(channel: string, id: string): Promise<string | null>;
}

export function createReading(rest: REST): Reading {
  const get = async <T>(
    shape: z.ZodType<T>,
    route: `/${string}`,
    query?: Record<string, string>,
  ): Promise<T | null> => {
    try {
      const options = query === undefined ? {} : { query: new URLSearchParams(query) };
      return shape.safeParse(await rest.get(route, options)).data ?? null;
    } catch (error) {
      if (error instanceof DiscordAPIError) return null;
      throw error;
    }
  };
  return {
    message: async (channel, id) => {
      const found = await get(message, Routes.channelMessage(channel, id));
      return found === null ? null : textIn(found) || null;
    },
    author: async (channel, id) => (await get(message, Routes.channelMessage(channel, id)))?.author.id ?? null,
    before: async (channel, id) => {
      const query = { before: id, limit: String(LOOKED_BACK) };
      const found = await get(z.array(message), Routes.channelMessages(channel), query);
      const last = found?.find((one) => one.author.bot !== true && textIn(one) !== "");
      return last === undefined ? null : textIn(last);
    },
  };
}

/** Further up nobody is pointed at without saying whom. */
const LOOKED_BACK = 5;

const snapshot = z.object({ message: z.object({ content: z.string().default("") }) });
const message = z.object({
  author: z.object({ id: z.string(), bot: z.boolean().optional() }),
  content: z.string().default(""),
  message_snapshots: z.array(snapshot).default([]),
});

const textIn = ({ content, message_snapshots }: z.infer<typeof message>): string =>
  wordsOf(content) || wordsOf(message_snapshots.map((one) => one.message.content).join("\n"));

/** What the gateway delivers a reply with, whose id tells it from the next one; the library keeps none of it. */
export interface Beside {
  readonly id: string;
  readonly referenced: Referenced;
}

const packet = z.object({
  t: z.enum(["MESSAGE_CREATE", "MESSAGE_UPDATE"]),
  d: z.object({ id: z.string(), referenced_message: message }),
});

/** Null for what is no message that replies to another. */
export function besideIn(raw: unknown): Beside | null {
  const { data } = packet.safeParse(raw);
  if (data === undefined) return null;
  const { id, referenced_message: to } = data.d;
  return { id, referenced: { author: to.author.id, words: textIn(to) } };
}
