// Rights that one process at a time has, in a database, with tokens that tell a former holder from the present one.

import type { Database } from "./database.ts";
import { CLOCK_SET_BACK, type Leases } from "./store.ts";

export const createLeases = (database: Database): Leases => ({
  acquire: async (name, holder, forMs) => {
    const at = database.now();
    const until = at + forMs;
    const held = await database.run((sql) =>
      sql
        .insertInto("lease")
        .values({ name, holder, token: 1, until })
        .onConflict((conflict) =>
          conflict
            .column("name")
            .doUpdateSet((row) => ({
              holder,
              until,
              token: row
                .case()
                .when("lease.holder", "=", holder)
                .then(row.ref("lease.token"))
                .else(row("lease.token", "+", 1))
                .end(),
            }))
            .where((row) =>
              row.or([
                row("lease.holder", "=", holder),
                row("lease.until", "<=", at),
                // Much later than any such lease can end: set before the clock was set back.
                row("lease.until", ">", at + CLOCK_SET_BACK * forMs),
              ]),
            ),
        )
        .returning("token")
        .executeTakeFirst(),
    );
    return held === undefined ? null : { name, holder, token: held.token };
  },
  isCurrent: async ({ name, token, holder }) => {
    const row = await database.run((sql) =>
      sql.selectFrom("lease").select(["token", "holder"]).where("name", "=", name).executeTakeFirst(),
    );
    return row?.token === token && row.holder === holder;
  },
  release: async ({ name, token }) => {
    // The row stays, since the next holder's token must be greater.
    await database.run((sql) =>
      sql
        .updateTable("lease")
        .set({ until: 0, holder: "" })
        .where("name", "=", name)
        .where("token", "=", token)
        .execute(),
    );
  },
});
