// Parses a line of an evaluation file into a case: a question, and what a right reply to it is.

import { z } from "zod";
import { OperatorError } from "../errors.ts";

/** A question and what a right reply to it is. */
export interface EvalCase {
  readonly id: string;
  readonly question: string;
  /** Earlier questions of the thread, oldest first. */
  readonly after: readonly string[];
  readonly kind: CaseKind;
  /** Further kinds of reply that are as right. */
  readonly also: readonly string[];
  readonly topic: string;
  /** Of kind `unknown`: whether it asks about anything else, so that nothing may be led to. */
  readonly offtopic: boolean;
  /** Every one must be found in what a person is shown. */
  readonly facts: readonly RegExp[];
  /** None may be found in the reply's headline. */
  readonly never: readonly RegExp[];
  /** Groups of document ids: a citation from each is needed. One group, or none, unless the case is a conflict. */
  readonly sources: readonly (readonly string[])[];
}

export type CaseKind = (typeof CASE_KINDS)[number];

const CASE_KINDS = ["answer", "conflict", "comparison", "unknown", "clarify", "smalltalk"] as const;

const pattern = z.string().transform((source, context) => {
  try {
    return new RegExp(source, "i");
  } catch {
    context.addIssue({ code: "custom", message: `"${source}" is no regular expression` });
    return z.NEVER;
  }
});
const schema = z.object({
  id: z.string().min(1),
  question: z.string(),
  after: z.array(z.string()).default([]),
  kind: z.enum(CASE_KINDS),
  also: z.array(z.string()).default([]),
  topic: z.string().default("other"),
  offtopic: z.boolean().default(false),
  facts: z.array(pattern).default([]),
  never: z.array(pattern).default([]),
  sources: z.union([z.array(z.string()), z.array(z.array(z.string()))]).default([]),
});

/**
 * Reads one case; keys it does not know are ignored.
 * @throws OperatorError naming the case, the key and what it should be
 */
export function parseCase(value: unknown): EvalCase {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.path.join(".") || "the case";
    throw new OperatorError(
      `${nameOf(value)}: ${key}: ${issue?.message ?? "not valid"}`,
      "mend this line of the cases",
    );
  }
  const { sources, ...rest } = parsed.data;
  const groups = sources.filter((entry) => typeof entry !== "string");
  const flat = sources.flat();
  if (rest.kind !== "conflict") return { ...rest, sources: flat.length === 0 ? [] : [flat] };
  if (groups.length < 2)
    throw new OperatorError(
      `case "${rest.id}": sources: a conflict has two sides`,
      "give one list of documents for each side",
    );
  return { ...rest, sources: groups };
}

function nameOf(value: unknown): string {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
  return typeof id === "string" && id !== "" ? `case "${id}"` : "a case without id";
}
