import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Answered, Journal, Limited } from "../../../adapters/shared/log.ts";
import { replySchema } from "../../../src/reply-schema.ts";
import { folderWith, TOPICAL } from "../cli/corpora.ts";
import { attribute, dangersIn, elementsIn, textOf } from "./html.ts";
import { appOf, asking, page } from "./site.ts";

type App = Awaited<ReturnType<typeof appOf>>;

const folder = folderWith({
  ...TOPICAL,
  "documents/below/old notes.html": "<title>Old notes</title><h1>Old notes</h1><p>Kettles are descaled in May.</p>",
});
let site: App;
beforeAll(async () => {
  site = await appOf(folder);
});

const json = async (path: string, init?: RequestInit): Promise<unknown> => JSON.parse(await page(site.app, path, init));
const post = (body: string, type = "application/json"): RequestInit => ({
  method: "POST",
  headers: { "content-type": type },
  body,
});

describe("the page to ask on", () => {
  test("begins with a box, what can be asked, and nothing that a stranger would load", async () => {
    const html = await page(site.app, "/");
    expect(textOf(html)).toContain("Ask the documents");
    expect(textOf(html)).toContain("2 documents");
    expect(dangersIn(html)).toEqual([]);
    const sources = elementsIn(html).flatMap((one) => attribute(one, "src") ?? []);
    expect(sources.filter((one) => !one.startsWith("/assets/"))).toEqual([]);
  });

  test("answers in the address, as a terminal, as Slack and as Discord do", async () => {
    const html = await page(site.app, asking("How long is green tea brewed?"));
    const reply = await site.engine.answer("How long is green tea brewed?");
    expect(reply.kind).toBe("answer");
    const said = reply.kind === "answer" ? reply.verdict.text : "";
    for (const part of ["reply reply-answer", "look look-terminal", "slack", "discord"]) {
      const [, shown = ""] = html.split(`class="${part}"`);
      expect([part, textOf(`<p class="${shown}`).slice(0, 600)]).toEqual([part, expect.stringContaining(said)]);
    }
    expect(html.match(/class="terminal"/g)).toHaveLength(1);
    expect(dangersIn(html)).toEqual([]);
  });

  test("carries the thread: what follows is asked after it", async () => {
    const html = await page(site.app, asking("And black tea?", "How long is green tea brewed?"));
    const reply = await site.engine.answer("And black tea?", ["How long is green tea brewed?"]);
    expect(textOf(html)).toContain(reply.kind === "answer" ? reply.verdict.text : "nothing");
    const hidden = elementsIn(html).filter((one) => attribute(one, "type") === "hidden");
    expect(hidden.map((one) => attribute(one, "value"))).toEqual(["How long is green tea brewed?", "And black tea?"]);
    expect(html).toContain('href="/?q=How+long+is+green+tea+brewed%3F"');
  });

  test("carries as much of a thread as an address may hold, the latest questions", async () => {
    const long = (word: string): string => `${word} 茶 `.repeat(130);
    const html = await page(site.app, asking("And black tea?", ...["one", "two", "three", "four"].map(long)));
    const hidden = elementsIn(html).filter((one) => attribute(one, "type") === "hidden");
    const carried = hidden.map((one) => attribute(one, "value") ?? "");
    expect(carried.at(-1)).toBe("And black tea?");
    expect(carried.length).toBeLessThan(5);
    const links = elementsIn(html).flatMap((one) => attribute(one, "href") ?? []);
    expect(Math.max(...links.map(({ length }) => length))).toBeLessThan(16_000);
  });

  test("says why, where that is asked", async () => {
    const quiet = await page(site.app, asking("How long is green tea brewed?"));
    const why = await page(site.app, `${asking("How long is green tea brewed?")}&why=1`);
    expect(textOf(quiet)).not.toContain("What was understood");
    expect(textOf(why)).toMatch(/What was understood[\s\S]*Read as[\s\S]*Topics[\s\S]*Decision[\s\S]*because/);
  });

  test("is the first page again for a question of blanks, and cuts an endless one", async () => {
    expect(textOf(await page(site.app, asking("  ")))).toContain("Ask the documents");
    const long = await page(site.app, asking("tea ".repeat(3000)));
    expect(textOf(long)).toContain("only its beginning was read");
  });
});

describe("the page of a document", () => {
  test("numbers its lines, marks the quoted ones and lists its headings", async () => {
    const html = await page(site.app, `/documents/tea.md?v=${site.engine.corpus.hash}&lines=6#L6`);
    const [marked] = /<mark>([\s\S]*?)<\/mark>/.exec(html)?.slice(1) ?? [];
    expect(marked).toContain("Green tea is brewed for two minutes.");
    expect(elementsIn(html).map((one) => attribute(one, "id"))).toContain("L7");
    expect(html).toContain('<a href="#L3">Brewing</a>');
    expect(html).not.toContain('class="notice"');
    expect(dangersIn(html)).toEqual([]);
  });

  test("is found by its path, whatever stands in it, and nothing else is", async () => {
    expect(textOf(await page(site.app, "/documents/below/old%20notes.html"))).toContain("Kettles are descaled in May.");
    for (const path of ["nothing.md", "../faq.yaml", "..%2ffaq.yaml", "%2e%2e/faq.yaml", "faq.yaml", "__proto__"]) {
      const response = await site.app.request(`http://localhost/documents/${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect((await site.app.request(`http://localhost/raw/${path}`)).status).toBe(404);
    }
  });

  test("is found by its path below the corpus folder too, as citations name it", async () => {
    for (const path of ["tea.md", "documents/tea.md"])
      expect(textOf(await page(site.app, `/documents/${path}?v=${site.engine.corpus.hash}`))).toContain("dark tin");
  });

  test("hands its file over as text that no browser runs", async () => {
    const response = await site.app.request("http://localhost/raw/below/old%20notes.html");
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toContain("<p>Kettles are descaled in May.</p>");
  });

  test("is listed with the others", async () => {
    const html = await page(site.app, "/documents");
    expect(html).toContain('href="/documents/tea.md"');
    expect(html).toContain('href="/documents/below/old%20notes.html"');
  });

  test("has each line once, and every line of what was read", async () => {
    const ids = elementsIn(await page(site.app, "/documents/tea.md")).flatMap((one) => attribute(one, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the interface for programs", () => {
  test("answers with the engine's own reply, which is what the schema says", async () => {
    const read = await json("/api/answer", post('{"question": "How long is green tea brewed?"}'));
    expect(read).toEqual(await site.engine.answer("How long is green tea brewed?"));
    expect(replySchema.safeParse(read).error).toBeUndefined();
  });

  test("takes a thread", async () => {
    const after = ["How long is green tea brewed?"];
    const read = await json("/api/answer", post(JSON.stringify({ question: "And black tea?", after })));
    expect(read).toEqual(await site.engine.answer("And black tea?", after));
  });

  test.each([
    ["no JSON", "how?", 400],
    ["no question", "{}", 400],
    ["a number", '{"question": 7}', 400],
    ["something more", '{"question": "How?", "audience": "hr"}', 400],
    ["a thread too long", JSON.stringify({ question: "a", after: Array(11).fill("b") }), 400],
    ["a question too long", JSON.stringify({ question: "a".repeat(3000) }), 400],
    ["a body too large", JSON.stringify({ question: "a".repeat(300_000) }), 413],
  ])("refuses %s in a sentence", async (_, body, status) => {
    const response = await site.app.request("http://localhost/api/answer", post(body));
    expect(response.status).toBe(status);
    expect(z.strictObject({ error: z.string().min(10) }).safeParse(await response.json()).success).toBe(true);
  });

  test("lists topics and documents, and suggests while somebody types", async () => {
    expect(await json("/api/topics")).toMatchObject({ corpus: site.engine.corpus.hash });
    const { documents } = z
      .object({ documents: z.array(z.object({ file: z.string(), page: z.string() })) })
      .parse(await json("/api/documents"));
    expect(documents).toContainEqual({ file: "documents/tea.md", page: "/documents/tea.md" });
    const { suggestions } = z.object({ suggestions: z.array(z.string()) }).parse(await json("/api/suggest?typed=brew"));
    expect(suggestions.length).toBeGreaterThan(0);
    expect(suggestions.length).toBeLessThanOrEqual(7);
    expect(await json("/api/suggest?typed=")).toEqual({ suggestions: [] });
  });

  test("describes itself: every reference leads somewhere, and each route is one", async () => {
    const described = await json("/api/openapi.json");
    const text = JSON.stringify(described);
    const named = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = ""]) => name);
    const { components, paths } = z
      .object({
        components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
        paths: z.record(z.string(), z.unknown()),
      })
      .parse(described);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !(name in components.schemas))).toEqual([]);
    expect(text).not.toContain("$id");
    for (const path of Object.keys(paths))
      expect([path, (await site.app.request(`http://localhost${path}?typed=a`, { method: "OPTIONS" })).status]).toEqual(
        [path, 404],
      );
    for (const path of ["/api/topics", "/api/documents", "/api/suggest"]) expect(Object.keys(paths)).toContain(path);
  });

  test("lets no page of another origin read it", async () => {
    const response = await site.app.request("http://localhost/api/topics", {
      headers: { origin: "https://evil.example" },
    });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  test("has an address for nothing else, and says so as JSON", async () => {
    const response = await site.app.request("http://localhost/api/nothing");
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/json"]);
  });
});

test("every page forbids what it does not need", async () => {
  for (const path of ["/", asking("tea"), "/documents", "/documents/tea.md", "/api", "/nothing", "/raw/tea.md"]) {
    const { headers } = await site.app.request(`http://localhost${path}`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("private, no-cache");
  }
});

test("style and scripts may be kept for ever under the name that pages give them", async () => {
  const [, address = ""] = /href="(\/assets\/style\.css\?v=\w+)"/.exec(await page(site.app, "/")) ?? [];
  const named = await site.app.request(`http://localhost${address}`);
  expect(named.headers.get("cache-control")).toContain("immutable");
  const other = await site.app.request("http://localhost/assets/style.css?v=older");
  expect(other.headers.get("cache-control")).toBe("no-cache");
  expect((await site.app.request("http://localhost/assets/..%2fmain.ts")).status).toBe(404);
});

test("what is asked is logged by how it came in, without its words", async () => {
  const lines: (Answered | Limited)[] = [];
  const journal: Journal = {
    answered: (answered) => void lines.push(answered),
    limited: (limited) => void lines.push(limited),
    voted: () => {},
  };
  const { app } = await appOf(folder, { FOOTNOTE_QUESTIONS_PER_MINUTE: "1" }, { journal });
  await page(app, asking("Where is tea stored?"));
  await page(app, "/api/answer", post('{"question": "Where is tea stored?"}'));
  expect(lines).toEqual([
    expect.objectContaining({ entry: "page" }),
    { entry: "api", retryAfterMs: expect.any(Number) },
  ]);
});

test("a page of a corpus that was forged says sorry, and nothing of what went wrong", async () => {
  const { engine } = site;
  const broken = {
    ...engine,
    corpus: engine.corpus,
    offers: engine.offers,
    suggest: () => [],
    explain: async () => {
      throw new Error("/secret/path does not say so");
    },
  };
  const { app } = await appOf(folder, {}, { engine: () => broken });
  const response = await app.request(`http://localhost${asking("tea")}`);
  expect(response.status).toBe(500);
  expect(textOf(await response.text())).toContain("Something went wrong on my side.");
  const told = await app.request("http://localhost/api/answer", post('{"question": "tea"}'));
  expect(await told.json()).toEqual({ error: "Something went wrong on my side. Please ask again in a minute." });
});

describe("below a path", () => {
  test("links lead where FOOTNOTE_PUBLIC_URL says, whether or not a proxy takes that off", async () => {
    const { app } = await appOf(folder, { FOOTNOTE_PUBLIC_URL: "https://intra.example/footnote/" });
    for (const path of ["/footnote/documents", "/documents"]) {
      const html = await page(app, path);
      const links = elementsIn(html).flatMap((one) => attribute(one, "href") ?? attribute(one, "src") ?? []);
      expect(links.filter((one) => !one.startsWith("/footnote/") && one !== "#main")).toEqual([]);
      expect(html).toContain('href="/footnote/documents/tea.md"');
    }
  });
});
