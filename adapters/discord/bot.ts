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
  type Interaction,
  type Message,
  Options,
  Partials,
} from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { createAttend } from "../shared/attend.ts";
import { Desk } from "../shared/desk.ts";
import { createUnderWay, inTime } from "../shared/in-flight.ts";
import { createJournal, type Log } from "../shared/log.ts";
import type { Memory } from "../shared/memory.ts";
import type { Limit } from "../shared/rate-limit.ts";
import type { Bot } from "../shared/run-bot.ts";
import { NOTICE } from "../shared/wording.ts";
import { createBacklog } from "./backlog.ts";
import { createChoices } from "./choices.ts";
import { REFUSED_TOKEN, watchGateway } from "./gateway.ts";
import { createListener, notify } from "./handlers.ts";
import { createResponder, tell } from "./interactions.ts";
import { ALLOWED_MENTIONS } from "./layout.ts";
import { createView } from "./view.ts";

export interface DiscordBotOptions {
  readonly memory: Memory;
  readonly limit: Limit;
  readonly log: Log;
  readonly logsQuestions: boolean;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
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
export function createDiscordBot(engine: Engine, options: DiscordBotOptions): Bot {
  const { log, channels, memory, limit, now } = options;
  const { corpus } = engine;
  const hangUp = new AbortController();
  const client = new Client(clientOptions(options, hangUp.signal));
  const gateway = watchGateway(client, log, now);
  const view = createView(engine, options.human);
  const desk = new Desk({
    engine: () => engine,
    memory,
    limit,
    journal: createJournal(log, "discord", options),
    now,
    isRefusal,
  });
  const choices = createChoices(engine, view.places);
  const respond = createResponder({ corpus, view, desk, choices });
  const listen = createListener({ desk, view, claims: memory.claims, backlog: createBacklog(), now });
  const attend = createAttend({ platform: "discord", log, explain });
  const underWay = createUnderWay();
  /** Set once the bot is stopping. */
  let stopped: Promise<boolean> | null = null;

  async function finish(): Promise<boolean> {
    const isDrained = await inTime(underWay.done(), STOP_MS_MAX);
    // discord.js announces a reconnection for its own closing too.
    client.removeAllListeners(Events.ShardReconnecting);
    await client.destroy();
    // A request that Discord leaves unanswered would be waited for, and sent again, for a minute.
    hangUp.abort();
    return isDrained;
  }

  client.on(Events.MessageCreate, (message) => {
    if (stopped !== null || !isIn(channels, message)) return;
    const work = () => listen(message);
    underWay.add(attend("message", work, () => notify(message, NOTICE.failed)));
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (stopped !== null) return;
    const say = async (notice: string): Promise<void> => {
      if (interaction.isRepliable()) await tell(interaction, notice);
    };
    const isAnswered = isIn(channels, interaction) || interaction.isAutocomplete();
    const work = isAnswered ? () => respond(interaction) : () => say(NOTICE.elsewhere(channels));
    underWay.add(attend("interaction", work, () => say(NOTICE.failed)));
  });

  return {
    ended: gateway.ended,
    isHealthy: gateway.isHealthy,
    start: () => connect(client, options.token, gateway.ended),
    stop() {
      stopped ??= finish();
      return stopped;
    },
  };
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

/** Whether Discord said no: a 5xx may have been taken all the same, and comes as another error. */
const isRefusal = (error: unknown): boolean => error instanceof DiscordAPIError;

/** What the log says of an error: not the request, whose address may hold a token. */
export const explain = (error: unknown): { readonly error: string } => ({
  error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});
