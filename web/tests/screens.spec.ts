// Every screen: something to see, no complaint of the browser, nothing serious found by axe, in both
// languages and themes; languages mirrored; keys remapped.
import { expect, it } from "vitest";

import { serious } from "./axe";
import { calm, desk, leadOf } from "./support";

const at = desk();

const SCREENS = ["", "queue", "queue?status=listed", "lead", "person", "network", "documents", "documents?state=corrupt", "document", "search?q=samir", "lists", "journal", "settings", "nowhere"];

for (const [language, theme] of [["en", "light"], ["ar", "light"], ["en", "dark"]] as const) {
  it(`has nothing serious for axe and no complaint, in ${language}, ${theme}`, async () => {
    const lead = await leadOf(at(), { status: ["listed"] });
    const { documents } = await at().api<{ documents: { id: string; media_type: string }[] }>("/cases/demo/documents?limit=100");
    const document = documents.find((each) => /pdf/.test(each.media_type))?.id ?? "";
    const sheet = await at().open("", { language, theme });
    const findings: string[] = [];
    for (const screen of SCREENS) {
      const where = { lead: `leads/${lead.id}`, person: `people/${lead.id}`, document: `documents/${document}`, network: `network?from=${lead.id}` }[screen] ?? screen;
      await sheet.go(where);
      await sheet.page.waitForLoadState("networkidle").catch(() => undefined);
      await sheet.page.waitForTimeout(300);
      findings.push(...(await serious(sheet.page)).map((finding) => `${screen}: ${finding}`));
    }
    await sheet.go(`leads/${lead.id}`);
    await sheet.keys("KeyS");
    await sheet.page.getByRole("dialog").waitFor();
    findings.push(...(await serious(sheet.page)).map((finding) => `dialog: ${finding}`));
    expect(findings).toEqual([]);
    calm(sheet);
  }, 180_000);
}

it("is mirrored in Arabic, with names isolated in their own direction", async () => {
  const sheet = await at().open("queue", { language: "ar" });
  const { page } = sheet;
  expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual(["rtl", "ar"]);
  const side = await page.locator(".queue-side").boundingBox();
  expect(side?.x ?? 0).toBeGreaterThan(683);
  await page.locator(".queue-name bdi").first().waitFor();
  calm(sheet);
});

it("changes language and theme without a reload and keeps them", async () => {
  const sheet = await at().open("settings");
  const { page } = sheet;
  await page.locator("#set-language").selectOption("ar");
  await page.getByRole("heading", { name: "الإعدادات" }).waitFor();
  await page.locator("#set-theme").selectOption("dark");
  await page.reload();
  await page.getByRole("heading", { name: "الإعدادات" }).waitFor();
  expect(await page.evaluate(() => document.body.classList.contains("bp6-dark"))).toBe(true);
  calm(sheet);
});

it("remaps a key, and refuses one that is taken", async () => {
  const sheet = await at().open("settings");
  const { page, keys } = sheet;
  await page.getByRole("button", { name: /^Same person|^The same person/ }).click();
  await keys("KeyD");
  await page.locator(".toast", { hasText: "used already" }).waitFor();
  await page.getByRole("button", { name: /^The same person/ }).click();
  await keys("F2");
  await sheet.go(`leads/${(await leadOf(at(), { status: ["listed"] })).id}`);
  await page.locator(".verdicts").waitFor();
  await keys("F2");
  await page.getByRole("dialog", { name: /same person/ }).waitFor();
  calm(sheet);
});

it("charts and the equation lead to those they count", async () => {
  const sheet = await at().open("");
  const { page } = sheet;
  await page.locator(".equation a", { hasText: "corrupt" }).click();
  await page.waitForURL(/documents\?state=corrupt/);
  await page.getByRole("heading", { name: "1 file", exact: true }).waitFor();
  await sheet.go("");
  await page.locator(".bars a", { hasText: "Tunisia" }).first().click();
  await page.waitForURL(/queue\?country=TN/);
  await page.getByRole("heading", { name: "3 people" }).waitFor();
  calm(sheet);
});

it("searches while typing, and a table of names with lines without a hit", async () => {
  const sheet = await at().open("search");
  const { page } = sheet;
  await page.keyboard.type("samir kar");
  await page.locator(".found a").first().waitFor();
  await page.getByRole("button", { name: "Keep this search" }).click();
  await page.getByRole("button", { name: "samir kar", exact: true }).waitFor();
  await page.getByRole("tab", { name: "A table of names" }).click();
  await page.getByRole("textbox", { name: "Names, one a line" }).fill("Samir Karim Qandil\nZzyzx Nobody Atall\n");
  await page.getByRole("button", { name: "Search all lines" }).click();
  await page.getByRole("heading", { name: "2 lines, 1 of them without a hit" }).waitFor();
  calm(sheet);
});

it("the first load stays below 600 kB, faces included", async () => {
  const sheet = await at().open("queue");
  await sheet.page.evaluate(async () => void await document.fonts.ready);
  const bytes = await sheet.page.evaluate(() =>
    performance.getEntriesByType("resource").filter((entry) => /\/assets\//.test(entry.name)).reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0));
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(600_000);
});
