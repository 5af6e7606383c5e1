// Keeps a folder of snapshots: tells which file is a corpus's, and removes those no longer wanted.

import { createHash } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { VERSION } from "../version.ts";
import { DRAFT_ENDING } from "./snapshot.ts";

const ENDING = ".snapshot";
/** Of one folder of documents, or a part of it: what it is now, and what it was, for when it is put back. */
const KEPT_OF_ONE_MAX = 2;
const KEPT_MAX = 16;
/** A draft that is older than this beside a new snapshot is what a crash left. */
const DRAFT_MS_MAX = 60 * 60 * 1000;

/**
 * Where the snapshot of a corpus is kept. The name says what it was made of: the same documents, read by the same
 * program with the same options, have the same name, and nothing else has it.
 * @param data folder for all that Footnote keeps
 * @param folder the corpus
 * @param madeBy what besides version and corpus must be the same
 * @param view names a part of the corpus, kept beside the whole; "" for the whole
 */
export function snapshotFile(data: string, folder: string, corpusHash: string, madeBy: string, view = ""): string {
  const own = view === "" ? "" : digest(view).slice(0, 8);
  const name = `${ownerIn(folder)}${own}-${digest(`${VERSION}\0${madeBy}\0${corpusHash}`).slice(0, 16)}`;
  return join(data, "index", name + ENDING);
}

/** The snapshots of a whole folder, whatever they were made of, the newest first. */
export const snapshotsOf = (data: string, folder: string): string[] => {
  const own = ownerIn(folder);
  return newestFirst(join(data, "index"), (owner) => owner === own);
};

/** The same with those of its parts. */
export const allSnapshotsOf = (data: string, folder: string): string[] => {
  const own = ownerIn(folder);
  return newestFirst(join(data, "index"), (owner) => owner.startsWith(own));
};

const ownerIn = (folder: string): string => digest(resolve(folder)).slice(0, 8);

function newestFirst(place: string, isOwn: (owner: string) => boolean): string[] {
  let names: string[];
  try {
    names = readdirSync(place).filter((name) => name.endsWith(ENDING) && isOwn(ownerOf(name)));
  } catch {
    return [];
  }
  return names.map((name) => join(place, name)).sort((a, b) => Number(writtenNs(b) - writtenNs(a)) || (a < b ? -1 : 1));
}

/** When a file was last written, in nanoseconds; 0 where it is gone. */
export const writtenNs = (file: string): bigint =>
  statSync(file, { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n;

/** Removes what a new snapshot has made needless: older ones of the same folder, and what a crash has left. */
export function tidy(written: string): void {
  const folder = dirname(written);
  const now = statSync(written).mtimeMs;
  const files = readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const ageMs = now - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now);
    return { name, file, ageMs };
  });
  const stale = files.filter(({ name, ageMs }) => name.endsWith(DRAFT_ENDING) && ageMs > DRAFT_MS_MAX);
  const snapshots = files.filter(({ name }) => name.endsWith(ENDING)).sort((a, b) => a.ageMs - b.ageMs);
  const ofSame = snapshots.filter(({ name }) => ownerOf(name) === ownerOf(basename(written)));
  const needless = [...stale, ...ofSame.slice(KEPT_OF_ONE_MAX), ...snapshots.slice(KEPT_MAX)];
  for (const { file } of needless) if (file !== written) rmSync(file, { force: true });
}

/** Removes a snapshot that is not to be used again, if that can be done. */
export const discard = (file: string): void => rmSync(file, { force: true });

const ownerOf = (name: string): string => name.split("-")[0] ?? "";
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
