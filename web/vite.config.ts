/// <reference types="vitest/config" />
// Builds the screens into `dist`, from where the server takes them into its binary. File names
// carry a hash of their content, so that a browser may keep them for ever; only index.html must be
// asked for anew.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    // The policy of the server forbids inline data: fonts and images are files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    // `npm run dev` beside a running `crossroll serve CASE`.
    proxy: { "/api": "http://127.0.0.1:8630" },
  },
  test: { include: ["src/**/*.test.ts"] },
});
