// Draws the page about the interface for programs: one request to copy, and where the rest is described.

import { html } from "hono/html";
import type { Addresses } from "./addresses.ts";
import type { Html } from "./markup.ts";

export const apiPage = ({ api }: Addresses): Html => html`<h1>For programs</h1>
<p class="lede">The same replies as JSON, held to the same limits as a person’s questions.</p>
<pre tabindex="0"><code>curl -s -H 'Content-Type: application/json' \\
  -d '{"question": "Which is safer?", "after": ["VM or container?"]}' \\
  THIS-SERVER${api}/answer</code></pre>
<ul class="documents">
<li><code>POST ${api}/answer</code> <span class="where">a question and the earlier ones of its thread, to a reply</span></li>
<li><code><a href="${api}/topics">GET ${api}/topics</a></code> <span class="where">what can be asked</span></li>
<li><code><a href="${api}/documents">GET ${api}/documents</a></code> <span class="where">what is answered from</span></li>
<li><code><a href="${api}/openapi.json">GET ${api}/openapi.json</a></code> <span class="where">all of it as an OpenAPI document</span></li>
</ul>`;
