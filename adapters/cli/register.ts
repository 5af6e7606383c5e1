// Puts Discord's commands in place, and prints a line for each that was added or removed.

import { register } from "../discord/register.ts";
import { readDiscordSettings } from "../shared/settings.ts";
import { print } from "../shared/terminal.ts";

/** @throws OperatorError where a setting is missing, or Discord refuses it */
export const registerDiscord = (): Promise<void> => register(readDiscordSettings(), print);
