// Dockerfile, compose.yaml and .dockerignore agree with each other and with what they are about.

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { LOOPBACK, serveHealth } from "../adapters/shared/health.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The instructions of each stage, in order, without comments. */
const STAGES = read("Dockerfile")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, " ")
  .split(/^(?=FROM )/m)
  .filter((stage) => stage.startsWith("FROM "))
  .map((stage) =>
    stage
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const [, name = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
        return { name, rest };
      }),
  );
const [BUILD = [], RUNTIME = []] = STAGES;
const restOf = (stage: typeof BUILD, name: string): string[] =>
  stage.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
const listOf = (stage: typeof BUILD, name: string): string[] =>
  z.array(z.string()).parse(JSON.parse(restOf(stage, name)[0] ?? "null"));

const PACKAGE = z
  .object({ bin: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(read("package.json")));
const service = z.object({
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  env_file: z.string(),
  read_only: z.literal(true),
  restart: z.string(),
  mem_limit: z.string(),
  pids_limit: z.number(),
  volumes: z.array(z.union([z.string(), z.object({ source: z.string(), target: z.string(), read_only: z.boolean() })])),
});
const COMPOSE = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read("compose.yaml"), { merge: true }));
const SERVICES = Object.entries(COMPOSE.services);

test("there is a stage that builds and one that runs, of the same base", () => {
  expect(STAGES).toHaveLength(2);
  const [base] = restOf(RUNTIME, "FROM");
  expect(restOf(BUILD, "FROM")).toEqual([`${base} AS build`]);
});

test("the base is a version of Node that the tests run on", () => {
  const [, major] = /^node:(\d+)-slim@sha256:[0-9a-f]{64}$/.exec(restOf(RUNTIME, "FROM")[0] ?? "") ?? [];
  const tested = z
    .object({
      jobs: z.object({ check: z.object({ strategy: z.object({ matrix: z.object({ node: z.string().array() }) }) }) }),
    })
    .parse(parse(read(".github/workflows/ci.yml"))).jobs.check.strategy.matrix.node;
  expect(tested).toContain(major);
});

test("every file that is copied exists, and the ignore file lets it through", () => {
  const copied = [...restOf(BUILD, "COPY"), ...restOf(RUNTIME, "COPY")]
    .filter((rest) => !rest.startsWith("--from="))
    .flatMap((rest) => rest.split(" ").slice(0, -1));
  expect(copied).toContain("package-lock.json");
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const ignored = read(".dockerignore").split("\n");
  expect(copied.filter((path) => ignored.includes(path) || ignored.includes(`**/${path}`))).toEqual([]);
});

test("what a build makes and what is secret is kept out", () => {
  const ignored = read(".dockerignore").split("\n");
  for (const path of [".git", "**/node_modules", "dist", "**/.env", "**/.env.*"]) expect(ignored).toContain(path);
});

test("development packages are dropped after the build, since the build needs them", () => {
  const commands = restOf(BUILD, "RUN").join(" && ");
  expect(commands).toMatch(/npm ci.*npm run build.*npm prune --omit=dev/);
  expect(restOf(RUNTIME, "RUN").join("")).not.toContain("npm");
});

test("the entry point is the command of package.json, run as another user than root", () => {
  expect(listOf(RUNTIME, "ENTRYPOINT")).toEqual(["node", PACKAGE.bin.footnote]);
  expect(restOf(RUNTIME, "USER")).toEqual(["node"]);
  expect(restOf(RUNTIME, "STOPSIGNAL")).toEqual(["SIGTERM"]);
});

describe("the health check", () => {
  const [, command = ""] = /CMD (\[.*\])$/.exec(restOf(RUNTIME, "HEALTHCHECK")[0] ?? "") ?? [];
  const [, ...args] = z.array(z.string()).parse(JSON.parse(command));
  const statusWith = (env: Record<string, string>): Promise<number> =>
    new Promise((resolve) => {
      execFile(process.execPath, args, { env }, (error) => resolve(error === null ? 0 : Number(error.code)));
    });

  test("says what the bot says", async () => {
    let isHealthy = true;
    const health = await serveHealth({ isHealthy: () => isHealthy, port: 0, host: LOOPBACK });
    const env = { HEALTH_PORT: String(health.port) };
    expect(await statusWith(env)).toBe(0);
    isHealthy = false;
    expect(await statusWith(env)).toBe(1);
    await health.close();
    expect(await statusWith(env)).toBe(1);
  });

  test("passes where there is no port to ask", async () => expect(await statusWith({})).toBe(0));
});

test("there is a service for each bot", () => {
  expect(SERVICES.map(([name]) => name)).toEqual(["slack", "discord"]);
});

describe.each(SERVICES)(
  "the service %s",
  (name, { command, environment, restart, volumes, mem_limit: memory, pids_limit: threads }) => {
    const targets = volumes.map((volume) => (typeof volume === "string" ? volume.split(":")[1] : volume.target));

    test("runs the command of its name", () => expect(command).toEqual([name]));

    test("sets only variables that .env.example lists", () => {
      const known = [...read(".env.example").matchAll(/^([A-Z_]+)=/gm)].map(([, variable]) => variable);
      expect(Object.keys(environment).filter((variable) => !known.includes(variable))).toEqual([]);
      expect(Object.keys(environment)).toContain("HEALTH_PORT");
    });

    test("writes to the bots' one volume, and reads its corpus from a mount that can't be written", () => {
      expect(targets).toContain(environment.FOOTNOTE_DATA);
      expect(restOf(RUNTIME, "VOLUME")).toEqual([environment.FOOTNOTE_DATA]);
      expect(volumes).toContain(`data:${environment.FOOTNOTE_DATA}`);
      expect(Object.keys(COMPOSE.volumes)).toEqual(["data"]);
      const corpus = volumes.find(
        (volume) => typeof volume !== "string" && volume.target === environment.FOOTNOTE_CORPUS,
      );
      expect(corpus).toMatchObject({ read_only: true });
    });

    test("holds so much memory and so many threads, and no more", () => {
      expect(memory).toMatch(/^\d+[mg]$/);
      expect(threads).toBeLessThanOrEqual(256);
    });

    test("is started again whatever ends it, until somebody stops it", () => expect(restart).toBe("unless-stopped"));
  },
);
