// The way to Slack through a company's proxy, for calls and for Socket Mode alike.

import { type Dispatcher, EnvHttpProxyAgent, fetch as fetchThrough } from "undici";
import type { ProxySettings } from "../shared/settings.ts";

/** A way that is not the direct one. */
export interface Detour {
  readonly dispatcher: Dispatcher;
  readonly fetch: typeof fetch;
}

/** Null where no proxy is set. Node's own `fetch` takes no dispatcher of another undici than its own, so this brings its own. */
export function detour({ httpProxy, httpsProxy, noProxy }: ProxySettings): Detour | null {
  if (httpProxy === null && httpsProxy === null) return null;
  const dispatcher = new EnvHttpProxyAgent({
    ...(httpProxy === null ? {} : { httpProxy }),
    ...(httpsProxy === null ? {} : { httpsProxy }),
    noProxy: noProxy ?? "",
  });
  return {
    dispatcher,
    fetch: async (url, init = {}) => {
      const { method = "GET", headers, body, signal, redirect = "follow" } = init;
      const response = await fetchThrough(String(url), {
        ...{ method, redirect, dispatcher, headers: Object.fromEntries(new Headers(headers).entries()) },
        ...(typeof body === "string" ? { body } : body instanceof URLSearchParams ? { body: body.toString() } : {}),
        ...(signal == null ? {} : { signal }),
      });
      const { status, statusText } = response;
      const text = await response.text();
      const kept = Object.fromEntries(response.headers.entries());
      // Already unpacked.
      delete kept["content-encoding"];
      return new Response(text === "" ? null : text, { status, statusText, headers: kept });
    },
  };
}
