// Bounds what a request may be and what a browser may do with a page: hosts, sizes, rates, and a strict policy.

import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { createLimit, type Limit } from "../shared/rate-limit.ts";
import type { WebSettings } from "../shared/settings.ts";

/** Bytes of a request's body: a question and a thread of ten of the longest, each character escaped. */
export const BODY_BYTES_MAX = 200_000;
/** Requests of other kinds for each question that is allowed: suggestions come with every key. */
const REQUESTS_PER_QUESTION = 60;

/** What a page may load and do: nothing but our own; nobody may frame it but those who are named. */
const policyFor = (framers: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framers}`,
  ].join("; ");

/** @param widgetOrigins who may frame the widget */
export function headers({ widgetOrigins }: Pick<WebSettings, "widgetOrigins">, widgetPath: string): MiddlewareHandler {
  const [page, widget] = [policyFor("'none'"), policyFor(["'self'", ...widgetOrigins].join(" "))];
  return async (c, next) => {
    await next();
    const isWidget = c.req.path === widgetPath;
    c.header("Content-Security-Policy", isWidget ? widget : page);
    if (!isWidget) c.header("X-Frame-Options", "DENY");
    c.header("X-Content-Type-Options", "nosniff");
    // Questions stand in addresses.
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cross-Origin-Opener-Policy", "same-origin");
    if (c.res.headers.get("Cross-Origin-Resource-Policy") === null)
      c.header("Cross-Origin-Resource-Policy", "same-origin");
    c.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (c.res.headers.get("Cache-Control") === null) c.header("Cache-Control", "private, no-cache");
  };
}

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);
export const isLoopback = (host: string): boolean => /^(?:127\.|::1$|localhost$)/.test(host);

/**
 * Refuses a name that is not this server's, where it listens on the loopback alone: a page of somebody else's could have
 * its own name lead here and read what the browser is told.
 */
export function ownHost({ host, publicUrl }: Pick<WebSettings, "host" | "publicUrl">): MiddlewareHandler {
  const own = publicUrl === null ? null : new URL(publicUrl).hostname;
  return async (c, next) => {
    const { hostname } = new URL(c.req.url);
    if (isLoopback(host) && !LOOPBACK_HOSTS.has(hostname) && hostname !== own)
      return c.text("This server does not go by that name; FOOTNOTE_PUBLIC_URL says which one it has.\n", 421);
    return next();
  };
}

export interface Rates {
  /** Of the questions that one address may ask. */
  readonly questions: Limit;
  /** Of all its requests. */
  readonly requests: Limit;
}

export const createRates = ({ questionsPerMinute }: Pick<WebSettings, "questionsPerMinute">): Rates => ({
  questions: createLimit(questionsPerMinute),
  requests: createLimit(questionsPerMinute * REQUESTS_PER_QUESTION),
});

/** Who asks: the address that connects or, where that is a trusted proxy's, the one that it says it asks for. */
export function personOf(c: Context, { trustedProxies }: Pick<WebSettings, "trustedProxies">): string {
  const peer = plainAddress(connectionOf(c));
  if (!trustedProxies.includes(peer)) return `web:${peer}`;
  // Each proxy adds whom it heard from at the end; what stands before the last that is not ours may be invented.
  const told = (c.req.header("x-forwarded-for") ?? "").split(",").map((one) => plainAddress(one.trim()));
  return `web:${told.findLast((one) => one !== "" && !trustedProxies.includes(one)) ?? peer}`;
}

/** Of an IPv4 address in IPv6's spelling, itself. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

function connectionOf(c: Context): string {
  // A test calls the app without a connection.
  if (!("incoming" in (c.env ?? {}))) return "";
  return getConnInfo(c).remote.address ?? "";
}
