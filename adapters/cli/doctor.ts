// Prints what a bot's doctor found, one finding a line, for `footnote slack doctor` and `footnote discord doctor`.

import type { CorpusOptions } from "../shared/corpus.ts";
import type { Finding } from "../shared/doctor-finding.ts";
import { clean } from "../shared/one-line.ts";
import { readDiscordSettings, readSlackSettings } from "../shared/settings.ts";
import { print, printJson, type View, viewOf } from "../shared/terminal.ts";
import { inkOf } from "./layout.ts";

/** @throws OperatorError where a setting is missing or a token refused */
export async function examineSlack(options: CorpusOptions): Promise<number> {
  const { diagnose } = await import("../slack/doctor.ts");
  return tell(await diagnose(readSlackSettings()), options);
}

/** @throws OperatorError where a setting is missing or a token refused */
export async function examineDiscord(options: CorpusOptions): Promise<number> {
  const { diagnose } = await import("../discord/doctor.ts");
  return tell(await diagnose(readDiscordSettings()), options);
}

/** @returns the exit status: 1 where something keeps answers from people */
function tell(findings: readonly Finding[], { json }: CorpusOptions): number {
  if (json) printJson(findings);
  else print(findings.map((finding) => renderFinding(finding, viewOf())).join("\n"));
  return findings.some(({ level }) => level === "bad") ? 1 : 0;
}

function renderFinding(finding: Finding, { colour }: View): string {
  const ink = inkOf(colour);
  const what = clean(finding.what);
  switch (finding.level) {
    case "good":
      return `${ink.good("✓")} ${what}`;
    case "warning":
      return `${ink.warning("!")} ${what}; ${clean(finding.remedy)}`;
    case "bad":
      return `${ink.bad("✗")} ${what}; ${clean(finding.remedy)}`;
  }
}
