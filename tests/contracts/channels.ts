// The exam for what keeps the settings of channels, wherever it keeps them.

import { describe, expect, test } from "vitest";
import { type Channels, UNSET } from "../../adapters/shared/channels.ts";

const HOUR_MS = 60 * 60 * 1000;
const START = Date.parse("2026-01-01T12:00:00Z");

/** @param open a new one that is empty */
export function describeChannels(name: string, open: (now: () => number) => Promise<Channels>): void {
  const start = async () => {
    const clock = { now: START };
    return { clock, channels: await open(() => clock.now) };
  };

  describe(`${name}: settings of channels`, () => {
    test("a channel where nothing is set shows and says no more than others", async () => {
      const { channels } = await start();
      expect(await channels.of("T1:C1")).toEqual(UNSET);
      expect(UNSET).toEqual({ audience: [], answersUnasked: false, followsUp: null, human: null });
      expect(await channels.changes("T1:C1")).toEqual([]);
    });
    test("what is set holds for its channel alone, and the rest of it stays", async () => {
      const { channels } = await start();
      const ada = { channel: "T1:C1", person: "T1:U1" };
      await channels.set({ ...ada, setting: { name: "audience", value: ["hr", "board"] } });
      const now = await channels.set({ ...ada, setting: { name: "answersUnasked", value: true } });
      expect(now).toEqual({ ...UNSET, audience: ["hr", "board"], answersUnasked: true });
      expect(await channels.of("T1:C1")).toEqual(now);
      expect(await channels.of("T1:C2")).toEqual(UNSET);
      expect(await channels.of("T2:C1")).toEqual(UNSET);
      await channels.set({ ...ada, setting: { name: "human", value: "C9" } });
      await channels.set({ ...ada, setting: { name: "human", value: null } });
      await channels.set({ ...ada, setting: { name: "followsUp", value: false } });
      expect(await channels.of("T1:C1")).toEqual({ ...now, followsUp: false });
    });
    test("every change is logged with who, what and when, the newest first; what changes nothing is not", async () => {
      const { channels, clock } = await start();
      const channel = "T1:C1";
      await channels.set({ channel, person: "T1:U1", setting: { name: "answersUnasked", value: true } });
      clock.now += HOUR_MS;
      await channels.set({ channel, person: "T1:U2", setting: { name: "answersUnasked", value: true } });
      await channels.set({ channel, person: "T1:U2", setting: { name: "audience", value: ["hr"] } });
      expect(await channels.changes(channel)).toEqual([
        { channel, setting: { name: "audience", value: ["hr"] }, before: [], by: "T1:U2", at: START + HOUR_MS },
        { channel, setting: { name: "answersUnasked", value: true }, before: false, by: "T1:U1", at: START },
      ]);
    });
    test("who says stop is heard for a day", async () => {
      const { channels, clock } = await start();
      await channels.hush("T1:C1:1.0");
      expect([await channels.isHushed("T1:C1:1.0"), await channels.isHushed("T1:C1:2.0")]).toEqual([true, false]);
      clock.now += 23 * HOUR_MS;
      await channels.hush("T1:C1:1.0");
      clock.now += 23 * HOUR_MS;
      expect(await channels.isHushed("T1:C1:1.0")).toBe(true);
      clock.now += HOUR_MS;
      expect(await channels.isHushed("T1:C1:1.0")).toBe(false);
    });
  });
}
