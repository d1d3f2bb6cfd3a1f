// The way in and out of a desk: its pages are the server's own, in the language that was chosen.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";

import { serious } from "./axe";
import { launch } from "./browser";
import { discardMade, serveDesk, type Served } from "./server";

const PASSWORD = "harbour lantern oblique 7";

let served: Served;
let browser: Browser;

beforeAll(async () => {
  served = await serveDesk();
  browser = await launch();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  served?.stop();
  discardMade();
});

/** A page of a browser that asks for a language. */
async function pageIn(locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

it("lets somebody in by a link, in Arabic, and out from every screen", async () => {
  const page = await pageIn("ar");
  await page.goto(served.entrance);
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(["ar", "rtl"]);
  await page.getByRole("heading", { name: "تعيين كلمة المرور" }).waitFor();
  expect(await serious(page)).toEqual([]);
  // What is wrong with a password is said in the same language.
  await page.locator("[name=password]").fill("قصيرة");
  await page.locator("[name=again]").fill("قصيرة");
  await page.getByRole("button").click();
  await page.getByRole("alert").getByText("12 حرفًا على الأقل").waitFor();
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("[name=again]").fill(PASSWORD);
  await page.getByRole("button").click();
  await page.getByRole("heading", { name: "تسجيل الدخول" }).waitFor();
  expect(await serious(page)).toEqual([]);
  await page.locator("[name=name]").fill("admin");
  await page.locator("[name=password]").fill(PASSWORD);
  await page.getByRole("button").click();
  await page.goto(`${served.address}/c/demo/settings`);

  // The language chosen in the screens is that of signing in from then on, whatever the browser asks for.
  await page.locator("#set-language").selectOption("fr");
  await page.goto(`${served.address}/account`);
  await page.getByRole("heading", { name: "Compte de admin" }).waitFor();
  expect(await serious(page)).toEqual([]);
  for (const screen of ["", "queue", "documents", "network", "search", "lists", "journal"]) {
    await page.goto(`${served.address}/c/demo/${screen}`);
    await page.getByRole("button", { name: "Se déconnecter" }).waitFor();
  }
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await page.getByRole("heading", { name: "Connexion" }).waitFor();
  // Out is out, also for who goes back.
  await page.goto(`${served.address}/c/demo/queue`);
  await page.getByRole("heading", { name: "Connexion" }).waitFor();
}, 120_000);
