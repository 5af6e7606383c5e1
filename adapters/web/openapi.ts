// Describes the interface for programs: the shapes that requests are read with and replies have, as an OpenAPI document.
// https://spec.openapis.org/oas/v3.1.1.html

import { z } from "zod";
import { REPLY_SHAPES } from "../../src/reply-schema.ts";
import { VERSION } from "../../src/version.ts";
import { AFTER_MAX, TYPED_LENGTH_MAX } from "./addresses.ts";

/** What `POST /api/answer` takes. */
export const answerRequest = z.strictObject({
  question: z
    .string()
    .max(TYPED_LENGTH_MAX)
    .describe("1,000 characters of it are read; the reply says where it was cut."),
  after: z
    .array(z.string().max(TYPED_LENGTH_MAX))
    .max(AFTER_MAX)
    .default([])
    .describe("Earlier questions of the thread, oldest first."),
});

const hash = z.string().describe("Hash of the documents that answer now.");

export const topicsResponse = z.strictObject({
  corpus: hash,
  topics: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      example: z.string().describe("A question that gets an answer."),
      isComparison: z.boolean(),
    }),
  ),
});

export const documentsResponse = z.strictObject({
  corpus: hash,
  documents: z.array(
    z.strictObject({
      id: z.string(),
      file: z.string(),
      title: z.string(),
      origin: z.string(),
      url: z.string().nullable(),
      updated: z.string().nullable(),
      page: z.string().describe("Address of the page on which it can be read."),
    }),
  ),
});

export const suggestResponse = z.strictObject({ suggestions: z.array(z.string()) });

export const problemResponse = z.strictObject({
  error: z.string().describe("What is wrong, and what to do about it."),
});

const SHAPES = {
  ...REPLY_SHAPES,
  AnswerRequest: answerRequest,
  Topics: topicsResponse,
  Documents: documentsResponse,
  Suggestions: suggestResponse,
  Problem: problemResponse,
};

const ref = (name: keyof typeof SHAPES) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: keyof typeof SHAPES, description: string) => ({
  description,
  content: { "application/json": { schema: ref(name) } },
});
const LIMITED = {
  ...json("Problem", "More questions or requests than one address may send in a minute."),
  headers: { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } } },
};

/** @param server where the interface is reached */
export function describeApi(server: string) {
  return {
    openapi: "3.1.1",
    info: {
      title: "Footnote",
      version: VERSION,
      description: "Answers questions from documents, with a source for every statement. Public documents only.",
    },
    servers: [{ url: server }],
    paths: {
      "/api/answer": {
        post: {
          operationId: "answer",
          summary: "Answer one question",
          requestBody: { required: true, content: { "application/json": { schema: ref("AnswerRequest") } } },
          responses: {
            200: json("Reply", "An answer, leads, or why there is none."),
            400: json("Problem", "The request is not what is described here."),
            413: json("Problem", "The request is too large."),
            429: LIMITED,
          },
        },
      },
      "/api/topics": {
        get: {
          operationId: "topics",
          summary: "List what can be asked",
          responses: { 200: json("Topics", "Topics, tables and headings."), 429: LIMITED },
        },
      },
      "/api/documents": {
        get: {
          operationId: "documents",
          summary: "List the documents",
          responses: { 200: json("Documents", "Where each came from."), 429: LIMITED },
        },
      },
      "/api/suggest": {
        get: {
          operationId: "suggest",
          summary: "Suggest questions for what has been typed so far",
          parameters: [
            { name: "typed", in: "query", required: true, schema: { type: "string", maxLength: TYPED_LENGTH_MAX } },
          ],
          responses: { 200: json("Suggestions", "The likeliest first."), 429: LIMITED },
        },
      },
    },
    components: { schemas: schemasOf() },
  };
}

/** Each shape under its name; where one is part of another, it is referred to. */
function schemasOf(): Readonly<Record<string, unknown>> {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, shape] of Object.entries(SHAPES)) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "input" });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema] as const),
  );
}
