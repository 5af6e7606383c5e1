// The built-in corpus to the snapshot beside the program: the last step of the build.

import { compile } from "../../src/open.ts";
import { saveSnapshot } from "../../src/snapshot.ts";
import { BUILT_IN } from "./built-in.ts";

saveSnapshot(BUILT_IN.snapshot, await compile(BUILT_IN.folder));
