// Holds what only Discord needs saying, beside the notices of every bot.

export const DISCORD_NOTICE = {
  expired: "That has expired: my documents have changed since. Please ask again.",
  unknown:
    "I do not know that command: it is of another version of me. Discord shows the right ones after a restart of its app.",
  unheard:
    "Discord does not show me what that message says. Please mention me in it (the bot, not the role of the same name), or use `/ask`.",
  busy: "More questions are coming in here than Discord lets me answer. Those I skipped: please ask again in a moment, or with `/ask`.",
  unreadable:
    "Discord does not show me which message you mean. Please use *Apps › Answer this* on it (right-click it; on a phone, hold it), or ask me with `/ask`.",
  notMine: "That is no answer of mine.",
  notYours: "Only who asked, or who may delete messages here, can do that.",
  notThere: "I may not change messages there.",
  deleted: "Deleted.",
  solved: "Marked as solved.",
  welcome: "You're welcome.",
  quiet: "All right. I say nothing unless somebody mentions me, replies to me with the ping on, or uses a command.",
  late: "Discord did not take my answer to your command in time. Please ask again.",
  forbidden: (channel: string): string =>
    `I may not write in <#${channel}>, so I can't answer you there. Please ask me with \`/ask\`, write to me here, or have an admin allow me *View Channel* and *Send Messages* there.`,
};
