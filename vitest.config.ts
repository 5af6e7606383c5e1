import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    globalSetup: ["tests/setup.ts"],
    // `npm test` leaves these out; `npm run test:all` runs everything.
    tags: [
      {
        name: "slow",
        description: "Takes seconds of processor time: a process for each test, or thousands of questions.",
      },
    ],
  },
});
