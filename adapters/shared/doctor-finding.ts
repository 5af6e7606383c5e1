// Describes what a bot's doctor looked at, how it found it, and what to do.

export type Finding =
  | { readonly level: "good"; readonly what: string }
  | { readonly level: "warning" | "bad"; readonly what: string; readonly remedy: string };

export const good = (what: string): Finding => ({ level: "good", what });
/** Answers are given all the same. */
export const warning = (what: string, remedy: string): Finding => ({ level: "warning", what, remedy });
export const bad = (what: string, remedy: string): Finding => ({ level: "bad", what, remedy });
