// The queue and the records of a person: interactions 13, 14 and 19 of REVIEW_SCREEN.md.
import { expect, it } from "vitest";

import { calm, desk } from "./support";

const at = desk();

it("19: facets, text, order and kept views; the address says which", async () => {
  const sheet = await at().open("queue");
  const { page } = sheet;
  await page.getByRole("heading", { name: "11 people" }).waitFor();
  await page.locator(".facet-value", { hasText: "already listed" }).click();
  await page.getByRole("heading", { name: "2 people" }).waitFor();
  expect(page.url()).toContain("status=listed");
  // Another value of the same facet can be added: its counts are not narrowed by itself.
  await page.locator(".facet-value", { hasText: "possible match" }).click();
  await page.getByRole("heading", { name: "3 people" }).waitFor();
  await page.getByRole("button", { name: "Keep this view" }).click();
  await page.getByLabel("Name of the view").fill("sample view");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "sample view", exact: true }).waitFor();
  await page.getByRole("button", { name: "All people" }).click();
  await page.getByRole("heading", { name: "11 people" }).waitFor();
  await page.keyboard.press("Slash");
  await page.keyboard.type("samir");
  await page.getByRole("heading", { name: /^[1-9] (person|people)$/ }).waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).or(page.getByRole("button", { name: "All people" })).first().click();
  await page.getByLabel("Sort").selectOption("name");
  await page.waitForURL(/sort=name/);
  await page.getByRole("button", { name: "sample view", exact: true }).click();
  await page.getByRole("heading", { name: "3 people" }).waitFor();
  const rank = page.locator(".queue-row [title*='points']").first();
  expect(await rank.getAttribute("title")).toMatch(/points: .+\+\d+/);
  calm(sheet);
});

it("14: decides on many after a preview, with a reason, as one batch that one undo takes back", async () => {
  const sheet = await at().open("queue?status=not_found");
  const { page, told } = sheet;
  await page.locator(".bulk-bar").getByRole("button", { name: "Decide …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/It would be done to 6 people/).waitFor();
  expect(await dialog.locator(".bulk-sample li").count()).toBe(6);
  const commit = dialog.getByRole("button", { name: "Do it to 6 people" });
  expect(await commit.isDisabled()).toBe(true);
  await dialog.getByText("all list entries ruled out").click();
  await commit.click();
  await told("Done to 6 people.");
  await page.locator(".queue-row .tag-decided").nth(5).waitFor();
  await page.keyboard.press("KeyZ");
  await told(/taken back/);
  await expect.poll(() => page.locator(".queue-row .tag-decided").count()).toBe(0);
  calm(sheet);
});

it("14: never confirms many by a name alone", async () => {
  const sheet = await at().open("queue");
  const { page } = sheet;
  await page.locator(".bulk-bar").getByRole("button", { name: "Judge best entry …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Verdict").selectOption("same");
  await dialog.getByText(/nothing but the name speaks/).waitFor();
  await dialog.getByText("name and full birth date agree").or(dialog.getByText("birth dates cannot both be true")).first().click();
  expect(await dialog.getByRole("button", { name: /^Do it to/ }).isDisabled()).toBe(true);
  calm(sheet);
});

it("13: sets a record apart after showing the change", async () => {
  const { leads } = await at().api<{ leads: { id: string; records: number }[] }>("/cases/demo/leads/query", { limit: 50 });
  const several = leads.find((lead) => lead.records > 1);
  const sheet = await at().open(`people/${several?.id ?? ""}`);
  const { page, told } = sheet;
  await page.getByText("Why they are one").waitFor();
  // By keys: ticked, it shows among those set apart; and back.
  const apart = page.locator(".person-group.is-apart");
  await page.getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  await page.getByText(/There would be 2 people/).waitFor();
  await apart.getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await page.getByText(/There would be 2 people/).waitFor({ state: "hidden" });
  // By pointer: dragged from one group to the other.
  await page.locator(".person-moves").first().dragTo(apart.getByText(/Drag a record here/));
  await page.getByText(/There would be 2 people/).waitFor();
  expect(await apart.locator(".person-moves").count()).toBe(1);
  await page.getByText("father and son").click();
  await page.getByRole("button", { name: "Set apart", exact: true }).click();
  await told(/set apart/);
  await page.keyboard.press("KeyZ");
  await told(/taken back/);
  calm(sheet);
});

it("works through twenty leads by the keyboard alone in less than five minutes", async () => {
  const sheet = await at().open("queue");
  const { page, keys } = sheet;
  await page.locator(".queue-row.is-cursor").waitFor();
  await page.locator(".queue-scroll").focus();
  const begun = Date.now();
  await keys("Enter");
  for (let decided = 0; decided < 20; decided++) {
    // Keys do nothing while the lead before still stands there.
    await page.locator(".lead[aria-busy='false'] .decide-bar").waitFor();
    const id = page.url();
    await keys("KeyL", "BracketRight");
    const wasLast = await page.locator(".lead-head button[aria-label='Next lead']").isDisabled();
    await keys(decided % 3 === 0 ? "Digit4" : "Digit5");
    await page.locator(".toast").last().waitFor();
    if (wasLast) {
      // From the top again: a decision can be changed.
      await keys("KeyQ");
      await page.locator(".queue-row").nth(1).waitFor();
      for (let up = 0; up < 12; up++) await keys("KeyK");
      await keys("Enter");
    }
    await page.waitForURL((url) => url.href !== id);
  }
  expect(Date.now() - begun).toBeLessThan(300_000);
  calm(sheet);
});
