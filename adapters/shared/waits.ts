// The waits between tries of what may take a second or a day to come back.

const FIRST_MS = 250;
const LONGEST_MS = 60_000;

/** Twice as long each time, up to a minute. @param tries that have failed */
export const growingWait = (tries: number): number => Math.min(FIRST_MS * 2 ** Math.min(tries, 20), LONGEST_MS);
