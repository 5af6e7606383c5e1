// Deals with a question that came over HTTP: holds it to the limit of who asks, answers and logs it.

import type { Context } from "hono";
import type { Journal } from "../shared/log.ts";
import type { WebSettings } from "../shared/settings.ts";
import type { Asked } from "./addresses.ts";
import type { Told } from "./drawings.ts";
import { personOf, type Rates } from "./guard.ts";
import type { EngineFor } from "./visible.ts";

export type Answered =
  | { readonly kind: "answered"; readonly told: Told }
  | { readonly kind: "limited"; readonly retryAfterMs: number };

export interface AskingOptions {
  readonly engineFor: EngineFor;
  readonly rates: Rates;
  readonly settings: Pick<WebSettings, "trustedProxies">;
  /** Null where nothing is logged. */
  readonly journal: Journal | null;
  /** The clock, in milliseconds. */
  readonly now: () => number;
}

/** A thread is in the address, so nothing is remembered here. */
export class Asking {
  constructor(private readonly options: AskingOptions) {}

  /**
   * @param entry the way it came in, as the log names it
   * @throws whatever the engine throws: the app's one catch tells the person
   */
  async ask(c: Context, entry: string, { question, after }: Asked): Promise<Answered> {
    const { engineFor, rates, settings, journal, now } = this.options;
    const startedAt = now();
    const person = personOf(c, settings);
    const allowance = await rates.questions.ask(person);
    if (!allowance.ok) {
      journal?.limited({ entry, retryAfterMs: allowance.retryAfterMs });
      return { kind: "limited", retryAfterMs: allowance.retryAfterMs };
    }
    const engine = engineFor(c);
    const explanation = await engine.explain(question, after);
    journal?.answered({ entry, person, question, reply: explanation.reply, latencyMs: now() - startedAt });
    return { kind: "answered", told: { engine, explanation } };
  }
}
