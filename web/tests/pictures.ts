// Writes a picture of every screen into the folder SCREENS: English, Arabic, dark (`make screens`).
// ONLY names some of them, parted by commas.
import { mkdirSync } from "node:fs";
import path from "node:path";

import type { Page } from "playwright-core";
import { it } from "vitest";

import { launch } from "./browser";
import { serveDesk } from "./server";
import { calm, desk, leadOf } from "./support";

const folder = process.env["SCREENS"] ?? path.join(import.meta.dirname, "../screens");
const only = (process.env["ONLY"] ?? "").split(",").filter(Boolean);
const at = desk();

interface Picture {
  readonly name: string;
  readonly where: string;
  /** What is done before the picture is taken. */
  readonly before?: (page: Page) => Promise<unknown>;
}

async function pictures(): Promise<Picture[]> {
  const listed = (await leadOf(at(), { status: ["listed"] })).id;
  const possible = (await leadOf(at(), { status: ["possible"] })).id;
  const dead = (await leadOf(at(), { status: ["reported_dead"] })).id;
  const { leads } = await at().api<{ leads: { id: string; status: string; records: number }[] }>("/cases/demo/leads/query", { limit: 100 });
  const none = leads.find((lead) => lead.status === "not_found" && lead.records > 1)?.id ?? listed;
  const { documents } = await at().api<{ documents: { id: string; media_type: string; state: string }[] }>("/cases/demo/documents?limit=200");
  const document = (type: RegExp) => documents.find((each) => type.test(each.media_type) && each.state === "read")?.id ?? "";
  const press = (code: string) => (page: Page) => page.keyboard.press(code);
  return [
    { name: "overview", where: "" },
    { name: "overview-map", where: "", before: async (page) => page.locator(".world").first().scrollIntoViewIfNeeded() },
    { name: "overview-crossings", where: "", before: async (page) => page.locator(".crossings").scrollIntoViewIfNeeded() },
    { name: "queue", where: "queue" },
    { name: "queue-chosen", where: "queue?status=listed&status=possible", before: async (page) => page.locator(".queue-pick input").first().check() },
    { name: "queue-none", where: "queue?text=zzzz" },
    { name: "queue-bulk", where: "queue?status=not_found", before: async (page) => {
      await page.locator(".bulk-bar button").first().click();
      await page.locator(".bulk-sample li").first().waitFor();
    } },
    { name: "lead", where: `leads/${listed}`, before: async (page) => page.locator(".copy-letter").last().click() },
    { name: "lead-possible", where: `leads/${possible}`, before: async (page) => page.locator(".said-value").first().click() },
    { name: "lead-none", where: `leads/${none}`, before: async (page) => page.locator(".said-value").first().click() },
    { name: "lead-dead", where: `leads/${dead}` },
    { name: "lead-why", where: `leads/${listed}`, before: async (page) => page.locator(".section-link").nth(1).click() },
    { name: "lead-entry", where: `leads/${listed}`, before: async (page) => page.locator(".section-link").nth(4).click() },
    { name: "lead-blind", where: `leads/${possible}`, before: press("KeyB") },
    { name: "lead-same", where: `leads/${listed}`, before: press("KeyS") },
    { name: "lead-correct", where: `leads/${listed}`, before: press("KeyC") },
    { name: "lead-life", where: `leads/${listed}`, before: press("KeyE") },
    { name: "lead-refer", where: `leads/${listed}`, before: press("KeyY") },
    { name: "lead-keys", where: `leads/${listed}`, before: press("Shift+Slash") },
    { name: "person", where: `people/${listed}` },
    { name: "network", where: `network?from=${listed}` },
    { name: "documents", where: "documents" },
    { name: "document", where: `documents/${document(/pdf/)}` },
    { name: "document-scan", where: `documents/${document(/image/)}` },
    { name: "document-text", where: `documents/${document(/officedocument.wordprocessing/)}` },
    { name: "search", where: "search?q=samir" },
    { name: "search-table", where: "search", before: async (page) => page.getByRole("tab").nth(1).click() },
    { name: "lists", where: "lists" },
    { name: "document-teach", where: `documents/${document(/officedocument.wordprocessing/)}`, before: async (page) => {
      await page.getByRole("button").filter({ hasText: /Teach|تعليم/ }).click();
      await page.locator(".layout-choice").nth(3).click();
    } },
    { name: "person-guard", where: `people/${possible}`, before: async (page) => page.locator("section").last().scrollIntoViewIfNeeded() },
    { name: "journal", where: "journal" },
    { name: "journal-seen", where: "journal", before: async (page) => page.getByRole("tab").nth(1).click() },
    { name: "settings-people", where: "settings", before: async (page) => page.locator("section").last().scrollIntoViewIfNeeded() },
    { name: "settings", where: "settings" },
    { name: "nowhere", where: "nowhere" },
  ];
}

for (const [language, theme] of [["en", "light"], ["ar", "light"], ["en", "dark"]] as const) {
  it(`pictures, ${language}, ${theme}`, async () => {
    mkdirSync(folder, { recursive: true });
    const sheet = await at().open("", { language, theme });
    const { page } = sheet;
    for (const { name, where, before } of await pictures()) {
      if (only.length > 0 && !only.includes(name)) continue;
      await page.evaluate(() => localStorage.removeItem("crossroll.blind"));
      await sheet.go(where);
      await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => undefined);
      await before?.(page);
      await page.waitForTimeout(700);
      await page.screenshot({ path: path.join(folder, `${name}-${language}-${theme}.png`) });
    }
    calm(sheet);
  }, 600_000);
}

it("pictures of signing in", async () => {
  const served = await serveDesk();
  const browser = await launch();
  try {
    for (const [language, colorScheme] of [["en", "light"], ["ar", "light"], ["en", "dark"]] as const) {
      const page = await browser.newPage({ locale: language, colorScheme, viewport: { width: 1366, height: 768 } });
      for (const [name, address] of [["sign-in", `${served.address}/login`], ["welcome", served.entrance]] as const) {
        if (only.length > 0 && !only.includes(name)) continue;
        await page.goto(address);
        await page.screenshot({ path: path.join(folder, `${name}-${language}-${colorScheme}.png`) });
      }
    }
  } finally {
    await browser.close();
    served.stop();
  }
}, 120_000);
