// `npm run dead`: names exports that nothing imports, of the product alone and then with tests and benches, and unused
// files and packages.

import { runTool } from "./package-of-tools.ts";

const CONFIGURATION = ["--config", "tests/tools/knip.json", "--no-config-hints"];

// One without the other would pass: what only a test uses is dead in the product, and a helper of tests stands in neither.
const statuses = [["--production"], []].map((mode) => runTool("knip", [...CONFIGURATION, ...mode]));
process.exitCode = Math.max(...statuses);
