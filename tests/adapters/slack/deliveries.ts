// What Slack delivers, as small as Slack ever makes it.

let delivered = 0;
const next = (): number => ++delivered;
const stampOf = (number: number): string => `1700000000.${String(number).padStart(6, "0")}`;

export interface Said {
  readonly text?: string;
  readonly channel?: string;
  readonly user?: string;
  readonly ts?: string;
  readonly thread?: string;
  readonly event?: string;
  /** Further properties of the event. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const envelope = (event: object, id: string | undefined, number: number) => ({
  type: "event_callback",
  team_id: "T1",
  api_app_id: "A1",
  event_id: id ?? `Ev${number}`,
  event_time: 1_700_000_000,
  event,
});

const messageLike = (type: string, said: Said, more: object) => {
  const number = next();
  const { text = "", channel = "C1", user = "U1", ts = stampOf(number), thread } = said;
  const event = {
    type,
    channel,
    user,
    text,
    ts,
    event_ts: ts,
    ...(thread ? { thread_ts: thread } : {}),
    ...more,
    ...said.more,
  };
  return envelope(event, said.event, number);
};

export const mention = (text: string, said: Said = {}) =>
  messageLike("app_mention", { ...said, text: text === "" ? "<@U0BOT>" : `<@U0BOT> ${text}` }, {});
export const inChannel = (text: string, said: Said = {}) =>
  messageLike("message", { ...said, text }, { channel_type: "channel" });
export const direct = (text: string, said: Said = {}) =>
  messageLike("message", { channel: "D1", ...said, text }, { channel_type: "im" });

export const homeOpened = (tab: "home" | "messages") =>
  envelope({ type: "app_home_opened", user: "U1", channel: "D1", tab, event_ts: stampOf(next()) }, undefined, next());

export const command = (name: string, text: string, response_url: string, change: object = {}) => ({
  ...{ command: name, text, response_url, trigger_id: `trigger-${next()}` },
  ...{ team_id: "T1", team_domain: "tea", channel_id: "C1", channel_name: "general" },
  ...{ user_id: "U1", user_name: "ada", api_app_id: "A1", is_enterprise_install: "false", ...change },
});

export const shortcut = (text: string | undefined, response_url: string, change: object = {}) => ({
  ...{ type: "message_action", callback_id: "answer_this", trigger_id: `trigger-${next()}`, response_url },
  ...{ team: { id: "T1", domain: "tea" }, user: { id: "U1", name: "ada" }, channel: { id: "C1", name: "general" } },
  ...{ message_ts: stampOf(next()), message: { type: "message", user: "U2", ts: stampOf(next()), text }, ...change },
});

export const press = (button: object, response_url: string | undefined, change: object = {}) => ({
  ...{
    type: "block_actions",
    trigger_id: `trigger-${next()}`,
    ...(response_url === undefined ? {} : { response_url }),
  },
  ...{
    team: { id: "T1", domain: "tea" },
    user: { id: "U1", username: "ada", name: "ada" },
    channel: { id: "C1", name: "general" },
  },
  container: { type: "message", message_ts: stampOf(next()), channel_id: "C1", is_ephemeral: false },
  actions: [{ type: "button", block_id: "b1", action_ts: stampOf(next()), ...button }],
  ...change,
});

/** As an HTTP body. */
export const asForm = (payload: object): string =>
  "command" in payload
    ? new URLSearchParams(
        Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]),
      ).toString()
    : new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
