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
  /** Closes every identify with this code. */
  refusesWith: number | null;
  /** Sends an event to the connected client; kept for a resume where none is connected. */
  dispatch(event: string, data: Json): void;
  send(frame: Json): void;
  /** Ends the client's connection with a close code. */
  drop(code: number): void;
  close(): void;
}

export function createGateway(server: Server, port: number): Gateway {
  const sessions: ("identify" | "resume")[] = [];
  const intents: number[] = [];
  const events: Json[] = [];
  const sockets = new WebSocketServer({ server });
  let socket: WebSocket | null = null;

  const self: Gateway = {
    sessions,
    intents,
    takesResume: true,
    refusesWith: null,
    dispatch(event, data) {
      const frame = { op: 0, t: event, s: events.length + 1, d: data };
      events.push(frame);
      self.send(frame);
    },
    send: (frame) => socket?.send(JSON.stringify(frame)),
    drop(code) {
      const old = socket;
      socket = null;
      old?.close(code);
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };

  function identify(client: WebSocket, { intents: wanted }: Json): void {
    sessions.push("identify");
    intents.push(Number(wanted));
    if (self.refusesWith !== null) {
      client.close(self.refusesWith);
      return;
    }
    events.length = 0;
    socket = client;
    self.dispatch("READY", readyOf(port));
    self.dispatch("GUILD_CREATE", guildOf());
  }

  function resume(client: WebSocket, { seq }: Json): void {
    sessions.push("resume");
    if (!self.takesResume) {
      client.send(JSON.stringify({ op: 9, d: false }));
      return;
    }
    socket = client;
    for (const event of events.slice(Number(seq))) self.send(event);
    self.dispatch("RESUMED", {});
  }

  sockets.on("connection", (client) => {
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
      if (socket === client) socket = null;
    });
  });
  return self;
}
