// Defines what faq.yaml may hold: the keys of each entry, and how long its texts may be.

import { z } from "zod";
import { STATEMENT_LENGTH_MAX } from "../reply.ts";

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use lower-case words joined by hyphens");
const quote = z
  .record(z.string(), text)
  .refine((value) => Object.keys(value).length === 1, "write one `document: quote`");
const cellSchema = z.strictObject({
  text: text.max(STATEMENT_LENGTH_MAX),
  quotes: z.array(quote).min(1),
  declared: z.record(z.string(), text).default({}),
});
const disputed = id.nullable().default(null);
const point = cellSchema.extend({ about: z.array(id).default([]), asked: z.array(text).default([]), disputed });
const topicSchema = z.strictObject({
  id,
  title: text,
  names: z.array(text).default([]),
  examples: z.array(text).min(1),
  verdict: cellSchema.extend({ disputed }),
  points: z.array(point).default([]),
  comparison: z.array(z.object({ aspect: text, disputed }).catchall(cellSchema)).default([]),
  disagreements: z
    .array(
      z.strictObject({
        id,
        point: text,
        asked: z.array(text).default([]),
        verdict: cellSchema,
        sides: z.array(cellSchema).min(2),
      }),
    )
    .default([]),
  next: z.array(text).default([]),
});
export const faqSchema = z.strictObject({
  subjects: z
    .array(z.strictObject({ id, name: text, aliases: z.array(text).default([]), kinds: z.array(text).default([]) }))
    .refine((list) => list.length === 0 || list.length === 2, "name two subjects, or none")
    .default([]),
  synonyms: z.array(z.array(text).min(2)).default([]),
  opposites: z.array(z.tuple([text, text])).default([]),
  topics: z.array(topicSchema).default([]),
  outside: z.array(z.strictObject({ title: text, examples: z.array(text).min(1) })).default([]),
  elsewhere: z.enum(["silent", "leads", "quote"]).default("quote"),
});

export type RawCell = z.infer<typeof cellSchema>;
export type RawTopic = z.infer<typeof topicSchema>;
