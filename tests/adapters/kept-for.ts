// A folder of which one document is kept for some, and the engine of what everybody may see of it, as bots have it.

import type { Engine } from "../../src/engine.ts";
import { openEngine } from "../../src/store/open.ts";
import { folderWith } from "./cli/corpora.ts";

export const openKept = (): Promise<Engine> =>
  openEngine(
    folderWith({
      "leave.md": "# Leave\n\nEverybody gets 28 days of paid leave a year.\n\n## Sick leave\n\nCall before nine.\n",
      "pay.md": "---\naudience: [HR]\n---\n# Pay bands\n\nThe zanthor band is paid 91,000 euros a year.\n",
    }),
    undefined,
    { audience: [] },
  );

/** Asked of who may see it, it gets SECRET. */
export const ABOUT_SECRET = "What is the zanthor band paid?";
export const SECRET = "91,000";
