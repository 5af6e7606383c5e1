// Discord's gateway: hello, identify, resume and events over a WebSocket, and the ways in which it ends a connection.

import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { guildOf, type Json, readyOf } from "./events.ts";

export interface Gateway {
  /** What was identified and resumed with, in order. */
  readonly sessions: readonly ("identify" | "resume")[];
  readonly intents: readonly number[];
  /** What a resume is answered with; true replays what was missed. */
  takesResume: boolean;
  /** Which of how many shards each session was, in order. */
  readonly shards: readonly unknown[];
  /** Closes every new connection with this code. */
  closesWith: number | null;
  /** Closes every identify with this code. */
  refusesWith: number | null;
  /** Sends an event to every client that has identified; kept for a resume of those that are not connected. */
  dispatch(event: string, data: Json): void;
  send(frame: Json): void;
  /** Ends the clients' connections with a close code. */
  drop(code: number): void;
  /** Drops the events that a resume would be sent. */
  forgetEvents(): void;
  close(): void;
}

/** What a client has identified with: it may be gone for a while. */
interface Session {
  readonly id: string;
  readonly events: Json[];
  socket: WebSocket | null;
}

export function createGateway(server: Server, port: number): Gateway {
  const sessions: ("identify" | "resume")[] = [];
  const intents: number[] = [];
  const shards: unknown[] = [];
  const open: Session[] = [];
  const sockets = new WebSocketServer({ server });

  const tell = ({ events, socket }: Session, event: string, data: Json): void => {
    const frame = { op: 0, t: event, s: events.length + 1, d: data };
    events.push(frame);
    socket?.send(JSON.stringify(frame));
  };
  const self: Gateway = {
    sessions,
    intents,
    shards,
    closesWith: null,
    takesResume: true,
    refusesWith: null,
    dispatch(event, data) {
      for (const session of open) tell(session, event, data);
    },
    send(frame) {
      for (const { socket } of open) socket?.send(JSON.stringify(frame));
    },
    drop(code) {
      for (const session of open) {
        const old = session.socket;
        session.socket = null;
        old?.close(code);
      }
    },
    forgetEvents() {
      for (const { events } of open) events.fill({});
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };

  function identify(client: WebSocket, { intents: wanted, shard }: Json): void {
    sessions.push("identify");
    shards.push(shard);
    intents.push(Number(wanted));
    if (self.refusesWith !== null) {
      client.close(self.refusesWith);
      return;
    }
    const session: Session = { id: `session ${sessions.length}`, events: [], socket: client };
    open.push(session);
    tell(session, "READY", { ...readyOf(port), session_id: session.id });
    tell(session, "GUILD_CREATE", guildOf());
  }

  function resume(client: WebSocket, { seq, session_id }: Json): void {
    sessions.push("resume");
    const session = open.find(({ id }) => id === session_id);
    if (!self.takesResume || session === undefined) {
      client.send(JSON.stringify({ op: 9, d: false }));
      return;
    }
    session.socket = client;
    for (const event of session.events.slice(Number(seq))) client.send(JSON.stringify(event));
    tell(session, "RESUMED", {});
  }

  sockets.on("connection", (client) => {
    if (self.closesWith !== null) return client.close(self.closesWith);
    client.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    client.on("message", (data) => {
      const { op, d } = JSON.parse(String(data)) as { op: number; d: Json };
      if (op === 1) client.send(JSON.stringify({ op: 11 }));
      if (op === 2) identify(client, d);
      if (op === 6) resume(client, d);
    });
    // A connection that breaks is closed next; an error that nobody hears would end the tests.
    client.on("error", () => client.terminate());
    client.on("close", () => {
      for (const session of open) if (session.socket === client) session.socket = null;
    });
  });
  return self;
}
