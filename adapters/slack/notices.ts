// Holds what the bot says to one person in Slack where it gives no reply.

export const SLACK_NOTICE = {
  welcome: "You're welcome.",
  quiet: "All right: I stay quiet here until somebody mentions me.",
  unreadable:
    "I can't see which message you mean. Use the message's menu › *Answer this*, or ask me in your own words.",
  external: "I answer only people of the organisation that runs me.",
  busy: "I have more questions than I can answer in time. Please ask again in a few minutes.",
  tooLate: "Slack took my answer no more. Please ask again.",
} as const;
