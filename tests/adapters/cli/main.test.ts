// The command as a person or a script calls it: exit statuses, streams, environment. Needs `npm run build`.
// @module-tag slow

import { type ExecFileException, execFile } from "node:child_process";
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, PLAIN, TOPICAL } from "./corpora.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing; npm run build makes it`);

const plain = folderWith(PLAIN);
const topical = folderWith(TOPICAL);
const broken = folderWith({
  ...TOPICAL,
  "faq.yaml": TOPICAL["faq.yaml"].replace("dark tin", "glass jar").replaceAll("dark tin", "tin box"),
});
/** Loads, but says more than its quote. */
const unsupported = folderWith({
  ...TOPICAL,
  "faq.yaml": TOPICAL["faq.yaml"].replace('in a dark tin."', 'in three dark tins."'),
});
const empty = folderWith({ "notes.png": "" });
const cases = folderWith({
  "good.jsonl":
    '{"id":"a","question":"Where is tea stored?","kind":"answer","topic":"storage","facts":["dark tin"],"sources":["tea"]}\n',
  "bad.jsonl":
    '{"id":"a","question":"Where is tea stored?","kind":"answer","topic":"storage","facts":["glass jar"],"sources":["tea"]}\n',
  "odd.jsonl": '{"id":"a","question":"Where is tea stored?","kind":"poem"}\n',
  "text.jsonl": "tea\n",
  "ids.txt": "# Right at the last look.\na\n",
  "stale-ids.txt": "a\nz # a case that went\n",
  "no-ids.txt": "# none\n",
});

interface Run {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const environment = { PATH: process.env.PATH ?? "", HOME: plain };

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(file: string, args: readonly string[], { input = "", cwd = plain, env = {} }: Run = {}): Promise<Ended> {
  return new Promise((done) => {
    const options = { cwd, env: { ...environment, ...env }, timeout: 30_000 };
    const ended = (error: ExecFileException | null, stdout: string, stderr: string): void =>
      done({ status: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout, stderr });
    execFile(file, args, options, ended).stdin?.end(input);
  });
}

const footnote = (args: readonly string[], how: Run = {}): Promise<Ended> =>
  run(process.execPath, [MAIN, ...args], how);

describe.concurrent("exit status 0 and nothing on stderr", () => {
  const done: readonly { args: readonly string[]; says: RegExp }[] = [
    { args: [], says: /^Usage: footnote/ },
    { args: ["--help"], says: /Examples:\n {2}footnote ask/ },
    { args: ["--version"], says: /^\d+\.\d+\.\d+\n$/ },
    {
      args: ["ask", "For how many minutes is black tea brewed?", "--corpus", plain],
      says: /Black tea is brewed for four minutes\. \[1\]/,
    },
    { args: ["ask", "where", "is", "tea", "stored", "--corpus", topical], says: /^Tea is stored in a dark tin/ },
    { args: ["ask", "who won the cup final in 1998?", "--corpus", topical], says: /^No answer: / },
    { args: ["ask", "", "--corpus", topical], says: /^Ask me a question/ },
    { args: ["ask", "Where is tea stored?", "--json", "--corpus", topical], says: /"kind": "answer"/ },
    {
      args: ["ask", "Where is tea stored?", "--why", "--corpus", topical],
      says: /Topics +\d+\.\d % {2}Storage \(storage\)/,
    },
    {
      args: ["ask", "Where is tea stored?", "--why", "--corpus", plain],
      says: /Gate +speaks: shows the first passage/,
    },
    { args: ["compare", "brewing", "time", "--corpus", topical], says: /Two minutes \[1\]/ },
    { args: ["compare", "--corpus", topical], says: /1\. Brewing time/ },
    { args: ["topics", "--corpus", topical], says: /^1 topic to ask about or to compare\n {2}Brewing time/ },
    { args: ["topics", "--corpus", plain], says: /^2 headings of 1 document to ask about\n {2}Brewing {2}tea/ },
    { args: ["topics", "--json", "--corpus", topical], says: /"example": "How long is tea brewed\?"/ },
    { args: ["sources", "--corpus", topical], says: /^Tea\n[\s\S]*These documents restate their pages/ },
    { args: ["sources", "--corpus", plain], says: /^Tea\n(?![\s\S]*restate)/ },
    {
      args: ["sources", "--text", "tea.md", "--corpus", plain],
      says: /^Tea\ntea\.md · numbers are lines of the file\n\n1 +Tea \(heading\)\n\nBrewing\n3 +Brewing \(heading\)\n5 +Green tea is brewed for two minutes\.\n6 +Black/m,
    },
    { args: ["sources", "--text", "tea", "--json", "--corpus", topical], says: /"hasLines": true/ },
    { args: ["check", "--restated", "--corpus", topical], says: /restates 3/ },
    {
      args: ["eval", join(cases, "good.jsonl"), "--min", "1", "--corpus", topical],
      says: /1 of 1 case right, 100\.0 %/,
    },
    {
      args: ["eval", join(cases, "good.jsonl"), "--expect", join(cases, "ids.txt"), "--corpus", topical],
      says: /1 of 1 case right, 100\.0 %\n$/,
    },
    { args: ["eval", join(cases, "bad.jsonl"), "--corpus", topical], says: /fact missing: glass jar/ },
    {
      args: ["eval", join(cases, "good.jsonl"), "--leave-one-out", "--json", "--corpus", topical],
      says: /"leaveOneOut": \{/,
    },
    ...["ask", "chat", "compare", "topics", "sources", "batch", "check", "eval"].map((name) => ({
      args: [name, "--help"],
      says: /--corpus <dir>[\s\S]*Examples:\n {2}footnote /,
    })),
  ];
  test.each(done)("footnote $args", async ({ args, says }) => {
    const { status, stdout, stderr } = await footnote(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(says);
  });
});

describe.concurrent("exit status 1", () => {
  test("a check that finds an error says file, line and remedy on stdout", async () => {
    const { status, stdout, stderr } = await footnote(["check", "--corpus", unsupported]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^faq\.yaml:\d+: error: .*three.*; .+/m);
    expect(stdout).toMatch(/1 error, 0 warnings\./);
  });

  test("a share below --min", async () => {
    const { status, stdout } = await footnote(["eval", join(cases, "bad.jsonl"), "--min", "0.5", "--corpus", topical]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/0 of 1 case right/);
  });

  test.each([
    {
      listed: "a case that --expect lists and that is not right",
      file: "bad.jsonl",
      ids: "ids.txt",
      says: /not right now \(1\)\n +a\n/,
    },
    {
      listed: "an id in --expect that no case has",
      file: "good.jsonl",
      ids: "stale-ids.txt",
      says: /not among the cases \(1\)\n +z\n/,
    },
  ])("$listed", async ({ file, ids, says }) => {
    const args = ["eval", join(cases, file), "--expect", join(cases, ids), "--corpus", topical];
    const { status, stdout } = await footnote(args);
    expect(status).toBe(1);
    expect(stdout).toMatch(says);
  });
});

describe.concurrent("exit status 2, one line on stderr and nothing on stdout", () => {
  const wrong: readonly { args: readonly string[]; says: RegExp; cwd?: string }[] = [
    { args: ["ask"], says: /^usage: footnote ask .*footnote ask --help/ },
    { args: ["eval"], says: /^usage: footnote eval / },
    { args: ["aks"], says: /unknown command 'aks' \(Did you mean ask\?\); see footnote --help/ },
    { args: ["ask", "x", "--jsn"], says: /unknown option '--jsn' \(Did you mean --json\?\); see footnote ask --help/ },
    { args: ["ask", "x", "--corpus"], says: /argument missing/ },
    { args: ["topics", "extra"], says: /too many arguments/ },
    {
      args: ["sources", "--text", "rum.md", "--corpus", plain],
      says: /^no document rum\.md in .+; footnote sources lists what there is/,
    },
    { args: ["ask", "x", "--corpus", "/nowhere"], says: /no folder \/nowhere; / },
    { args: ["ask", "x", "--corpus", MAIN], says: /is not a folder; / },
    { args: ["check", "--corpus", empty], says: /no document in / },
    { args: ["check", "--corpus", broken], says: /^faq\.yaml:\d+: .+; .+/ },
    { args: ["ask", "x", "--corpus", broken], says: /^faq\.yaml:\d+: .+; .+/ },
    { args: ["eval", "/nowhere.jsonl"], says: /\/nowhere\.jsonl can't be read \(ENOENT\); / },
    { args: ["eval", join(cases, "text.jsonl")], says: /text\.jsonl:1: not JSON; / },
    { args: ["eval", join(cases, "odd.jsonl")], says: /case "a": kind: .*odd\.jsonl:1/ },
    { args: ["eval", join(cases, "good.jsonl"), "--min", "90"], says: /--min 90 is no share; / },
    { args: ["ask", "x", "--corpus", " "], says: /^--corpus names no folder; / },
    {
      args: ["eval", join(cases, "good.jsonl"), "--expect", "/nowhere.txt"],
      says: /\/nowhere\.txt can't be read \(ENOENT\); /,
    },
    {
      args: ["eval", join(cases, "good.jsonl"), "--expect", join(cases, "no-ids.txt")],
      says: /no-ids\.txt lists no id; /,
    },
    { args: ["eval", ""], says: /^"" can't be read \(ENOENT\); / },
    { args: ["topics"], says: /^\.env can't be read: .+; /, cwd: folderWith({ ".env/file": "" }) },
  ];
  test.each(wrong)("footnote $args", async ({ args, says, ...how }) => {
    const { status, stdout, stderr } = await footnote(args, how);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe.concurrent("the environment", () => {
  const idsIn = async (env: Record<string, string>, cwd: string): Promise<string> =>
    (await footnote(["sources"], { env, cwd })).stdout;
  const other = folderWith({ "coffee.md": "# Coffee\n\nCoffee is ground.\n" });
  const withEnv = folderWith({ ".env": `FOOTNOTE_CORPUS=${other}\n` });

  test("FOOTNOTE_CORPUS names the corpus", async () =>
    expect(await idsIn({ FOOTNOTE_CORPUS: topical }, plain)).toMatch(/^Tea/));
  test("an empty FOOTNOTE_CORPUS is one that is not set", async () =>
    expect(await idsIn({ FOOTNOTE_CORPUS: " " }, withEnv)).toMatch(/Comparing VMs and Containers/));
  test(".env in the current folder is read", async () => expect(await idsIn({}, withEnv)).toMatch(/^Coffee/));
  test("real variables win", async () => expect(await idsIn({ FOOTNOTE_CORPUS: topical }, withEnv)).toMatch(/^Tea/));
  test("--corpus wins over both", async () => {
    const { stdout } = await footnote(["sources", "--corpus", plain], {
      cwd: withEnv,
      env: { FOOTNOTE_CORPUS: other },
    });
    expect(stdout).toMatch(/^Tea/);
  });

  const coloured: readonly { env: Record<string, string>; isColoured: boolean }[] = [
    { env: {}, isColoured: false },
    { env: { CI: "true" }, isColoured: false },
    { env: { FORCE_COLOR: "1" }, isColoured: true },
    { env: { FORCE_COLOR: "1", NO_COLOR: "1" }, isColoured: false },
  ];
  test.each(coloured)("a pipe with $env is coloured: $isColoured", async ({ env, isColoured }) => {
    const { stdout } = await footnote(["ask", "where is tea stored", "--corpus", topical], { env });
    expect(stdout.includes("\u001b[")).toBe(isColoured);
  });

  test("the built-in corpus is found from any folder", async () => {
    const { status, stdout } = await footnote(["ask", "--json", "How fast does a container start compared with a VM?"]);
    expect(status).toBe(0);
    expect(["answer", "comparison"]).toContain(JSON.parse(stdout).kind);
  });
});

describe.concurrent("batch", () => {
  const batch = async (input: string) => {
    const { status, stdout, stderr } = await footnote(["batch", "--corpus", topical], { input });
    const lines = stdout.split("\n").filter((line) => line !== "");
    return { status, stderr, lines: lines.map((line) => JSON.parse(line)) };
  };

  test("answers line by line, in order, ignoring other fields and blank lines", async () => {
    const { status, stderr, lines } = await batch(
      '{"id":"a","question":"Where is tea stored?","kind":"answer"}\n\n{"id":2,"question":"and black tea?","after":["How long is green tea brewed?"]}\r\n{"question":"hi\u2028there"}',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lines.map(({ id }) => id)).toEqual(["a", 2, null]);
    expect(lines[1].reply.reading.fromThread).toContain("brewing");
    expect(lines[2].reply.kind).toBe("help");
  });

  test("a line that can't be read is an error at its place, the rest is answered, exit status 2", async () => {
    const { status, lines } = await batch(
      '{"id":"a","question":"hi"}\n{"id":"b", oops\n{"id":"c","question":7}\n[]\n{"id":"e","question":"hi"}\n',
    );
    expect(status).toBe(2);
    expect(lines.map(({ id, error }) => [id, error === undefined])).toEqual([
      ["a", true],
      [null, false],
      ["c", false],
      [null, false],
      ["e", true],
    ]);
    expect(lines[1].error).toMatch(/^line 2 is not JSON; /);
    expect(lines[2].error).toMatch(/^line 3 .*"question"/);
  });

  test("nothing in, nothing out", async () => expect(await batch("")).toEqual({ status: 0, stderr: "", lines: [] }));

  test("gives the reply that ask gives", async () => {
    const asked = JSON.parse((await footnote(["ask", "--json", "Where is tea stored?", "--corpus", topical])).stdout);
    expect((await batch('{"question":"Where is tea stored?"}')).lines[0].reply).toEqual(asked);
  });
});

describe.concurrent("chat from a pipe", () => {
  test("answers line by line without a prompt and remembers the thread", async () => {
    const input = "How long is green tea brewed?\nand black tea?\n/quit\nWhere is tea stored?\n";
    const { status, stdout, stderr } = await footnote(["chat", "--corpus", topical], { input });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("Continuing with: Brewing time");
    expect(stdout).not.toContain("footnote>");
    expect(stdout).not.toContain("dark tin. [");
  });
});

describe.concurrent("what is wrong around it is one line and exit status 2", () => {
  const shell = (script: string): Promise<Ended> => run("bash", ["-c", script, process.execPath, MAIN, topical]);
  const odd: readonly { name: string; script: string; says: RegExp }[] = [
    {
      name: "a full disk",
      script: `"$0" "$1" topics --corpus "$2" > /dev/full`,
      says: /^the output can't be written \(ENOSPC\); .+\n$/,
    },
    {
      name: "a folder as input of batch",
      script: `"$0" "$1" batch --corpus "$2" < /`,
      says: /^the input is a folder; .+\n$/,
    },
    {
      name: "a folder as input of chat",
      script: `"$0" "$1" chat --corpus "$2" < /`,
      says: /^the input is a folder; .+\n$/,
    },
    {
      name: "a current folder that is gone",
      script: `cd "$(mktemp -d)" && rmdir "$PWD" && "$0" "$1" ask --corpus tea x`,
      says: /^tea can't be found: the current folder has been deleted; .+\n$/,
    },
    { name: "no room for the line itself", script: `"$0" "$1" ask --corpus /nowhere x 2> /dev/full`, says: /^$/ },
  ];
  // Linux has /dev/full.
  test.runIf(process.platform === "linux").each(odd)("$name", async ({ script, says }) => {
    const { status, stdout, stderr } = await shell(script);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  const locked = folderWith({ ".env": `FOOTNOTE_CORPUS=${topical}\n` });
  chmodSync(join(locked, ".env"), 0);
  // Root reads everything.
  test.skipIf(process.getuid?.() === 0)("a .env that may not be read", async () => {
    const { status, stderr } = await footnote(["topics"], { cwd: locked });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^\.env can't be read: .*permissions.*; .+\n$/);
  });
});

describe.concurrent("a folder is found however it is written", () => {
  const spaced = folderWith({ "my hand book/tea.md": PLAIN["tea.md"] });
  const written = ["my hand book", "./my hand book/", join(spaced, "my hand book//"), "my hand book/../my hand book"];
  test.each(written)("%s", async (corpus) => {
    const { stdout } = await footnote(["sources", "--corpus", corpus], { cwd: spaced });
    expect(stdout).toMatch(/^Tea/);
  });
});

describe.concurrent("a closed pipe ends quietly", () => {
  const piped: readonly string[] = [
    `"$0" "$1" topics --corpus "$2" | true; exit \${PIPESTATUS[0]}`,
    `yes '{"question":"Where is tea stored?"}' | "$0" "$1" batch --corpus "$2" | head -1; exit \${PIPESTATUS[1]}`,
    `yes 'Where is tea stored?' | "$0" "$1" chat --corpus "$2" | head -1; exit \${PIPESTATUS[1]}`,
  ];
  test.each(piped)("%s", async (script) => {
    const { status, stderr } = await run("bash", ["-c", script, process.execPath, MAIN, topical]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("the index of a corpus", () => {
  const env = { FOOTNOTE_DATA: "kept" };

  test("is made by the first command and read by the next", async () => {
    const cwd = folderWith({});
    const ask = ["ask", "Where is tea stored?", "--json", "--corpus", topical];
    const first = await footnote(ask, { cwd, env });
    const [name = "", ...others] = readdirSync(join(cwd, "kept", "index"));
    expect([others, name.endsWith(".snapshot")]).toEqual([[], true]);
    expect(await footnote(ask, { cwd, env })).toEqual(first);
    const { stdout } = await footnote(["index", "--corpus", topical], { cwd, env });
    expect(stdout).toBe(
      `Already indexed: 2 passages of 1 document, minisearch, ${sizeOf(cwd, name)}, in kept/index/${name}\n`,
    );
  });

  test("is made ahead, of the kind that is wanted", async () => {
    const cwd = folderWith({});
    const { stdout, stderr, status } = await footnote(["index", "--index", "compact", "--json", "--corpus", plain], {
      cwd,
      env,
    });
    expect([status, stderr]).toEqual([0, ""]);
    const made = JSON.parse(stdout);
    expect(made).toMatchObject({ documents: 1, passages: 2, index: "compact", isNew: true });
    expect(statSync(join(cwd, made.file)).size).toBe(made.bytes);
    const ask = ["ask", "Where is tea stored?", "--json", "--corpus", plain];
    const compact = await footnote(ask, { cwd, env: { ...env, FOOTNOTE_INDEX: "compact" } });
    // Beside the index, that it was asked for: the bots look at their documents then.
    expect(new Set(readdirSync(join(cwd, "kept", "index")))).toEqual(
      new Set([expect.stringMatching(/\.snapshot$/), "asked"]),
    );
    expect(await footnote(ask, { cwd, env })).toEqual(compact);
  });

  test("of the built-in corpus lies beside the program", async () => {
    const { stdout } = await footnote(["index"], { cwd: folderWith({}), env });
    expect(stdout).toMatch(/^Already indexed: .* in .*dist\/corpus\.snapshot\n$/);
  });

  test("that is damaged is said in one line and made anew", async () => {
    const cwd = folderWith({});
    const ask = ["ask", "Where is tea stored?", "--corpus", plain];
    const first = await footnote(ask, { cwd, env });
    const [name = ""] = readdirSync(join(cwd, "kept", "index"));
    writeFileSync(join(cwd, "kept", "index", name), "damaged");
    const second = await footnote(ask, { cwd, env });
    expect(second).toEqual({
      ...first,
      stderr: `footnote: the index kept/index/${name} is damaged and is made anew\n`,
    });
    expect(await footnote(ask, { cwd, env })).toEqual(first);
  });

  test("that can't be kept is said in one line, and the question answered; making it ahead fails", async () => {
    const cwd = folderWith({ kept: "a file" });
    const asked = await footnote(["ask", "Where is tea stored?", "--corpus", plain], { cwd, env });
    expect([asked.status, asked.stdout]).toEqual([0, expect.stringMatching(/^Tea is stored in a dark tin/)]);
    expect(asked.stderr).toMatch(/^footnote: the index .* can't be written \(\w+\).*; set FOOTNOTE_DATA .*\n$/);
    const ahead = await footnote(["index", "--corpus", plain], { cwd, env });
    expect([ahead.status, ahead.stdout]).toEqual([2, ""]);
    expect(ahead.stderr).toMatch(/^.*can't be written \(\w+\); set FOOTNOTE_DATA to a folder that can be written\n$/);
  });

  test("is of a kind that there is", async () => {
    const { status, stderr } = await footnote(["ask", "tea", "--corpus", plain], { env: { FOOTNOTE_INDEX: "lucene" } });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/FOOTNOTE_INDEX is no index; set one of auto,/)]);
  });
});

const sizeOf = (cwd: string, name: string): string =>
  `${(statSync(join(cwd, "kept", "index", name)).size / 1_000_000).toFixed(1)} MB`;
