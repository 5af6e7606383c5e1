// What is written for those who change the code is short, names what is there, and draws its maps from the code.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { firstSentence, MAPS, withMap } from "./tools/map-of-files.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** Folders of the engine with code in them. */
const ROOMS = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && dirname(name) !== ".")
  .map((name) => `src/${dirname(name)}`.replaceAll("\\", "/"));
const READMES = [...new Set(ROOMS)].sort().map((room) => `${room}/README.md`);
const GUIDES = ["README.md", ".github/CONTRIBUTING.md", "adapters/README.md", "src/README.md", ...READMES];

test("each room of the engine has a README that is read to its end: forty lines at most", () => {
  expect(READMES.length).toBeGreaterThanOrEqual(11);
  const long = READMES.filter((file) => !existsSync(join(ROOT, file)) || read(file).trimEnd().split("\n").length > 40);
  expect(long).toEqual([]);
});

test("the engine's README leads to each of them", () => {
  const map = read("src/README.md");
  expect(READMES.filter((file) => !map.includes(`(${file.replace("src/", "")})`))).toEqual([]);
});

describe.each(MAPS)("the map in $readme", (map) => {
  test("is what `npm run map` draws from the files' first lines", () => {
    expect(read(map.readme)).toBe(withMap(ROOT, map));
  });
});

test("a file's line in the map is its first sentence, of however many lines", () => {
  expect(firstSentence("// Reads tea. Hot.\n\nimport x\n")).toBe("Reads tea.");
  expect(firstSentence("#!/usr/bin/env node\n// Reads\n// tea and e.g. salt\n\n")).toBe("Reads tea and e.g. salt");
  expect(firstSentence("// Reads tea\n//\n// with milk.\n\n")).toBe("Reads tea");
});

describe.each(GUIDES)("%s", (guide) => {
  const text = read(guide);

  test("links only to what is there", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
    expect(links.filter((path) => !existsSync(join(ROOT, dirname(guide), path)))).toEqual([]);
  });

  test("names only tests that are there", () => {
    const named = [...text.matchAll(/`((?:tests\/)?(?:[\w-]+\/)*[\w-]+\.test\.ts)`/g)].map(([, path = ""]) => path);
    const nearby = join("adapters", "webhook");
    const places = ["tests", ".", join("tests", nearby), "tests/ingest", "tests/ingest/formats"];
    expect(named.filter((path) => !places.some((place) => existsSync(join(ROOT, place, path))))).toEqual([]);
  });

  test("names only scripts of package.json", () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read("package.json")));
    const named = [...text.matchAll(/`npm (?:run )?([\w:-]+)[^`]*`/g)].map(([, name = ""]) => name);
    const own = ["ci", "test"];
    expect(named.filter((name) => !own.includes(name) && !(name in scripts))).toEqual([]);
  });
});
