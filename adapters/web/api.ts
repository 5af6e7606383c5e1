// Answers programs: questions, what can be asked, the documents, and a description of all that.

import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import { NOTICE } from "../shared/wording.ts";
import { type Addresses, TYPED_LENGTH_MAX } from "./addresses.ts";
import type { Asking } from "./asking.ts";
import { BODY_BYTES_MAX } from "./guard.ts";
import {
  answerRequest,
  describeApi,
  type documentsResponse,
  type suggestResponse,
  type topicsResponse,
} from "./openapi.ts";
import type { EngineFor } from "./visible.ts";

/** A person's choice is between few. */
const SUGGESTIONS_MAX = 7;

export interface ApiOptions {
  readonly engineFor: EngineFor;
  readonly asking: Asking;
  readonly addresses: Addresses;
  /** Where it is reached from outside; null for where it was asked. */
  readonly publicUrl: string | null;
}

/** Mounted at `/api`. */
export function createApi({ engineFor, asking, addresses, publicUrl }: ApiOptions): Hono {
  const api = new Hono();
  api.post(
    "/answer",
    bodyLimit({
      maxSize: BODY_BYTES_MAX,
      onError: (c) => c.json({ error: `the request is too large; send at most ${BODY_BYTES_MAX} bytes` }, 413),
    }),
    async (c) => {
      const read = answerRequest.safeParse(await c.req.json().catch(() => null));
      if (!read.success) return c.json({ error: problemOf(read.error) }, 400);
      const answered = await asking.ask(c, "api", read.data);
      if (answered.kind === "limited") {
        c.header("Retry-After", String(Math.ceil(answered.retryAfterMs / 1000)));
        return c.json({ error: NOTICE.limited(answered.retryAfterMs) }, 429);
      }
      return c.json(answered.told.explanation.reply);
    },
  );
  api.get("/topics", (c) => {
    const { corpus, offers } = engineFor(c);
    const topics = offers.map(({ id, title, question, comparison }) => ({
      ...{ id, title, example: question },
      isComparison: comparison !== null,
    }));
    return c.json({ corpus: corpus.hash, topics } satisfies z.infer<typeof topicsResponse>);
  });
  api.get("/documents", (c) => {
    const { corpus } = engineFor(c);
    const documents = corpus.documents.map(({ id, file, title, origin, url, updated }) => ({
      ...{ id, file, title, origin, url, updated },
      page: addresses.document(file),
    }));
    return c.json({ corpus: corpus.hash, documents } satisfies z.infer<typeof documentsResponse>);
  });
  api.get("/suggest", (c) => {
    const typed = (c.req.query("typed") ?? "").slice(0, TYPED_LENGTH_MAX);
    const suggestions = typed.trim() === "" ? [] : engineFor(c).suggest(typed, SUGGESTIONS_MAX);
    return c.json({
      suggestions: suggestions.map(({ question }) => question),
    } satisfies z.infer<typeof suggestResponse>);
  });
  api.get("/openapi.json", (c) =>
    c.json(describeApi(publicUrl ?? new URL(addresses.home, c.req.url).href.replace(/\/$/, ""))),
  );
  api.all("*", (c) => c.json({ error: "there is nothing of that name; see /api/openapi.json" }, 404));
  return api;
}

const problemOf = (error: z.ZodError): string => {
  const [issue] = error.issues;
  const where = issue?.path.join(".") ?? "";
  return `${where === "" ? "the request" : where}: ${issue?.message ?? "can't be read"}; send {"question": "…", "after": []} as JSON`;
};
