// What a release is made of is named by digest, checked before, and kept up to date.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { basesOf, copiedBy, recipeOf } from "./tools/image-recipe.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const DOCKERFILE = read("Dockerfile");

const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
const workflow = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(step) })) });
const WORKFLOWS = readdirSync(join(ROOT, ".github", "workflows")).map((name) => {
  const text = read(`.github/workflows/${name}`);
  return { name, text, steps: Object.values(workflow.parse(parse(text)).jobs).flatMap(({ steps }) => steps) };
});

describe.each(WORKFLOWS)("the workflow $name", ({ text, steps }) => {
  test("names each Action by its commit, and the version beside it", () => {
    expect(steps.filter(({ uses }) => uses !== undefined && !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
    const named = text.match(/uses: /g)?.length ?? 0;
    expect(text.match(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm)).toHaveLength(named);
  });

  test("runs every check there is", () => {
    expect(steps.map(({ run }) => run)).toContain(".ci/run");
  });
});

test("the same Action is the same commit everywhere", () => {
  const used = WORKFLOWS.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  const names = used.map((one) => one.replace(/@.*/, ""));
  expect(new Set(used).size).toBe(new Set(names).size);
});

test("a release is made after the checks, and of what dist/release holds", () => {
  const { steps } = WORKFLOWS.find(({ name }) => name === "release.yml") ?? { steps: [] };
  const runs = steps.flatMap(({ run }) => run ?? []);
  expect(runs).toEqual([
    ".ci/run",
    expect.stringMatching(/^npm run release -- "\$GITHUB_REF_NAME"$/),
    expect.stringMatching(/^gh release create .*dist\/release\/\*$/),
  ]);
});

test("every check begins with what it needs, and is one command", () => {
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read("package.json")));
  const parts = ["types", "lint", "test:all", "dead", "check:corpus", "check:cases", "check:handbook"];
  expect((scripts.check ?? "").split(" && ")).toEqual(parts.map((part) => `npm run ${part}`));
  expect(scripts["check:cases"]).toMatch(/eval tests\/cases\.jsonl --expect tests\/right-ids\.txt$/);
  expect(scripts["check:handbook"]).toMatch(
    /eval tests\/handbook-cases\.jsonl .*--expect tests\/handbook-right-ids\.txt$/,
  );
  const steps = [...read(".ci/run").matchAll(/^step (.+)$/gm)].map(([, command = ""]) => command);
  expect(steps.filter((command) => command.startsWith("npm"))).toEqual([
    "npm ci",
    "npm ci --ignore-scripts --prefix tests/tools",
    "npm test",
    "npm run check",
  ]);
});

describe("the package", () => {
  const { files } = z.object({ files: z.array(z.string()) }).parse(JSON.parse(read("package.json")));

  test("holds what runs, and no test, bench or tool", () => {
    expect(files.filter((file) => file === "dist" || file.startsWith("dist/tests"))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["dist/src", "dist/adapters", "dist/corpus.snapshot", "corpus"]));
  });

  test("holds what the build makes beside the program", () => {
    const made = readdirSync(join(ROOT, "dist"), { withFileTypes: true }).filter((entry) => entry.isFile());
    const needed = made.map(({ name }) => `dist/${name}`).filter((name) => /\.(?:txt|snapshot)$/.test(name));
    expect(needed.filter((name) => !files.includes(name))).toEqual([]);
  });
});

describe("the image's recipe", () => {
  test("names the base and every file by digest, as sha256sum reads them", () => {
    const digest = "0".repeat(64);
    const recipe = recipeOf("1.2.3", DOCKERFILE, [["Dockerfile", digest]]);
    expect(recipe).toMatch(/^# The image of Footnote 1\.2\.3\..*\n# From node:\d+-slim@sha256:[0-9a-f]{64}\n/);
    expect(recipe.split("\n").filter((line) => !line.startsWith("#"))).toEqual([`${digest}  Dockerfile`, ""]);
  });

  test("knows every path that is copied from the clone", () => {
    expect(copiedBy("FROM a@b\nCOPY x.json .npmrc ./\nCOPY src ./src\nCOPY --from=a /x ./\n")).toEqual([
      ...["x.json", ".npmrc", "src"],
    ]);
    expect(copiedBy(DOCKERFILE)).toEqual(expect.arrayContaining(["package-lock.json", "src", "adapters", "corpus"]));
    expect(copiedBy(DOCKERFILE).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("is refused of a base that may change", () => {
    expect(basesOf("FROM a:1 AS x\nRUN y\nFROM a:1\n")).toEqual(["a:1"]);
    expect(() => recipeOf("1.2.3", "FROM node:24-slim\n", [])).toThrow(/node:24-slim without a digest/);
  });
});

describe("every week newer versions are looked for", () => {
  const update = z.object({
    ...{ "package-ecosystem": z.string(), directory: z.string().optional() },
    ...{ directories: z.array(z.string()).default([]), schedule: z.object({ interval: z.literal("weekly") }) },
  });
  const { updates } = z.object({ updates: z.array(update) }).parse(parse(read(".github/dependabot.yml")));
  const foldersOf = (kind: string): string[] =>
    updates
      .filter((one) => one["package-ecosystem"] === kind)
      .flatMap(({ directory, directories }) => [...(directory === undefined ? [] : [directory]), ...directories]);

  test("of Actions and of the base image", () => {
    expect([foldersOf("github-actions"), foldersOf("docker")]).toEqual([["/"], ["/"]]);
  });

  test("of the packages of every lock file", () => {
    const locked = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
      .filter((path) => /(?:^|[\\/])package-lock\.json$/.test(path) && !path.includes("node_modules"))
      .filter((path) => !path.startsWith("dist"))
      .map((path) => join("/", dirname(path)).replaceAll("\\", "/").replace(/\/$/, "") || "/");
    expect(foldersOf("npm").sort()).toEqual(locked.sort());
  });
});
