// What the screens say while the server cannot do its work, and that they go on by themselves.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { desk, leadOf } from "./support";

const at = desk();

it("is read-only on every screen while the audit log cannot be written", async () => {
  const { id } = await leadOf(at(), { status: ["possible"] });
  const sheet = await at().open(`leads/${id}`);
  const { page, told } = sheet;
  const decide = page.locator(".decide-bar .bp6-button");
  await decide.first().waitFor();
  const log = path.join(at().served.folder, "audit.jsonl");
  const whole = readFileSync(log);
  // A log that something else wrote to is written no more.
  writeFileSync(log, Buffer.concat([whole, Buffer.from("not an entry\n")]));
  await page.keyboard.press("Digit5");
  const notice = page.locator(".shell-trouble");
  await notice.getByText(/audit log cannot be written/).waitFor();
  for (const button of await page.locator(".decide-bar .bp6-button, .verdicts .bp6-button, .said-correct").all()) {
    expect(await button.isDisabled()).toBe(true);
  }
  expect(await decide.first().getAttribute("title")).toMatch(/audit log/);
  await page.keyboard.press("Digit4");
  await told(/Nothing can be changed/);
  // What was read stays, here and elsewhere.
  await page.locator(".evidence").waitFor();
  for (const link of ["Queue", "Documents", "Settings"]) {
    await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: link }).click();
    await page.locator("main h1, main .bp6-heading").first().waitFor();
    expect(await notice.isVisible()).toBe(true);
    for (const button of await page.locator(".bulk-bar .bp6-button, main .bp6-button.bp6-intent-primary").all()) {
      expect(await button.isDisabled()).toBe(true);
    }
  }
  writeFileSync(log, whole);
  // It is tried again by itself, which may be sooner than the click.
  await notice.getByRole("button").click({ timeout: 3000 }).catch(() => undefined);
  await notice.waitFor({ state: "detached" });
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await decide.first().waitFor();
  await expect.poll(() => decide.first().isDisabled()).toBe(false);
});

it("says that the server does not answer, and keeps what was read", async () => {
  const sheet = await at().open("queue");
  const { page } = sheet;
  await page.locator(".queue-row.is-cursor").waitFor();
  await page.route("**/api/**", (route) => route.abort());
  await page.locator(".facet-value").first().click();
  await page.locator(".shell-trouble").getByText("The server does not answer.").waitFor();
  await page.unroute("**/api/**");
  await page.locator(".shell-trouble").getByRole("button").click({ timeout: 3000 }).catch(() => undefined);
  await page.locator(".shell-trouble").waitFor({ state: "detached" });
  await page.locator(".queue-row.is-cursor").waitFor();
});
