// An engine to a Discord bot: connects, hands every event to whom it is for, and shows the asker an outcome of each.

import {
  Client,
  type ClientOptions,
  DefaultRestOptions,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  Options,
  Partials,
} from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { createBacklog } from "./backlog.ts";
import { createChoices } from "./choices.ts";
import { createDesk, type DeskOptions } from "./desk.ts";
import { REFUSED_TOKEN, watchGateway } from "./gateway.ts";
import { createResponder, tell } from "./interactions.ts";
import { createListener, notify } from "./messages.ts";
import { NOTICE } from "./pages.ts";
import { createView } from "./view.ts";

export interface DiscordBotOptions extends DeskOptions {
  readonly token: string;
  /** Base of the REST API; null for Discord's own. */
  readonly apiUrl: string | null;
  /** Ids of the channels to answer in, their threads included; empty for every one. Direct messages are answered always. */
  readonly channels: readonly string[];
  readonly human: string | null;
  /** Options of the gateway connection that only tests need. */
  readonly ws?: ClientOptions["ws"];
}

export interface DiscordBot {
  /**
   * Connects; resolves when the bot is ready.
   * @throws OperatorError where Discord refuses token or intents, Error where it can't be reached
   */
  start(): Promise<void>;
  /** Whether Discord is connected and has been heard from lately. */
  isHealthy(): boolean;
  /** Resolves when Discord has ended the connection for good. */
  readonly ended: Promise<Error>;
  /** Takes no more questions, finishes those under way, at most for five seconds, and disconnects. */
  stop(): Promise<void>;
}

const STOP_MS_MAX = 5_000;

/** The bot, not yet connected. Nothing it does with an event ends the process. */
export function createDiscordBot(engine: Engine, options: DiscordBotOptions): DiscordBot {
  const { log, channels, memory, now } = options;
  const { corpus } = engine;
  const hangUp = new AbortController();
  const client = new Client(clientOptions(options, hangUp.signal));
  const gateway = watchGateway(client, log, now);
  const view = createView(corpus, options.human);
  const desk = createDesk(engine, view, options);
  const choices = createChoices(corpus, view.places);
  const respond = createResponder({ corpus, view, desk, choices, votes: memory.votes, claims: memory.claims, log });
  const listen = createListener({ desk, claims: memory.claims, backlog: createBacklog(), now });
  const underWay = new Set<Promise<void>>();
  /** Set once the bot is stopping. */
  let stopped: Promise<void> | null = null;

  /** The one catch of an event: whoever asked is told, and the operator too. */
  async function attend(event: string, work: () => Promise<void>, apologise: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error({ platform: "discord", event, error: said(error) }, "failed");
      await apologise().catch((again: unknown) =>
        log.error({ platform: "discord", event, error: said(again) }, "not told"),
      );
    }
  }
  const track = (work: Promise<void>): void => {
    underWay.add(work);
    work.finally(() => underWay.delete(work));
  };
  const isOurs = ({ guildId, channelId, channel }: Message | Interaction): boolean => {
    if (guildId === null || channels.length === 0) return true;
    const parent = channel?.isThread() ? channel.parentId : null;
    return [channelId, parent].some((id) => id !== null && channels.includes(id));
  };

  async function finish(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_MS_MAX);
    });
    await Promise.race([Promise.allSettled(underWay), late]);
    clearTimeout(timer);
    // discord.js announces a reconnection for its own closing too.
    client.removeAllListeners(Events.ShardReconnecting);
    await client.destroy();
    // A request that Discord leaves unanswered would be waited for, and sent again, for a minute.
    hangUp.abort();
  }

  client.on(Events.MessageCreate, (message) => {
    if (stopped !== null || !isOurs(message)) return;
    track(
      attend(
        "message",
        () => listen(message),
        () => notify(message, NOTICE.failed),
      ),
    );
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (stopped !== null) return;
    const say = async (notice: string): Promise<void> => {
      if (interaction.isRepliable()) await tell(interaction, notice);
    };
    const work = isOurs(interaction) ? () => respond(interaction) : () => say(NOTICE.elsewhere(channels));
    track(attend("interaction", work, () => say(NOTICE.failed)));
  });

  return {
    ended: gateway.ended,
    isHealthy: gateway.isHealthy,
    async start() {
      const ready = new Promise<null>((resolve) => client.once(Events.ClientReady, () => resolve(null)));
      const login = client.login(options.token).then(
        () => ready,
        (error: unknown) => (isRefusal(error) ? REFUSED_TOKEN : error),
      );
      const problem = await Promise.race([login, gateway.ended]);
      if (problem === null) return;
      await client.destroy();
      throw problem;
    },
    stop() {
      stopped ??= finish();
      return stopped;
    },
  };
}

/** None of these intents is privileged; without Message Content, Discord sends what the bot is mentioned in. */
const clientOptions = ({ apiUrl, ws }: DiscordBotOptions, hungUp: AbortSignal): ClientOptions => ({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  // A direct message arrives in a channel that the client has not seen.
  partials: [Partials.Channel],
  allowedMentions: { parse: [], repliedUser: false },
  // A message that is stored but answered with a 5xx is sent again by the library; the nonce keeps it single.
  enforceNonce: true,
  failIfNotExists: false,
  // Nothing is read from a message after its event, so none is kept.
  makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
  rest: {
    api: apiUrl?.replace(/\/$/, "") ?? DefaultRestOptions.api,
    makeRequest: (url, { signal, ...init }) =>
      DefaultRestOptions.makeRequest(url, {
        ...init,
        signal: signal instanceof AbortSignal ? AbortSignal.any([signal, hungUp]) : hungUp,
      }),
  },
  ...(ws === undefined ? {} : { ws }),
});

const isRefusal = (error: unknown): boolean =>
  error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;

/** An error's message without the request, whose address may hold a token. */
const said = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
