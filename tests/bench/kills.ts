// Fifty times kill -9 of one of two processes that answer in Slack and Discord, on each database: what is lost or doubled.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { surviveKills } from "../kills.ts";
import { hasPostgres, startPostgres } from "../postgres.ts";
import type { Row, Suite } from "./frame/suite.ts";

const KILLS = Number(process.env.FOOTNOTE_KILLS ?? 50);

export const suite: Suite = {
  title: `Kills: ${KILLS} × kill -9 of one of two processes, on each database`,
  async run(onStep) {
    const sqlite = await measure("SQLite", null, onStep);
    if (!hasPostgres()) return [...sqlite, { name: "PostgreSQL", value: "not there", note: "initdb and postgres" }];
    const server = await startPostgres(true);
    try {
      return [...sqlite, ...(await measure("PostgreSQL", await server.database(), onStep))];
    } finally {
      await server.close();
    }
  },
};

async function measure(name: string, databaseUrl: string | null, onStep: (step: string) => void): Promise<Row[]> {
  const data = mkdtempSync(join(tmpdir(), "footnote-kills-"));
  try {
    const settings = { data, databaseUrl, keys: [], keepDays: 30 };
    const told = await surviveKills(settings, KILLS, (step) => onStep(`${name}: ${step}`));
    const most = (what: string, count: number, allowed: number, of: string, note?: string): Row => ({
      ...{ name: `${name}, ${what}`, value: `${count} of ${of}`, note },
      aim: { text: allowed === 0 ? "aim 0" : `aim ≤ ${allowed}`, isReached: count <= allowed },
    });
    return [
      most("acknowledged questions lost", told.lost.length, 0, String(told.acknowledged), told.lost[0]),
      most("messages posted twice", told.twice.length, 0, String(told.acknowledged), told.twice[0]),
      most("votes lost", told.votesLost.length, 0, String(told.votes), told.votesLost[0]),
      most("commands lost", told.commandsLost.length, 0, String(told.commands), told.commandsLost[0]),
      most("command replies more than one", told.commandsTwice, KILLS, String(told.commands)),
      most("events given up", told.dead, 0, String(told.acknowledged)),
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
