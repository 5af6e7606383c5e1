// Tells whoever supervises a bot's process whether it is connected: GET /healthz.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { OperatorError } from "../../src/errors.ts";

export const HEALTH_PATH = "/healthz";

export interface Health {
  /** The port listened on, also where 0 was asked for. */
  readonly port: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/**
 * Answers GET and HEAD /healthz with 200 while healthy and 503 while not, anything else with 404 or 405.
 * @param isHealthy asked anew on every request
 * @param port 0 for any free one
 * @throws OperatorError when the port can't be listened on
 */
export async function serveHealth(isHealthy: () => boolean, port: number): Promise<Health> {
  const server = createServer((request, response) => {
    if (pathOf(request) === HEALTH_PATH) tellHealth(request, response, isHealthy());
    else response.writeHead(404).end();
  });
  await listen(server, port, "HEALTH_PORT");
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

/**
 * Resolves when the server listens.
 * @param variable what the port was set with
 * @throws OperatorError when the port can't be listened on
 */
export async function listen(server: Server, port: number, variable: "HEALTH_PORT" | "PORT"): Promise<void> {
  server.listen(port);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new OperatorError(`the port ${port} can't be used (${codeOf(error)})`, `set ${variable} to a free one`);
  }
}

/** The port a server listens on; null where it doesn't. */
export function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : null;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "for an unknown reason";
