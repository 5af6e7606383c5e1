// A process of its own that trains one matcher on the examples it is given on stdin: prints how many milliseconds it took.

import { text } from "node:stream/consumers";
import { z } from "zod";
import { TOPIC_MATCHERS } from "./topics.ts";

const form = z.object({ matcher: z.string(), examples: z.array(z.object({ text: z.string(), label: z.string() })) });
const { matcher: name, examples } = form.parse(JSON.parse(await text(process.stdin)));
const matcher = TOPIC_MATCHERS.find((one) => one.name === name);
if (matcher === undefined) throw new Error(`no matcher ${name}`);
// What loads its modules when it is first used is loaded before: nlp.js takes seconds for that.
if (examples[0] !== undefined && name !== "Footnote") await matcher.train(examples.slice(0, 1));
const start = performance.now();
await matcher.train(examples);
process.stdout.write(String(performance.now() - start));
