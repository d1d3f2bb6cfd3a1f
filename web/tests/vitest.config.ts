// The browser tests: a real server, a real browser, one file after the other.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // `make screens` and `make screens-figures` say so.
    include: process.env["SCREENS"] ? ["tests/pictures.ts"] : process.env["FIGURES"] ? ["tests/measure.ts"] : ["tests/*.spec.ts"],
    root: new URL("..", import.meta.url).pathname,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
