// `npm run map`: writes the maps of src/README.md and adapters/README.md anew from the first lines of the files.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { MAPS, withMap } from "./map-of-files.ts";
import { ROOT } from "./package-of-tools.ts";

for (const map of MAPS) writeFileSync(join(ROOT, map.readme), withMap(ROOT, map));
