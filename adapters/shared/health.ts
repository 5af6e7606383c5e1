// Tells whoever supervises a bot's process whether it is connected, and what it counts: GET /healthz and /metrics.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { OperatorError } from "../../src/errors.ts";
import { METRICS_PATH, type Metrics } from "./metrics.ts";

export const HEALTH_PATH = "/healthz";

export interface Health {
  /** The port listened on, also where 0 was asked for. */
  readonly port: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

export interface HealthOptions {
  /** Asked anew on every request. */
  readonly isHealthy: () => boolean;
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
  /** Left out where nothing is counted. */
  readonly metrics?: Pick<Metrics, "tell"> | undefined;
}

/**
 * Answers GET and HEAD /healthz with 200 while healthy and 503 while not, /metrics with what is counted, anything else
 * with 404 or 405.
 * @throws OperatorError when the port can't be listened on
 */
export async function serveHealth({ isHealthy, port, host, metrics }: HealthOptions): Promise<Health> {
  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (path === HEALTH_PATH) tellHealth(request, response, isHealthy());
    else if (path === METRICS_PATH && metrics !== undefined)
      metrics.tell(request, response).catch(() => response.destroy());
    else response.writeHead(404).end();
  });
  await listen(server, port, "HEALTH_PORT", host);
  return {
    port: portOf(server) ?? port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers one request for the health. */
export function tellHealth({ method }: IncomingMessage, response: ServerResponse, isHealthy: boolean): void {
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405).end();
    return;
  }
  response.writeHead(isHealthy ? 200 : 503, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(method === "HEAD" ? undefined : isHealthy ? "ok\n" : "not connected\n");
}

/** The path that a request is for, without its query. */
export const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?")[0] ?? "/";

/** What a server binds to where nothing else is said. */
export const LOOPBACK = "127.0.0.1";

/**
 * Resolves when the server listens.
 * @param variable what the port was set with
 * @throws OperatorError when host or port can't be listened on
 */
export async function listen(
  server: Server,
  port: number,
  variable: "HEALTH_PORT" | "PORT" | "--port",
  host = LOOPBACK,
): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const code = codeOf(error);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new OperatorError(`the address ${host} is not this machine's (${code})`, "set HOST to one of its own");
    throw new OperatorError(`the port ${port} can't be used (${code})`, `set ${variable} to a free one`);
  }
}

/** The port a server listens on; null where it doesn't. */
export function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : null;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "for an unknown reason";
