/// <reference types="vitest/config" />
// Builds the screens into `dist`, from where the server takes them into its binary. File names
// carry a hash of their content, so that a browser may keep them for ever; only index.html must be
// asked for anew.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

import react from "@vitejs/plugin-react";
import postcssRtl from "postcss-rtlcss";
import { defineConfig, type Plugin } from "vite";

/** Images that a stylesheet carries inline become files: the server's policy loads no `data:`. */
function dataUrisToFiles(): Plugin {
  return {
    name: "data-uris-to-files",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
        const css = typeof file.source === "string" ? file.source : new TextDecoder().decode(file.source);
        file.source = css.replace(/url\((["']?)data:image\/svg\+xml,(.*?)\1\)/gs, (_all, _quote, body: string) => {
          const svg = decodeURIComponent(body);
          const hash = createHash("sha256").update(svg).digest("hex").slice(0, 8);
          const fileName = `assets/sign-${hash}.svg`;
          if (!(fileName in bundle)) this.emitFile({ type: "asset", fileName, source: svg });
          return `url(/${fileName})`;
        });
      }
    },
  };
}

/** Beside each file the same compressed, for the server to send. */
function compressed(): Plugin {
  return {
    name: "compressed",
    async writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!dir || !/\.(js|css)$/.test(name)) continue;
        const packed = gzipSync(await readFile(path.join(dir, name)), { level: 9 });
        await writeFile(path.join(dir, `${name}.gz`), packed);
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), dataUrisToFiles(), compressed()],
  // Blueprint's styles know left and right only; what differs from right to left is added to them.
  css: { postcss: { plugins: [postcssRtl()] } },
  resolve: {
    // All 600 icons would be bundled for icons named by a string; ours are imported one by one.
    alias: [{ find: /^.*\/paths-loaders\/.*$/, replacement: new URL("src/shell/no-icons.ts", import.meta.url).pathname }],
  },
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
