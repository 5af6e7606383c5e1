// How to reach a person, where the documents have no answer or a reply was no help.

/** A channel's link, or a user group's name. The latter notifies: only for messages that one person sees. */
export const humanMention = (human: string): string => (isGroup(human) ? `<!subteam^${human}>` : `<#${human}>`);

/** Whether an id is a user group's. */
export const isGroup = (human: string): boolean => human.startsWith("S");
