// Runs an engine as a Discord bot: connects, hands each event to its handler, and shows the asker what became of it.

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
import { inTime } from "../shared/in-flight.ts";
import { perEngine } from "../shared/per-engine.ts";
import type { Bot } from "../shared/run-bot.ts";
import { createChoices } from "./choices.ts";
import { REFUSED_TOKEN, watchGateway } from "./gateway.ts";
import { addressOf, listenTo, readInteraction } from "./inbound.ts";
import type { Shelf } from "./interactions.ts";
import { ALLOWED_MENTIONS } from "./layout.ts";
import { createReception, type ReceptionOptions } from "./reception.ts";
import { createView } from "./view.ts";

export interface DiscordBotOptions extends ReceptionOptions {
  readonly token: string;
  /** Base of the REST API; null for Discord's own. */
  readonly apiUrl: string | null;
  /** Ids of the channels to answer in, their threads included; empty for every one. Direct messages are answered always. */
  readonly channels: readonly string[];
  readonly human: string | null;
  /** Options of the gateway connection that only tests need. */
  readonly ws?: ClientOptions["ws"];
}

const STOP_MS_MAX = 5_000;

/** The bot, not yet connected. Nothing it does with an event ends the process. */
export function createDiscordBot(engine: () => Engine, options: DiscordBotOptions): Bot {
  const { log, channels, now } = options;
  const hangUp = new AbortController();
  const client = new Client(clientOptions(options, hangUp.signal));
  const gateway = watchGateway(client, log, now, options.metrics);
  const shelfOf = perEngine((one) => shelve(one, options));
  const reception = createReception(engine, shelfOf, client, options);
  /** Set once the bot is stopping. */
  let stopped: Promise<boolean> | null = null;

  async function finish(): Promise<boolean> {
    const isDrained = await inTime(reception.close(), STOP_MS_MAX);
    // discord.js announces a reconnection for its own closing too.
    client.removeAllListeners(Events.ShardReconnecting);
    await client.destroy();
    // A request that Discord leaves unanswered would be waited for, and sent again, for a minute.
    hangUp.abort();
    return isDrained;
  }

  client.on(Events.MessageCreate, (message) => {
    if (stopped !== null || !isIn(channels, message)) return;
    const said = listenTo(message, message.client.user.id);
    if (said !== null) reception.take({ kind: "message", said });
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (stopped !== null) return;
    if (interaction.isAutocomplete()) return reception.complete(interaction);
    if (!interaction.isRepliable()) return;
    const addressed = addressOf(interaction);
    if (!isIn(channels, interaction)) return reception.sendElsewhere(addressed);
    const { choices, view } = shelfOf(engine());
    reception.take({ kind: "interaction", addressed, wanted: readInteraction(interaction, choices, view.places) });
  });

  client.on(Events.GuildDelete, ({ id }) => reception.leave(id));

  return {
    ended: gateway.ended,
    isHealthy: gateway.isHealthy,
    start: async () => {
      await connect(client, options.token, gateway.ended);
      reception.open();
    },
    stop() {
      stopped ??= finish();
      return stopped;
    },
  };
}

function shelve(engine: Engine, { human, state, keepsMisses }: DiscordBotOptions): Shelf {
  const view = createView(engine, human, state !== undefined && keepsMisses);
  return { corpus: engine.corpus, view, choices: createChoices(engine, view.places) };
}

/** Whether something is in one of these channels or their threads; direct messages always are. */
function isIn(channels: readonly string[], { guildId, channelId, channel }: Message | Interaction): boolean {
  if (guildId === null || channels.length === 0) return true;
  const parent = channel?.isThread() ? channel.parentId : null;
  return [channelId, parent].some((id) => id !== null && channels.includes(id));
}

/** Resolves when events arrive. */
async function connect(client: Client, token: string, ended: Promise<Error>): Promise<void> {
  const ready = new Promise<null>((resolve) => client.once(Events.ClientReady, () => resolve(null)));
  const login = client.login(token).then(
    () => ready,
    (error: unknown) => (isRefusedToken(error) ? REFUSED_TOKEN : error),
  );
  const problem = await Promise.race([login, ended]);
  if (problem === null) return;
  await client.destroy();
  throw problem;
}

/** None of these intents is privileged; without Message Content, Discord sends what the bot is mentioned in. */
const clientOptions = ({ apiUrl, ws }: DiscordBotOptions, hungUp: AbortSignal): ClientOptions => ({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  // A direct message arrives in a channel that the client has not seen.
  partials: [Partials.Channel],
  allowedMentions: ALLOWED_MENTIONS,
  // A message that is stored but answered with a 5xx is sent again by the library; the nonce keeps it single.
  enforceNonce: true,
  failIfNotExists: false,
  // Nothing is read of a message or of who wrote it after its event, so only the bot itself is kept.
  makeCache: Options.cacheWithLimits({
    ...Options.DefaultMakeCacheSettings,
    MessageManager: 0,
    GuildMemberManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
    UserManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user.id },
  }),
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

const isRefusedToken = (error: unknown): boolean =>
  error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
