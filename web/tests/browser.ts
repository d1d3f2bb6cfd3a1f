// The distribution's Chromium, found where distributions put it; CHROMIUM names another.
import { existsSync } from "node:fs";

import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

export function executable(): string {
  const found = process.env["CHROMIUM"] ?? PLACES.find((place) => existsSync(place));
  if (!found) throw new Error(`no Chromium at ${PLACES.join(", ")}; scripts/setup installs it`);
  return found;
}

export function launch(): Promise<Browser> {
  // Root may not use the sandbox; the pages are our own.
  return chromium.launch({ executablePath: executable(), args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
