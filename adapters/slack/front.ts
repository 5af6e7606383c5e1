// Receives HTTP requests before Bolt does, and turns away what would crash it or slip through.

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
import { HEALTH_PATH, listen, pathOf, portOf, tellHealth } from "../shared/health.ts";

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
    private readonly host: string,
    /** Whether what is received can be answered. */
    private readonly isHealthy: () => boolean = () => true,
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
    return portOf(this.server) ?? this.wantedPort;
  }

  /** Whether requests reach it. */
  get isListening(): boolean {
    return this.server.listening;
  }

  init(app: App): void {
    this.receiver.init(app);
  }

  /** @throws OperatorError when the port can't be listened on */
  start(): Promise<void> {
    return listen(this.server, this.wantedPort, "PORT", this.host);
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
    const path = pathOf(request);
    if (path === HEALTH_PATH) return tellHealth(request, response, this.isListening && this.isHealthy());
    if (path !== EVENTS_PATH) return end(response, 404);
    if (request.method !== "POST") return end(response, 405);
    const stamp = Number(request.headers["x-slack-request-timestamp"]);
    if (stamp > Date.now() / 1000 + STAMP_AHEAD_MAX_S) return end(response, 401);
    let buffered: Buffered;
    try {
      buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, BODY_BYTES_MAX);
    } catch (error) {
      return refuseBody(
        request,
        response,
        HTTPModuleFunctions.isRawBodyError(error) && error.statusCode === 413 ? 413 : 400,
      );
    }
    if (!holdsObject(buffered)) return end(response, this.isSigned(buffered) ? 400 : 401);
    // The body is kept on the request, where the receiver looks first.
    this.receiver.requestListener(buffered, response);
  }

  private isSigned({ headers, rawBody }: Buffered): boolean {
    const signature = headers["x-slack-signature"];
    if (typeof signature !== "string") return false;
    const stamp = Number(headers["x-slack-request-timestamp"]);
    const signed = { "x-slack-signature": signature, "x-slack-request-timestamp": stamp };
    return isValidSlackRequest({ signingSecret: this.signingSecret, body: rawBody.toString(), headers: signed });
  }
}

type Buffered = Awaited<ReturnType<typeof HTTPModuleFunctions.bufferIncomingMessage>>;

function holdsObject(request: Buffered): boolean {
  let body: unknown;
  try {
    body = HTTPModuleFunctions.parseHTTPRequestBody(request);
  } catch {
    // The receiver judges the signature first, and then says what is wrong.
    return true;
  }
  return typeof body === "object" && body !== null && !Array.isArray(body);
}

/** What is left of the body is not read, so nothing else can come over this connection. */
function refuseBody(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.once("finish", () => request.socket.destroySoon());
  response.writeHead(status, { connection: "close" }).end();
}

function end(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status);
  response.end();
}
