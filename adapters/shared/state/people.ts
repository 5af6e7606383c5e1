// A person to the keyed hash that stands for them in everything that is kept.

import { createHmac, randomBytes } from "node:crypto";
import type { Database } from "./database.ts";

export interface People {
  /** What a person is written as; the same for the same person as long as the key is. */
  hash(person: string): string;
  /** What a person may have been written as with every key there is. */
  hashes(person: string): readonly string[];
}

const HASH_LENGTH = 32;
const KEY_BYTES = 32;

/** @param keys the one in use first */
export function createPeople(keys: readonly [string, ...string[]]): People {
  const hashWith = (key: string, person: string): string =>
    createHmac("sha256", key).update(person).digest("hex").slice(0, HASH_LENGTH);
  return {
    hash: (person) => hashWith(keys[0], person),
    hashes: (person) => keys.map((key) => hashWith(key, person)),
  };
}

/**
 * The keys that are set, else one that the database keeps: made once, whichever process is first. A key of the database
 * follows its keys also where others are set later, so that what was written with it can still be found.
 */
export async function keysOf(database: Database, set: readonly string[]): Promise<readonly [string, ...string[]]> {
  const [first, ...others] = set;
  const kept = await database.run((sql) =>
    sql.selectFrom("setting").select("value").where("name", "=", "person-key").executeTakeFirst(),
  );
  if (first !== undefined) return [first, ...others, ...(kept === undefined ? [] : [kept.value])];
  if (kept !== undefined) return [kept.value];
  const made = randomBytes(KEY_BYTES).toString("hex");
  await database.durably((sql) =>
    sql
      .insertInto("setting")
      .values({ name: "person-key", value: made })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return keysOf(database, set);
}
