import { once } from "node:events";
import { createServer, type Server } from "node:http";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadDrawings } from "../../../adapters/cli/serve.ts";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { portOf } from "../../../adapters/shared/health.ts";
import { type Site, startSite } from "../../../adapters/web/main.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { hasChromium, startChromium } from "../../chromium.ts";
import { asking, settingsOf } from "./site.ts";

const QUESTION = "Are VMs safer than containers?";

describe.skipIf(!hasChromium())("in a browser", { tags: ["slow"], timeout: 300_000 }, () => {
  let browser: Browser;
  let engine: Engine;
  let site: Site;
  let stranger: Server;
  /** A page of somebody else's, which holds the widget. */
  let wiki = "";
  let base = "";

  beforeAll(async () => {
    stranger = createServer((_, response) =>
      response
        .setHeader("content-type", "text/html")
        .end(`<!doctype html><title>Wiki</title><h1>Wiki</h1><script async src="${base}/widget.js"></script>`),
    ).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    wiki = `http://127.0.0.1:${portOf(stranger)}`;
    engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
    const options = { editionsFile: null, journal: null, log: null, now: Date.now, folder: BUILT_IN.folder };
    const settings = settingsOf({ FOOTNOTE_WIDGET_ORIGINS: wiki });
    site = await startSite({ ...options, engine: () => engine, settings, drawings: await loadDrawings() }, 0);
    base = `http://127.0.0.1:${site.port}`;
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    stranger?.close();
  });

  /** Visits a page; whatever the browser complains about, or asks of another host, fails the test. */
  async function visit<T>(path: string, options: BrowserContextOptions, act: (page: Page) => Promise<T>): Promise<T> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const complaints: string[] = [];
    const page = await context.newPage();
    // Of a page that is not there, which is what it is visited for, the browser complains.
    page.on("console", (message) => {
      if (path !== "/nothing" || !message.text().includes("404")) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(base)) complaints.push(request.url());
    });
    try {
      await page.goto(base + path);
      const result = await act(page);
      expect(complaints).toEqual([]);
      return result;
    } finally {
      await context.close();
    }
  }

  const isInView = async (page: Page, selector: string): Promise<boolean> => {
    const box = await page.locator(selector).first().boundingBox();
    const height = page.viewportSize()?.height ?? 0;
    return box !== null && box.y >= 0 && box.y + box.height <= height;
  };

  test("somebody asks, follows up, opens a citation and sees the line marked", () =>
    visit("/", {}, async (page) => {
      await page.getByLabel("Ask a question").fill(QUESTION);
      await page.getByRole("button", { name: "Ask" }).click();
      await page.waitForURL(/\?q=/);
      expect(await page.locator(".verdict").innerText()).toContain("The level of isolation is higher");
      await page.getByLabel("Ask a follow-up question").fill("Why?");
      await page.getByRole("button", { name: "Ask" }).click();
      await page.waitForURL(/after=/);
      const reply = await engine.answer("Why?", [QUESTION]);
      if (reply.kind !== "answer") throw new Error("a follow-up that is not answered");
      const [cited] = reply.citations.filter(({ number }) => reply.verdict.citations.includes(number));
      await page.locator(".verdict .mark, .passage .mark").first().click();
      await page.waitForURL(/\/documents\//);
      expect(await page.locator("mark").first().innerText()).toBe(cited?.quote);
      expect(await isInView(page, "mark")).toBe(true);
    }));

  test("a link as chats have it, with a version and a line, leads to the line marked", () =>
    visit(`/documents/kvm-and-containers.md?v=${engine.corpus.hash}#L102`, {}, async (page) => {
      await page.waitForURL(/lines=102/);
      expect(await page.locator("mark").first().innerText()).toContain("Sharing the kernel of the host");
      expect(await isInView(page, "mark")).toBe(true);
    }));

  test("everything is reached with keys alone", () =>
    visit("/", {}, async (page) => {
      await page.keyboard.press("Tab");
      expect(await page.locator(":focus").innerText()).toBe("Skip to the content");
      await page.keyboard.press("/");
      await page.keyboard.type("safer");
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
      const chosen = await page.getByRole("option", { selected: true }).innerText();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\?q=/);
      expect(await page.locator("h1").innerText()).toBe(chosen);
      await tabTo(page, ".mark");
      await page.goBack();
      await page.goForward();
      await tabTo(page, "input[name=where]");
      await page.keyboard.press("ArrowRight");
      expect(await page.locator(".slack").isVisible()).toBe(true);
      expect(await page.locator(".terminal").first().isVisible()).toBe(false);
      await page.locator(".mark").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/documents\//);
      expect(await isInView(page, "mark")).toBe(true);
    }));

  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let pressed = 0; pressed < 80; pressed++) {
      if (await page.locator(`${selector}:focus`).count()) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`no way to ${selector} with the Tab key`);
  }

  test("all of it works without a script", () =>
    visit("/", { javaScriptEnabled: false }, async (page) => {
      await page.getByLabel("Ask a question").fill(QUESTION);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\?q=/);
      await page.getByRole("radio", { name: "Discord" }).check({ force: true });
      expect(await page.locator(".discord").isVisible()).toBe(true);
      await page.getByRole("link", { name: "Why this reply?" }).click();
      expect(await page.getByRole("heading", { name: "What was understood" }).isVisible()).toBe(true);
      await page.locator(".mark").first().click();
      expect(await isInView(page, "mark")).toBe(true);
    }));

  const PAGES = [
    "/",
    `${asking(QUESTION)}&why=1`,
    asking("startup time"),
    asking("How do I give a VM more memory?"),
    asking("How do I fry an egg?"),
    "/documents",
    "/documents/comparing-vms-and-containers.md?v=000000000000&lines=54#L54",
    "/api",
    "/nothing",
    `/widget${asking(QUESTION).slice(1)}`,
  ];
  const found = z.object({
    violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing, and nothing is cut off at 320 pixels, in the %s",
    async (colorScheme) => {
      for (const path of PAGES) {
        await visit(path, { colorScheme, viewport: { width: 320, height: 640 } }, async (page) => {
          const excess = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          expect([path, excess]).toEqual([path, 0]);
        });
        await visit(path, { colorScheme }, async (page) => {
          await page.evaluate(axe.source);
          for (const look of path.includes("q=") && !path.startsWith("/widget")
            ? ["Terminal", "Slack", "Discord"]
            : [null]) {
            if (look !== null) await page.getByRole("radio", { name: look }).check({ force: true });
            const { violations } = found.parse(await page.evaluate("axe.run()"));
            expect([path, look, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([
              path,
              look,
              [],
            ]);
          }
        });
      }
    },
  );

  test("a page that is listed shows the widget, which grows with its reply; another page does not", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(wiki);
    const frame = page.frameLocator("iframe");
    await frame.getByLabel("Ask the documents").fill(QUESTION);
    await frame.getByRole("button", { name: "Ask" }).click();
    await frame.locator(".verdict").waitFor();
    await expect.poll(async () => (await page.locator("iframe").boundingBox())?.height ?? 0).toBeGreaterThan(600);
    // The same server by another name is another origin.
    await page.goto(wiki.replace("127.0.0.1", "localhost"));
    await page.locator("iframe").waitFor();
    await expect(frame.getByLabel("Ask the documents").waitFor({ timeout: 1500 })).rejects.toThrow();
    await context.close();
  });
});
