// Lists what was asked and not answered well, most asked first, for `footnote inbox`, and shows one of it whole.

import Table from "cli-table3";
import { tell } from "../../src/quality/fix.ts";
import { type CorpusOptions, open } from "../shared/corpus.ts";
import { groupOf, ID_SHOWN, type InboxGroup, readInbox } from "../shared/loop/inbox.ts";
import { clean } from "../shared/one-line.ts";
import { readStateSettings } from "../shared/settings.ts";
import { openStore } from "../shared/state/state.ts";
import type { Store } from "../shared/state/store.ts";
import { print, printJson, type View, viewOf } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";
import { FRAMELESS } from "./eval.ts";
import { hang, inkOf, stack } from "./layout.ts";

export interface InboxOptions extends CorpusOptions {
  /** Also what was dealt with. */
  readonly all?: boolean;
}

/** @throws OperatorError when the corpus or the store can't be used */
export async function listInbox(options: InboxOptions): Promise<void> {
  await withInbox(options, async (groups, store) => {
    const shown = options.all ? groups : groups.filter(({ state }) => state === "open");
    if (options.json) return void printJson(shown.map(dataOf));
    print(renderInbox(shown, groups.length - shown.length, await store.inbox.unkept(), viewOf()));
  });
}

export async function showGroup(id: string, options: CorpusOptions): Promise<void> {
  await withInbox(options, async (groups) => {
    const group = groupOf(groups, id);
    if (options.json) printJson(dataOf(group));
    else print(renderGroup(group, viewOf()));
  });
}

/** Opens the store and what it holds of misses, grouped by the corpus of the options; closes it after the work. */
export async function withInbox(
  options: CorpusOptions,
  work: (groups: readonly InboxGroup[], store: Store) => Promise<void>,
): Promise<void> {
  const store = await openStore(readStateSettings());
  try {
    await work(await readInbox(store, await open(options)), store);
  } finally {
    await store.close();
  }
}

/** What other programs get of a group. */
export const dataOf = ({ id, ids, state, wordings, nearest, why, waiting, reply, firstAt, lastAt }: InboxGroup) => ({
  ...{ id, asked: ids.length, state, why, waiting, nearest },
  ...{ first: timeOf(firstAt), last: timeOf(lastAt), wordings, reply: tell(reply) },
});

const timeOf = (at: number): string => new Date(at).toISOString();

const exampleOf = ({ wordings }: Pick<InboxGroup, "wordings">): string => wordings[0]?.question ?? "";
const nearestOf = ({ nearest: { topic, section } }: Pick<InboxGroup, "nearest">): string => topic ?? section ?? "–";

const ID_WIDTH = ID_SHOWN + 2;
const COUNT_WIDTH = 7;

/**
 * @param others groups that are not shown
 * @param unkept misses of which only the count was kept
 */
export function renderInbox(groups: readonly InboxGroup[], others: number, unkept: number, view: View): string {
  const ink = inkOf(view.colour);
  const room = Math.max(24, view.width - ID_WIDTH - COUNT_WIDTH);
  const widths = [0.5, 0.25, 0.25].map((share) => Math.floor(room * share));
  const table = new Table({
    chars: FRAMELESS,
    colWidths: [ID_WIDTH, COUNT_WIDTH, ...widths],
    wordWrap: true,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  table.push(["id", "asked", "question", "nearest", "why it missed"].map(ink.heading));
  for (const group of groups) {
    const why = [...group.why, ...(group.waiting > 0 ? [`${group.waiting} waiting`] : [])].join("; ");
    table.push([group.id.slice(0, ID_SHOWN), group.ids.length, clean(exampleOf(group)), clean(nearestOf(group)), why]);
  }
  return stack([
    groups.length === 0 ? ["Nothing in the inbox."] : table.toString().split("\n"),
    [
      ...(others === 0 ? [] : [ink.muted(`${count(others, "more group")} answered since, or dealt with: --all`)]),
      ...(unkept === 0 ? [] : [ink.muted(`${count(unkept, "miss", "misses")} without words (FOOTNOTE_INBOX=off)`)]),
      ...(groups.length === 0 ? [] : [ink.muted("Next: footnote inbox show|assign|new|outside|ignore ID")]),
    ],
  ]);
}

export function renderGroup(group: InboxGroup, view: View): string {
  const { id, ids, state, why, waiting, nearest, reply, wordings, firstAt, lastAt } = group;
  const ink = inkOf(view.colour);
  const line = (name: string, value: string): string[] => hang(`  ${name.padEnd(12)}`, value, view.width);
  return stack([
    [`${ink.strong(id.slice(0, ID_SHOWN))}  asked ${count(ids.length, "time")}, ${state}`],
    wordings.flatMap(({ question, count: times, after, leans }) => [
      ...hang(`  ${`${times} ×`.padStart(5)} `, clean(question), view.width),
      ...(leans ? after.slice(-1).flatMap((before) => hang("        after ", clean(before), view.width)) : []),
    ]),
    [
      ...line("missed", why.join("; ")),
      ...line("topic", nearest.topic ?? "–"),
      ...line("section", clean(nearest.section ?? "–")),
      ...line("gets now", clean(tell(reply))),
      ...line("asked", `${timeOf(firstAt)} … ${timeOf(lastAt)}`),
      ...line("waiting", String(waiting)),
    ],
  ]);
}
