// A process to what it holds in memory, now and at the most so far.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const UNIT_BYTES = 1024;

/** Bytes that a process holds; 0 where that cannot be told. */
export function residentBytes(pid: number): number {
  try {
    if (process.platform === "linux") return ofStatus("VmRSS", pid);
    return UNIT_BYTES * Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return 0;
  }
}

/**
 * The most bytes that this process has held. On Linux read from the process's own status: the maximum that getrusage(2)
 * tells begins with what its parent held when it was forked.
 */
export const peakBytes = (): number =>
  process.platform === "linux" ? ofStatus("VmHWM", process.pid) : UNIT_BYTES * process.resourceUsage().maxRSS;

function ofStatus(field: "VmRSS" | "VmHWM", pid: number): number {
  const line = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return UNIT_BYTES * Number(line?.[1] ?? 0);
}
