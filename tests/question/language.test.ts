import { describe, expect, test } from "vitest";
import { isEnglish } from "../../src/question/language.ts";

const FOREIGN: Record<string, readonly string[]> = {
  German: [
    "Wie schnell startet ein Container?",
    "Was ist der Unterschied zwischen Docker und KVM?",
    "Warum sind VMs langsamer?",
    "Was ist Docker?",
    "Sind Container sicher?",
  ],
  French: [
    "Quelle est la différence entre Docker et KVM ?",
    "Pourquoi les conteneurs démarrent-ils plus vite ?",
    "Est-ce que Docker est sûr ?",
    "Qu'est-ce qu'un conteneur ?",
  ],
  Spanish: [
    "¿Qué es un contenedor?",
    "¿Cuánto tarda en arrancar una máquina virtual?",
    "¿Es Docker más rápido que KVM?",
  ],
  Japanese: ["コンテナとは何ですか", "Dockerとは何ですか？", "コンテナと仮想マシンの違いは？"],
  Russian: ["Что такое контейнер?", "Чем Docker отличается от KVM?", "Быстрее ли контейнер?"],
};
const FOREIGN_ROWS = Object.entries(FOREIGN).flatMap(([language, list]) =>
  list.map((message) => ({ language, message })),
);

describe("another language is told apart", () => {
  test.each(FOREIGN_ROWS)("$language: $message", ({ message }) => {
    expect(isEnglish(message)).toBe(false);
  });
});

const ENGLISH = [
  "What is a container?",
  "docker vs kvm",
  "kvm",
  "startup",
  "wat is teh diffrence betwen dokcer adn kvm",
  "contaner startup tiem",
  "hw fast doe a contaner start",
  "u guys know docker",
  "guest os vs host os",
  "os image per vm",
  "Is a café app on Docker OK?",
  "LXC LXD KVM ESXi",
  "run MS-DOS in a VM: dos or freedos?",
  "pros and cons",
  "12345",
  "???",
  "",
];

describe("misspelt or terse English stays English", () => {
  test.each(ENGLISH)("%j", (message) => {
    expect(isEnglish(message)).toBe(true);
  });
});
