// Runs `footnote serve` from its environment and corpus until a signal ends it, alone or beside a bot.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { folderOf } from "../shared/corpus.ts";
import { type FollowingOptions, openFollowing } from "../shared/following.ts";
import { listen, portOf } from "../shared/health.ts";
import { createJournal, createLog } from "../shared/log.ts";
import { readWebSettings, type WebSettings } from "../shared/settings.ts";
import { type AppOptions, createApp } from "./app.ts";
import type { Drawings } from "./drawings.ts";
import { editionsFile } from "./editions.ts";

export interface ServeOptions extends FollowingOptions {
  readonly port: number;
}

/** Runs a bot in this process until it ends; resolves with the exit status. */
export type Beside = (options: FollowingOptions) => Promise<number>;

/** A server that can be asked. */
export interface Site {
  readonly port: number;
  /** Takes nothing new, and drops what takes too long. */
  close(): Promise<void>;
}

/** A request is small, and its answer is made in milliseconds. */
const REQUEST_MS_MAX = 10_000;
/** A thread stands in its address; what is longer than a page's own links is refused before it is read. */
const HEADER_BYTES_MAX = 65_536;
const CLOSE_MS_MAX = 2_000;

/**
 * Serves the pages until it is stopped.
 * @param beside a bot that answers from the same engine; null for none
 * @param tell says where the pages are
 * @returns the exit status: 0 after a signal, else that of the bot
 * @throws OperatorError when corpus or environment is wrong, or the port can't be listened on
 */
export async function run(
  options: ServeOptions,
  drawings: Drawings,
  beside: Beside | null,
  tell: (address: string) => void,
): Promise<number> {
  const settings = readWebSettings();
  const log = createLog(settings);
  const signalled = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  const following = await openFollowing(options, log, "web");
  const folder = folderOf(options);
  try {
    const site = await startSite(
      {
        ...{ engine: following.engine, folder, settings, drawings, log, now: Date.now },
        editionsFile: editionsFile(settings.data, folder),
        journal: createJournal(log, "web", settings),
      },
      options.port,
    );
    tell(settings.publicUrl ?? addressOf(settings, site.port));
    try {
      if (beside !== null) return await beside({ ...options, following });
      await signalled;
      return 0;
    } finally {
      await site.close();
    }
  } finally {
    await following.close();
  }
}

/**
 * Listens; resolves when it can be asked.
 * @param port 0 for any free one
 * @throws OperatorError when the port can't be listened on
 */
export async function startSite(
  options: Omit<AppOptions, "settings"> & { readonly settings: Omit<WebSettings, "corpus"> },
  port: number,
): Promise<Site> {
  const app = createApp(options);
  const bounds = {
    ...{ requestTimeout: REQUEST_MS_MAX, headersTimeout: REQUEST_MS_MAX },
    maxHeaderSize: HEADER_BYTES_MAX,
  };
  const server = createServer(bounds, getRequestListener(app.fetch));
  await listen(server, port, "--port", options.settings.host);
  return { port: portOf(server) ?? port, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS_MAX);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

const addressOf = ({ host }: Pick<WebSettings, "host">, port: number): string => {
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
};
