// Reads the style sheet and the scripts that pages name, once, and names each by what it holds.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What each is served as. */
const TYPES = {
  "style.css": "text/css; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "frame.js": "text/javascript; charset=utf-8",
  "widget.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

export type AssetName = keyof typeof TYPES;

export interface Asset {
  readonly type: string;
  readonly text: string;
  /** A short name of its bytes: a browser may keep them for ever under it. */
  readonly version: string;
}

export interface Assets {
  versionOf(name: AssetName): string;
  /** Null where there is none of that name. */
  find(name: string): Asset | null;
}

export function readAssets(): Assets {
  const all = new Map(Object.entries(TYPES).map(([name, type]) => [name, read(name, type)]));
  return { versionOf: (name) => all.get(name)?.version ?? "", find: (name) => all.get(name) ?? null };
}

function read(name: string, type: string): Asset {
  const text = readFileSync(join(import.meta.dirname, "assets", name), "utf8");
  return { type, text, version: createHash("sha256").update(text).digest("hex").slice(0, 10) };
}
