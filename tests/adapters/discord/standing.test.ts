// What can be done with an answer that stands: whom it is for, who may see it, delete it and mark it as solved.
// @module-tag slow

import { describe, expect, test } from "vitest";
import { ASKER, BOT, by, CHANNEL, commandOf, type Json, menuOn, messageOf, pressOf, user } from "./events.ts";
import { buttonsOf } from "./limits.ts";
import { isHidden, runBot, sending, shown } from "./running.ts";

const running = runBot();
const send = sending(running);
const STORED = "Where is tea stored?";
const OTHER = "400000000000000002";
const MANAGE_MESSAGES = String(1n << 13n);
const usedBy = (person: string): Json => ({
  interaction_metadata: { id: "1", type: 2, user: user(person), authorizing_integration_owners: {} },
});
const requests = (method: string): string[] =>
  running().discord.got.flatMap((got) => (got.method === method ? [got.path] : []));

describe("/ask for somebody", () => {
  test("names and notifies that person and nobody else", async () => {
    const posted = await send(commandOf("ask", { question: STORED, for: `@${OTHER}` }));
    expect(shown(posted)).toMatch(new RegExp(`^<@${OTHER}>\\n-# “Where is tea stored\\?”\\n`));
    expect(posted.allowed_mentions).toEqual({ parse: [], replied_user: false, users: [OTHER] });
  });

  test("in hiding names nobody", async () => {
    const posted = await send(commandOf("ask", { question: STORED, for: `@${OTHER}`, hide: true }));
    expect(shown(posted)).not.toContain(OTHER);
    expect(posted.allowed_mentions).toEqual({ parse: [], replied_user: false });
  });
});

test("a hidden reply can be shown to all, without its button, and says by whom; one that all see can't", async () => {
  const hidden = await send(commandOf("ask", { question: STORED, hide: true }));
  const share = buttonsOf(hidden).find(({ label }) => label === "Show to all");
  const posted = await send(pressOf(share?.custom_id ?? "", hidden));
  expect(isHidden(posted)).toBe(false);
  expect(shown(posted)).toMatch(
    new RegExp(`^-# “Where is tea stored\\?”\\n[\\s\\S]*dark tin[\\s\\S]*\\n-# Shown by <@${ASKER}>$`),
  );
  expect(buttonsOf(posted).map(({ label }) => label)).toEqual(
    buttonsOf(hidden).flatMap(({ label }) => (label === "Show to all" ? [] : [label])),
  );
  expect(buttonsOf(await send(commandOf("ask", { question: STORED }))).map(({ label }) => label)).not.toContain(
    "Show to all",
  );
});

describe("an answer", () => {
  const DELETE = "Delete this answer";
  test("is deleted by who used the command", async () => {
    const answer = await send(commandOf("ask", { question: STORED }));
    expect(shown(await send(menuOn(DELETE, answer, usedBy(ASKER))))).toBe("Deleted.");
    expect(requests("DELETE").at(-1)).toBe(`/channels/${CHANNEL}/messages/${answer.id}`);
  });

  test("is deleted by who wrote the message that it replies to", async () => {
    const { discord } = running();
    const asked = messageOf(`<@${BOT}> ${STORED}`, { author: user(OTHER) });
    const answer = await send(asked);
    discord.pages.set(`/channels/${CHANNEL}/messages/${asked.id}`, asked);
    const reply = { message_reference: { message_id: asked.id, channel_id: CHANNEL } };
    expect(shown(await send(menuOn(DELETE, answer, reply)))).toMatch(/^Only who asked/);
    expect(shown(await send(menuOn(DELETE, answer, reply, by(OTHER))))).toBe("Deleted.");
  });

  test("is left by others, but for who may delete messages there", async () => {
    const answer = await send(commandOf("ask", { question: STORED }));
    const before = requests("DELETE").length;
    const refused = await send(menuOn(DELETE, answer, usedBy(OTHER)));
    expect([shown(refused), isHidden(refused)]).toEqual([expect.stringMatching(/^Only who asked/), true]);
    expect(requests("DELETE").length).toBe(before);
    expect(shown(await send(menuOn(DELETE, answer, usedBy(OTHER), by(ASKER, MANAGE_MESSAGES))))).toBe("Deleted.");
  });

  test("of somebody else's is none", async () => {
    const answer = await send(commandOf("ask", { question: STORED }));
    expect(shown(await send(menuOn(DELETE, answer, { author: user(OTHER) })))).toBe("That is no answer of mine.");
  });

  test("that is marked as solved says so and by whom, and asks no more", async () => {
    const { discord } = running();
    const answer = await send(commandOf("ask", { question: STORED }));
    discord.dispatch("INTERACTION_CREATE", menuOn("Mark as solved", answer, usedBy(ASKER)));
    const changed = await discord.next(({ where }) => where === `edit ${answer.id}`);
    expect(shown(await discord.next())).toBe("Marked as solved.");
    expect(shown(changed)).toMatch(new RegExp(`dark tin[\\s\\S]*\\n-# ✅ Solved, says <@${ASKER}>$`));
    expect(buttonsOf(changed).map(({ label }) => label)).toEqual(["1 source: Tea", "👍", "👎"]);
  });

  test("that the bot may not touch is left, and who wants it hears so", async () => {
    const { discord } = running();
    const answer = await send(commandOf("ask", { question: STORED }));
    discord.fail(/messages\/\d+$/, "forbidden");
    expect(shown(await send(menuOn(DELETE, answer, usedBy(ASKER))))).toBe("I may not change messages there.");
  });
});
