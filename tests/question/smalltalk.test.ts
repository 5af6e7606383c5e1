import { describe, expect, test } from "vitest";
import { parseQuestion } from "../../src/question/parse.ts";

const POLITE: Record<string, { message: string; text: string }> = {
  "a greeting": { message: "Hi there, what is Docker?", text: "what is Docker?" },
  "a greeting with an exclamation mark": { message: "Good morning everyone! What is Docker?", text: "What is Docker?" },
  "please and thanks": { message: "Please, what is Docker? Thanks in advance!", text: "what is Docker?" },
  "thanks without a question mark between": { message: "what is Docker please?", text: "what is Docker?" },
  "can you tell me": { message: "Could you please tell me what Docker is?", text: "what Docker is?" },
  "does anyone know": { message: "Does anyone know if Docker is safe?", text: "Docker is safe?" },
  "I was wondering": { message: "I was wondering whether Docker is safe", text: "Docker is safe" },
  "quick question": { message: "Hey, quick question: what is Docker?", text: "what is Docker?" },
  "all at once": {
    message: "hello all, sorry, dumb question, any idea what Docker is? cheers",
    text: "what Docker is?",
  },
  "an image named hello-world is no greeting": { message: "hello-world image size?", text: "hello-world image size?" },
  "history is no greeting": { message: "history of Docker?", text: "history of Docker?" },
  "a leading and tells that it leans": { message: "and VMs?", text: "and VMs?" },
  "a bare question": { message: "what is Docker?", text: "what is Docker?" },
};

describe("politeness is taken off", () => {
  test.each(Object.entries(POLITE))("%s", (_, { message, text }) => {
    expect(parseQuestion(message).text).toBe(text);
  });
});

const SMALLTALK: Record<string, readonly string[]> = {
  greeting: ["hi", "heyy", "hiiii", "Hello!", "good morning", "hey bot 👋", "how are you?", "ok", "lol", "cool, great"],
  thanks: ["thanks", "Thank you so much!", "great, thanks", "thx :+1:", "ty!"],
  help: [
    "help",
    "help pls how do you work",
    "hi, what can you help me with?",
    "what can you do?",
    "who are you?",
    "Hi, what can I ask you?",
    "commands",
    "what do you know?",
    "are you a bot?",
    "who are you and what can you do?",
    "What are you? How do I ask you something?",
    "whats this bot for",
    "ok cool, what else u got",
    "what kind of questions are you good at answering",
    "so what can u even answer lol",
  ],
  none: [
    "what is Docker?",
    "thanks, but what is Docker?",
    "hi, what is Docker?",
    "help me choose between Docker and KVM",
    "startup",
    "Docker",
    "what is this about containers being insecure?",
    "who are you to say that Docker is safe?",
    "who are you and is Docker safe?",
    "what do you know about Docker?",
    "what do you mean?",
    "can you do that too?",
    "would you use both?",
    "What type of ID do you accept?",
    "How much work do you need?",
    "",
  ],
};
const SMALLTALK_ROWS = Object.entries(SMALLTALK).flatMap(([kind, list]) => list.map((message) => ({ kind, message })));

describe("smalltalk", () => {
  test.each(SMALLTALK_ROWS)("$message is $kind", ({ kind, message }) => {
    expect(parseQuestion(message).smalltalk ?? "none").toBe(kind);
  });
});
