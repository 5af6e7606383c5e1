// The settings of channels in a database, with every change: who, what, when.

import { type Channels, readSetting, type Setting, settingsFrom, unsetOf, writeSetting } from "../channels.ts";
import { KEPT_MS } from "../memory.ts";
import type { Database } from "./database.ts";

export const createChannelSettings = (database: Database): Channels => {
  const of = async (channel: string) => {
    const rows = await database.run((sql) =>
      sql.selectFrom("channel_setting").select(["name", "value"]).where("channel", "=", channel).execute(),
    );
    return settingsFrom(
      rows.flatMap(({ name, value }): Setting[] => {
        const read = readSetting(name, value);
        return read === null ? [] : [read];
      }),
    );
  };
  return {
    of,
    set: async ({ channel, setting, person }) => {
      const { name } = setting;
      const value = writeSetting(setting);
      await database.transact(async (sql) => {
        const kept = await sql
          .selectFrom("channel_setting")
          .select("value")
          .where("channel", "=", channel)
          .where("name", "=", name)
          .executeTakeFirst();
        const before = kept?.value ?? unsetOf(name);
        if (before === value) return;
        const row = { channel, name, value };
        await sql
          .insertInto("channel_setting")
          .values(row)
          .onConflict((conflict) => conflict.columns(["channel", "name"]).doUpdateSet({ value }))
          .execute();
        const logged = { ...row, before, person, changed_at: database.now() };
        await sql.insertInto("channel_change").values(logged).execute();
      });
      return of(channel);
    },
    changes: async (channel) => {
      const rows = await database.run((sql) =>
        sql.selectFrom("channel_change").selectAll().where("channel", "=", channel).orderBy("id", "desc").execute(),
      );
      return rows.flatMap(({ name, value, before, person: by, changed_at: at }) => {
        const [setting, was] = [readSetting(name, value), readSetting(name, before)];
        return setting === null || was === null ? [] : [{ channel, setting, before: was.value, by, at }];
      });
    },
    hush: async (key) => {
      const until = database.now() + KEPT_MS;
      await database.run((sql) =>
        sql
          .insertInto("hushed")
          .values({ key, until })
          .onConflict((conflict) => conflict.column("key").doUpdateSet({ until }))
          .execute(),
      );
    },
    isHushed: async (key) => {
      const row = await database.run((sql) =>
        sql.selectFrom("hushed").select("until").where("key", "=", key).executeTakeFirst(),
      );
      return row !== undefined && row.until > database.now();
    },
  };
};
