// A real PostgreSQL for tests: started from this machine's programs in a folder of its own, without a port, and ended
// with the process that wanted it.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

export interface Server {
  /** A new empty database; resolves with what DATABASE_URL would name it by. */
  database(): Promise<string>;
  /** Ends the server; what it held is there again after `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its folder. */
  close(): Promise<void>;
}

const READY_MS_MAX = 30_000;
const INSTALLED = "/usr/lib/postgresql";

/** The folder of `initdb` and `postgres`, the newest version's; null where there is none. */
export function postgresPrograms(): string | null {
  const installed = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...installed.map((version) => join(INSTALLED, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find((folder) => ["initdb", "postgres"].every((one) => existsSync(join(folder, one)))) ?? null;
}

/** Whether tests must fail where a program that they need is missing. */
const isRequired = (program: string): boolean => (process.env.FOOTNOTE_REQUIRE ?? "").split(",").includes(program);

/**
 * Whether tests with PostgreSQL can run.
 * @throws where they must and can't
 */
export function hasPostgres(): boolean {
  if (postgresPrograms() !== null) return true;
  if (isRequired("postgres")) throw new Error("FOOTNOTE_REQUIRE names postgres, and no initdb and postgres were found");
  return false;
}

/** The server refuses to run as root. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** Ends the server once a line arrives or the pipe closes, as it does when the tests die; only "keep" keeps its folder. */
const WARD = `"$@" >>"$FOLDER/log" 2>&1 & server=$!
read -r order
kill -INT $server; wait $server
[ "$order" = keep ] || rm -rf "$FOLDER"`;

/** @param isSafe whether it survives a loss of power; tests that only kill processes don't need that */
export async function startPostgres(isSafe = false): Promise<Server> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error("there is no PostgreSQL here");
  // A socket's path holds 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), "pg-"));
  const { uid, gid } = owner();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const as = { ...owner(), cwd: folder };
  const data = join(folder, "data");
  const initialised = ["-D", data, "-A", "trust", "-U", "footnote", "--no-sync", "--locale=C", "-E", "UTF8"];
  execFileSync(join(programs, "initdb"), initialised, { ...as, stdio: "ignore" });
  const settings = [
    ...["listen_addresses=", `fsync=${isSafe ? "on" : "off"}`, "shared_buffers=16MB", "max_connections=60"],
  ].flatMap((setting) => ["-c", setting]);
  const urlOf = (database: string): string =>
    `postgresql:///${database}?host=${encodeURIComponent(folder)}&user=footnote`;
  let ward: ChildProcess | null = null;

  const server: Server = {
    database: async () => {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      await withClient(urlOf("postgres"), (client) => client.query(`create database ${name}`));
      return urlOf(name);
    },
    start: async () => {
      ward = spawn("sh", ["-c", WARD, "sh", join(programs, "postgres"), "-D", data, "-k", folder, ...settings], {
        ...as,
        env: { ...process.env, FOLDER: folder },
        stdio: ["pipe", "ignore", "inherit"],
      });
      await ready(urlOf("postgres"));
    },
    stop: () => end("keep\n"),
    close: () => end("\n"),
  };
  await server.start();
  return server;

  async function end(order: string): Promise<void> {
    if (ward === null) return;
    const ended = once(ward, "exit");
    ward.stdin?.end(order);
    ward = null;
    await ended;
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ready(url: string): Promise<void> {
  for (const deadline = Date.now() + READY_MS_MAX; ; await sleep(20)) {
    try {
      await withClient(url, (client) => client.query("select 1"));
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
