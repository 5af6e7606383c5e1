// HTTP requests to Bolt: our own small server before its receiver, for what that would crash on or let pass.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  type App,
  HTTPModuleFunctions,
  HTTPReceiver,
  isValidSlackRequest,
  type Logger,
  type Receiver,
} from "@slack/bolt";
import { OperatorError } from "../../src/errors.ts";

const EVENTS_PATH = "/slack/events";
const BODY_BYTES_MAX = 256 * 1024;
const STAMP_AHEAD_MAX_S = 5 * 60;
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * A receiver of Bolt's that also answers GET /healthz, refuses stamps from the future (Bolt refuses old ones only) and
 * correctly signed bodies that are no object, on which Bolt 5.1 ends the process.
 */
export class FrontDoor implements Receiver {
  private readonly receiver: HTTPReceiver;
  private readonly server: Server;

  constructor(
    private readonly signingSecret: string,
    private readonly wantedPort: number,
    logger: Logger,
  ) {
    this.receiver = new HTTPReceiver({
      signingSecret,
      endpoints: [EVENTS_PATH],
      processBeforeResponse: false,
      signatureVerification: true,
      bodyLimit: BODY_BYTES_MAX,
      logger,
    });
    this.server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      this.receive(request, response).catch(() => end(response, 500));
    });
  }

  /** The port listened on, also where 0 was asked for. */
  get port(): number {
    const address = this.server.address();
    return typeof address === "object" && address !== null ? address.port : this.wantedPort;
  }

  init(app: App): void {
    this.receiver.init(app);
  }

  /** @throws OperatorError when the port can't be listened on */
  async start(): Promise<void> {
    this.server.listen(this.wantedPort);
    try {
      await once(this.server, "listening");
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      throw new OperatorError(`the port ${this.wantedPort} can't be used (${code})`, "set PORT to a free one");
    }
  }

  /** Takes no new connection; requests that have begun are finished. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeIdleConnections();
    await closed;
  }

  /** Drops what is still open. */
  drop(): void {
    this.server.closeAllConnections();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = (request.url ?? "/").split("?");
    if (path === "/healthz") return health(request, response);
    if (path !== EVENTS_PATH) return end(response, 404);
    if (request.method !== "POST") return end(response, 405);
    const stamp = Number(request.headers["x-slack-request-timestamp"]);
    if (stamp > Date.now() / 1000 + STAMP_AHEAD_MAX_S) return end(response, 401);
    let body: string;
    let parsed: unknown;
    try {
      // Read here, the body is kept on the request, where the receiver looks first.
      const { rawBody } = await HTTPModuleFunctions.bufferIncomingMessage(request, BODY_BYTES_MAX);
      body = rawBody.toString();
    } catch (error) {
      return end(response, HTTPModuleFunctions.isRawBodyError(error) && error.statusCode === 413 ? 413 : 400);
    }
    try {
      parsed = HTTPModuleFunctions.parseHTTPRequestBody(Object.assign(request, { rawBody: Buffer.from(body) }));
    } catch {
      parsed = {}; // The receiver judges the signature first, and then says what is wrong.
    }
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    if (!isObject) return end(response, this.isSigned(request, body) ? 400 : 401);
    this.receiver.requestListener(request, response);
  }

  private isSigned(request: IncomingMessage, body: string): boolean {
    const signature = request.headers["x-slack-signature"];
    const stamp = Number(request.headers["x-slack-request-timestamp"]);
    if (typeof signature !== "string") return false;
    const headers = { "x-slack-signature": signature, "x-slack-request-timestamp": stamp };
    return isValidSlackRequest({ signingSecret: this.signingSecret, body, headers });
  }
}

function health({ method }: IncomingMessage, response: ServerResponse): void {
  if (method !== "GET" && method !== "HEAD") {
    end(response, 405);
    return;
  }
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(method === "HEAD" ? undefined : "ok\n");
}

function end(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status);
  response.end();
}
