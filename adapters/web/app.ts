// Wires the pages, the interface for programs and the widget into one app; every answer comes from the engine of its request.

import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { Engine } from "../../src/engine.ts";
import type { Journal, Log } from "../shared/log.ts";
import { namesOf } from "../shared/names.ts";
import type { WebSettings } from "../shared/settings.ts";
import { whyOf } from "../shared/why.ts";
import { NOTICE } from "../shared/wording.ts";
import { type Asked, askedIn, createAddresses, isAt, linesIn } from "./addresses.ts";
import { createApi } from "./api.ts";
import { apiPage } from "./api-page.ts";
import { Asking } from "./asking.ts";
import { readAssets } from "./assets.ts";
import { drawDocument } from "./document-page.ts";
import { drawDocuments } from "./documents-page.ts";
import type { Drawings } from "./drawings.ts";
import { Editions } from "./editions.ts";
import { createRates, headers, ownHost, personOf } from "./guard.ts";
import { Kept } from "./kept.ts";
import { NONE } from "./markup.ts";
import { framed, notice, type Page, type Site } from "./page.ts";
import { readRaw } from "./raw.ts";
import { drawAnswered, drawFirst } from "./try-page.ts";
import { createEngineFor, type EngineFor } from "./visible.ts";
import { drawWhy } from "./why-panel.ts";
import { addWidget } from "./widget.ts";

export interface AppOptions {
  /** Asked anew for every request: the corpus can be reloaded. */
  readonly engine: () => Engine;
  /** The corpus folder, for files as they are. */
  readonly folder: string;
  readonly settings: Pick<
    WebSettings,
    "host" | "publicUrl" | "widgetOrigins" | "trustedProxies" | "questionsPerMinute"
  >;
  readonly drawings: Drawings;
  /** Where earlier versions' lines are kept; null for nowhere. */
  readonly editionsFile: string | null;
  readonly journal: Journal | null;
  /** Null where nothing is logged. */
  readonly log: Log | null;
  readonly now: () => number;
}

export function createApp(options: AppOptions): Hono {
  const { settings, journal, now, log } = options;
  const base = settings.publicUrl === null ? "" : new URL(settings.publicUrl).pathname.replace(/\/$/, "");
  const addresses = createAddresses(base);
  const site: Site = { addresses, assets: readAssets() };
  const engineFor = createEngineFor(options.engine);
  const rates = createRates(settings);
  const asking = new Asking({ engineFor, rates, settings, journal, now });
  const app = new Hono({ getPath: (request) => withoutBase(new URL(request.url).pathname, base) });

  app.use(headers(settings, "/widget"));
  app.use(ownHost(settings));
  // Every version that answered is one that a link may have been made from.
  const editions = new Editions(options.editionsFile);
  app.use((_, next) => {
    editions.follow(options.engine().corpus);
    return next();
  });
  app.get("/healthz", (c) => c.text("ok\n"));
  app.get("/assets/:name", (c) => {
    const asset = site.assets.find(c.req.param("name"));
    if (asset === null) return c.notFound();
    const isNamed = c.req.query("v") === asset.version;
    return c.body(asset.text, 200, {
      "Content-Type": asset.type,
      "Cache-Control": isNamed ? "public, max-age=31536000, immutable" : "no-cache",
    });
  });
  app.use(async (c, next) => {
    const allowance = await rates.requests.ask(personOf(c, settings));
    return allowance.ok ? next() : tooMany(c, allowance.retryAfterMs, site);
  });
  addPages(app, { ...options, engineFor, asking, site, editions });
  app.route("/api", createApi({ engineFor, asking, addresses, publicUrl: settings.publicUrl }));
  if (settings.widgetOrigins.length > 0) addWidget(app, { engineFor, asking, site, settings });
  app.notFound((c) => c.html(notice("Nothing here", "There is no page of that address.", site), 404));
  app.onError((error, c) => {
    log?.error({ platform: "web", path: c.req.path, error: error.name, problem: error.message }, "not answered");
    if (c.req.path.startsWith("/api/")) return c.json({ error: NOTICE.failed }, 500);
    return c.html(notice("Something went wrong", NOTICE.failed, site), 500);
  });
  return app;
}

/** Proxies may pass the path on with what the public address begins with, or without. */
const withoutBase = (path: string, base: string): string =>
  base !== "" && (path === base || path.startsWith(`${base}/`)) ? path.slice(base.length) || "/" : path;

interface PageOptions extends AppOptions {
  readonly engineFor: EngineFor;
  readonly asking: Asking;
  readonly site: Site;
  readonly editions: Editions;
}

function addPages(app: Hono, { engineFor, asking, site, drawings, folder, editions }: PageOptions): void {
  const { addresses } = site;
  const kept = new Kept();
  const show = (c: Context, { corpus }: Engine, page: Omit<Page, "corpus">) =>
    c.html(framed({ ...page, corpus: { hash: corpus.hash, documents: corpus.documents.length } }, site));

  app.get("/", async (c) => {
    const query = new URL(c.req.url).searchParams;
    const asked = askedIn(query);
    if (asked === null) {
      const engine = engineFor(c);
      return show(c, engine, { title: "Footnote", here: "ask", body: drawFirst(engine, addresses) });
    }
    const answered = await asking.ask(c, "page", asked);
    if (answered.kind === "limited") return tooMany(c, answered.retryAfterMs, site);
    const { engine, explanation } = answered.told;
    const drawn = await kept.once(engine, [asked, explanation.reply], () =>
      drawAnswered(asked, answered.told, drawings, addresses),
    );
    const why = query.has("why") ? drawWhy(await whyOf(explanation), namesOf(engine.corpus)) : NONE;
    return show(c, engine, { title: titleOf(asked), here: "ask", body: html`${drawn}${why}` });
  });
  app.get("/documents", (c) => {
    const engine = engineFor(c);
    const page = Math.max(1, Number(/^\d{1,5}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1));
    const body = drawDocuments(engine.corpus.documents, page, addresses);
    return show(c, engine, { title: "Documents – Footnote", here: "documents", body });
  });
  app.get("/documents/:path{.+}", (c) => {
    const engine = engineFor(c);
    const document = engine.corpus.documents.find(({ file }) => isAt(c.req.param("path"), file));
    if (document === undefined) return c.html(notice("Not there", GONE, site), 404);
    const version = c.req.query("v");
    const view = {
      addresses,
      quoted: linesIn(c.req.query("lines") ?? null),
      earlier: version === undefined ? null : editions.earlier(version, document),
    };
    return show(c, engine, {
      ...{ title: `${document.title} – Footnote`, here: "documents" },
      body: drawDocument(document, view),
    });
  });
  app.get("/raw/:path{.+}", (c) => {
    const { corpus } = engineFor(c);
    const document = corpus.documents.find(({ file }) => isAt(c.req.param("path"), file));
    const raw = document === undefined ? null : readRaw(folder, corpus, document);
    if (raw === null) return c.html(notice("Not there", GONE, site), 404);
    return c.body(raw.bytes, 200, {
      "Content-Type": raw.type,
      ...(raw.isSaved ? { "Content-Disposition": "attachment" } : {}),
    });
  });
  app.get("/api", (c) => show(c, engineFor(c), { title: "API – Footnote", here: "api", body: apiPage(addresses) }));
}

const GONE = "There is no such document among those that are answered from, or its file has changed just now.";

/** The question, as much of it as a tab shows. */
const titleOf = ({ question }: Asked): string => `${question.replace(/\s+/g, " ").trim().slice(0, 80)} – Footnote`;

function tooMany(c: Context, retryAfterMs: number, site: Site) {
  c.header("Retry-After", String(Math.ceil(retryAfterMs / 1000)));
  if (c.req.path.startsWith("/api/")) return c.json({ error: NOTICE.limited(retryAfterMs) }, 429);
  return c.html(notice("One moment", NOTICE.limited(retryAfterMs), site), 429);
}
