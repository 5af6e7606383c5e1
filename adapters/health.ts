// Whether a bot is connected to an answer for whoever supervises its process: GET /healthz.

import { once } from "node:events";
import { createServer } from "node:http";
import { OperatorError } from "../src/errors.ts";

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
  const server = createServer(({ method, url = "" }, response) => {
    const end = (status: number, text: string): void => {
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
      response.end(method === "HEAD" ? undefined : `${text}\n`);
    };
    if (url.split("?")[0] !== "/healthz") return end(404, "not found");
    if (method !== "GET" && method !== "HEAD") return end(405, "method not allowed");
    return isHealthy() ? end(200, "ok") : end(503, "not connected");
  });
  server.listen(port);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperatorError(`the health port ${port} can't be used (${code})`, "set HEALTH_PORT to a free one");
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
