// Runs an engine as a Discord bot: connects, hands each event to its handler, and shows the asker what became of it.

import {
  Client,
  type ClientOptions,
  DefaultRestOptions,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  type IIdentifyThrottler,
  type Interaction,
  type Message,
  Options,
  Partials,
  REST,
  type RESTOptions,
  SimpleIdentifyThrottler,
} from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { inTime } from "../shared/in-flight.ts";
import { perEngine } from "../shared/per-engine.ts";
import type { Bot } from "../shared/run-bot.ts";
import { NO_ADDRESSES, type SourceAddresses } from "../shared/source-address.ts";
import { createChoices } from "./choices.ts";
import { REFUSED_TOKEN, watchGateway } from "./gateway.ts";
import { createIdentifyBrake } from "./identify.ts";
import { addressOf, listenTo, readInteraction } from "./inbound.ts";
import type { Shelf } from "./interactions.ts";
import { ALLOWED_MENTIONS } from "./layout.ts";
import { type Beside, besideIn } from "./reading.ts";
import { createReception, type ReceptionOptions } from "./reception.ts";
import { createView, type Outlook } from "./view.ts";

export interface DiscordBotOptions extends ReceptionOptions {
  readonly token: string;
  /** Base of the REST API; null for Discord's own. */
  readonly apiUrl: string | null;
  /** Ids of the channels to answer in, their threads included; empty for every one. Direct messages are answered always. */
  readonly channels: readonly string[];
  readonly human: string | null;
  /** Where documents can be read; left out, as they say themselves. */
  readonly addresses?: SourceAddresses;
  /** What spaces identifies; left out, as Discord asks: five seconds between them. */
  readonly identifySpacing?: IIdentifyThrottler;
  /** How often the log tells that the connection is away; each minute by default. */
  readonly awayEveryMs?: number;
}

const STOP_MS_MAX = 5_000;
const AWAY_EVERY_MS = 60_000;

/** The bot, not yet connected. Nothing it does with an event ends the process. */
export function createDiscordBot(engine: () => Engine, options: DiscordBotOptions): Bot {
  const { log, channels, now } = options;
  const hangUp = new AbortController();
  const restOptions = restOptionsOf(options, hangUp.signal);
  const client: Client = new Client(clientOptions(options, restOptions, (spacing) => brake.before(spacing)));
  const responses = new REST({ ...restOptions, ...UNBOUND });
  const brake = createIdentifyBrake(client.rest, log);
  const gateway = watchGateway(client, [client.rest, responses], log, {
    ...options,
    awayEveryMs: options.awayEveryMs ?? AWAY_EVERY_MS,
  });
  const { human, addresses = NO_ADDRESSES } = options;
  const canTellLater = options.state !== undefined && options.keepsMisses;
  const shelfOf = perEngine((one) => shelve(one, { human, addresses, now, canTellLater }));
  const reception = createReception(engine, shelfOf, { client, responses }, options);
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

  /** What came with the message that is delivered just now. */
  let beside: Beside | null = null;
  client.on(Events.Raw, (packet: unknown) => {
    beside = besideIn(packet);
  });
  const hear = (message: Message): void => {
    if (stopped !== null || !isIn(channels, message)) return;
    const referenced = beside?.id === message.id ? beside.referenced : null;
    const said = listenTo(message, message.client.user.id, { referenced, readsContent: options.readsContent });
    if (said !== null) reception.hear(said);
  };
  client.on(Events.MessageCreate, hear);
  // Answered before, it is not again.
  client.on(Events.MessageUpdate, (_, message) => {
    if (isFresh(message, now())) hear(message);
  });
  client.on(Events.MessageDelete, ({ channelId, id }) => {
    if (stopped === null) reception.takeBack(channelId, id);
  });
  client.on(Events.MessageBulkDelete, (messages, { id: channel }) => {
    if (stopped === null) for (const id of messages.keys()) reception.takeBack(channel, id);
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (stopped !== null) return;
    if (interaction.isAutocomplete()) return reception.complete(interaction);
    if (!interaction.isRepliable()) return;
    const addressed = addressOf(interaction);
    if (!isIn(channels, interaction)) return reception.sendElsewhere(addressed);
    reception.call(addressed, ({ choices, view }) => readInteraction(interaction, choices, view.places));
  });

  client.on(Events.GuildDelete, ({ id }) => reception.leave(id));

  return {
    ended: gateway.ended,
    isHealthy: gateway.isHealthy,
    start: async () => {
      client.rest.setToken(options.token);
      await connect(client, { token: options.token, ready: () => brake.ready(hangUp.signal), ended: gateway.ended });
      reception.open();
    },
    stop() {
      stopped ??= finish();
      return stopped;
    },
  };
}

function shelve(engine: Engine, outlook: Outlook): Shelf {
  const view = createView(engine, outlook);
  return { corpus: engine.corpus, view, choices: createChoices(engine, view.places) };
}

/** Whether something is in one of these channels or their threads; direct messages always are. */
function isIn(channels: readonly string[], { guildId, channelId, channel }: Message | Interaction): boolean {
  if (guildId === null || channels.length === 0) return true;
  const parent = channel?.isThread() ? channel.parentId : null;
  return [channelId, parent].some((id) => id !== null && channels.includes(id));
}

/** Discord tells of edits that nobody made, such as a preview that has loaded, and of messages of any age. */
const isFresh = ({ editedTimestamp, createdTimestamp }: Message, now: number): boolean =>
  editedTimestamp !== null && now - editedTimestamp < EDITED_MS_MAX && now - createdTimestamp < EDITED_AGE_MS_MAX;

const EDITED_MS_MAX = 60_000;
/** What is older than a day may have been answered without anybody knowing any more. */
const EDITED_AGE_MS_MAX = 60 * 60 * 1000;

interface Connecting {
  readonly token: string;
  /** Resolves when Discord may be connected to. */
  ready(): Promise<void>;
  readonly ended: Promise<Error>;
}

/** Resolves when events arrive. */
async function connect(client: Client, { token, ready, ended }: Connecting): Promise<void> {
  const isReady = new Promise<null>((resolve) => client.once(Events.ClientReady, () => resolve(null)));
  // Before the library begins, which can't be begun with anew where it has failed.
  await ready().catch((error: unknown) => {
    throw isRefusedToken(error) ? REFUSED_TOKEN : error;
  });
  const login = client.login(token).then(
    () => isReady,
    (error: unknown) => (isRefusedToken(error) ? REFUSED_TOKEN : error),
  );
  const problem = await Promise.race([login, ended]);
  if (problem === null) return;
  await client.destroy();
  throw problem;
}

const restOptionsOf = ({ apiUrl }: DiscordBotOptions, hungUp: AbortSignal): Partial<RESTOptions> => ({
  api: apiUrl?.replace(/\/$/, "") ?? DefaultRestOptions.api,
  makeRequest: (url, { signal, ...init }) =>
    DefaultRestOptions.makeRequest(url, {
      ...init,
      signal: signal instanceof AbortSignal ? AbortSignal.any([signal, hungUp]) : hungUp,
    }),
});

/**
 * Responses to interactions don't count for the 50 requests in a second that a bot may make.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
 */
const UNBOUND: Partial<RESTOptions> = {
  globalRequestsPerSecond: Number.MAX_SAFE_INTEGER,
  // The library keeps a queue for each interaction, which nothing is asked of again.
  handlerSweepInterval: 5_000,
};

/** Without Message Content, the only one that is privileged, Discord sends what the bot is mentioned in. */
const clientOptions = (
  { readsContent, identifySpacing }: DiscordBotOptions,
  rest: Partial<RESTOptions>,
  braked: (spacing: IIdentifyThrottler) => IIdentifyThrottler,
): ClientOptions => ({
  // As many connections as Discord recommends for the servers that the bot is in.
  shards: "auto",
  intents: [
    ...[GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    ...(readsContent === true ? [GatewayIntentBits.MessageContent] : []),
  ],
  // A direct message arrives in a channel that the client has not seen; no message is kept, and edits tell of them.
  partials: [Partials.Channel, Partials.Message],
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
  rest,
  ws: {
    buildIdentifyThrottler: async (manager) => {
      if (identifySpacing !== undefined) return braked(identifySpacing);
      const { session_start_limit: limit } = await manager.fetchGatewayInformation();
      return braked(new SimpleIdentifyThrottler(limit.max_concurrency));
    },
  },
});

const isRefusedToken = (error: unknown): boolean =>
  (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
  (error instanceof DiscordAPIError && error.status === 401);
