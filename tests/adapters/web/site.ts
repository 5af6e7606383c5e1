// The app of the web pages over a small corpus, as a program would ask it, without a server.

import type { Hono } from "hono";
import { loadDrawings } from "../../../adapters/cli/serve.ts";
import { readWebSettings } from "../../../adapters/shared/settings.ts";
import { type AppOptions, createApp } from "../../../adapters/web/app.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";

/** Not limited, unless a test wants to be. */
export const settingsOf = (environment: Readonly<Record<string, string>> = {}) =>
  readWebSettings({ FOOTNOTE_QUESTIONS_PER_MINUTE: "0", ...environment });

export async function appOf(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  change: Partial<AppOptions> = {},
): Promise<{ readonly app: Hono; readonly engine: Engine }> {
  const engine = await openEngine(folder);
  const app = createApp({
    ...{ engine: () => engine, folder, settings: settingsOf(environment), drawings: await loadDrawings() },
    ...{ editionsFile: null, journal: null, log: null, now: () => 0 },
    ...change,
  });
  return { app, engine };
}

/** What a browser gets. */
export async function page(app: Hono, path: string, init: RequestInit = {}): Promise<string> {
  const response = await app.request(`http://localhost${path}`, init);
  return response.text();
}

/** Where a question is asked. */
export const asking = (question: string, ...after: readonly string[]): string =>
  `/?${new URLSearchParams([["q", question] as const, ...after.map((one) => ["after", one] as const)].map(([a, b]): [string, string] => [a, b]))}`;
