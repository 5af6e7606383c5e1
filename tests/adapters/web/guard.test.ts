import { describe, expect, test } from "vitest";
import { folderWith, PLAIN } from "../cli/corpora.ts";
import { textOf } from "./html.ts";
import { appOf, asking } from "./site.ts";

const folder = folderWith(PLAIN);

/** What a server hands to the app of a connection. */
const from = (remoteAddress: string) => ({
  incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: "IPv4" } },
});

describe("a name that is not this server's", () => {
  const statusOf = async (environment: Readonly<Record<string, string>>, host: string): Promise<number> =>
    (await (await appOf(folder, environment)).app.request(`http://${host}/`)).status;

  test("is refused on the loopback, where a stranger's page could lead its own name", async () => {
    expect(await statusOf({}, "evil.example")).toBe(421);
    expect(await statusOf({}, "127.0.0.1.evil.example:8080")).toBe(421);
    for (const host of ["localhost:8080", "127.0.0.1", "[::1]:8080"]) expect(await statusOf({}, host)).toBe(200);
  });

  test("is heard where it is the public one, or all may connect anyway", async () => {
    expect(await statusOf({ FOOTNOTE_PUBLIC_URL: "https://ask.example" }, "ask.example")).toBe(200);
    expect(await statusOf({ HOST: "0.0.0.0" }, "ask.example")).toBe(200);
  });
});

describe("the limit of questions", () => {
  const ask = (app: Awaited<ReturnType<typeof appOf>>["app"], address: string, headers: Record<string, string> = {}) =>
    app.request(`http://localhost${asking("Where is tea stored?")}`, { headers }, from(address));

  test("is an address's own, and says when to ask again", async () => {
    const { app } = await appOf(folder, { FOOTNOTE_QUESTIONS_PER_MINUTE: "2" });
    const statuses: number[] = [];
    for (const address of ["192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2"])
      statuses.push((await ask(app, address)).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
    const refused = await ask(app, "192.0.2.1");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(textOf(await refused.text())).toContain("Please ask again in");
  });

  test("is that of whom a trusted proxy asks for, and of nobody that a stranger names", async () => {
    const environment = { FOOTNOTE_QUESTIONS_PER_MINUTE: "1", FOOTNOTE_TRUSTED_PROXY: "10.0.0.1, 10.0.0.2" };
    const { app } = await appOf(folder, environment);
    const statuses: number[] = [];
    for (const [address, told] of [
      ["10.0.0.1", "198.51.100.7"],
      ["10.0.0.1", "198.51.100.8, 10.0.0.2"],
      // What stands before the last address may be invented by whoever asks.
      ["10.0.0.1", "203.0.113.9, 198.51.100.7"],
      ["192.0.2.1", "198.51.100.9"],
      ["192.0.2.1", "198.51.100.10"],
    ] as const)
      statuses.push((await ask(app, address, { "x-forwarded-for": told })).status);
    expect(statuses).toEqual([200, 200, 429, 200, 429]);
  });

  test("leaves room for pages and for suggestions at every key, but not for ever", async () => {
    const { app } = await appOf(folder, { FOOTNOTE_QUESTIONS_PER_MINUTE: "1" });
    const statuses = new Set<number>();
    for (let at = 0; at < 60; at++)
      statuses.add((await app.request("http://localhost/api/suggest?typed=te", {}, from("192.0.2.1"))).status);
    expect([...statuses]).toEqual([200]);
    expect((await app.request("http://localhost/documents", {}, from("192.0.2.1"))).status).toBe(429);
    // What a page is made of comes with it.
    expect((await app.request("http://localhost/assets/style.css", {}, from("192.0.2.1"))).status).toBe(200);
  });
});

describe("the widget", () => {
  test("is there only where an operator has listed whose pages may show it", async () => {
    const { app } = await appOf(folder);
    for (const path of ["/widget", "/widget.js"])
      expect((await app.request(`http://localhost${path}`)).status).toBe(404);
  });

  test("may be framed by those origins and no other; its script may be loaded by them", async () => {
    const { app } = await appOf(folder, { FOOTNOTE_WIDGET_ORIGINS: "https://wiki.example, https://docs.example:8443" });
    const frame = await app.request(`http://localhost/widget${asking("Where is tea stored?").slice(1)}`);
    expect(frame.headers.get("content-security-policy")).toContain(
      "frame-ancestors 'self' https://wiki.example https://docs.example:8443",
    );
    expect(frame.headers.get("x-frame-options")).toBeNull();
    expect(textOf(await frame.text())).toContain("Tea is stored in a dark tin.");
    const script = await app.request("http://localhost/widget.js");
    expect(script.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    const page = await app.request("http://localhost/");
    expect(page.headers.get("x-frame-options")).toBe("DENY");
  });

  test("counts for the same limit", async () => {
    const environment = { FOOTNOTE_WIDGET_ORIGINS: "https://wiki.example", FOOTNOTE_QUESTIONS_PER_MINUTE: "1" };
    const { app } = await appOf(folder, environment);
    const path = `http://localhost/widget${asking("Where is tea stored?").slice(1)}`;
    expect((await app.request(path, {}, from("192.0.2.1"))).status).toBe(200);
    expect((await app.request(path, {}, from("192.0.2.1"))).status).toBe(429);
  });
});
