// What is done to a case as a whole: a layout taught, the people in it protected, who reviews; and what
// the lists and the log tell.
import { expect, it } from "vitest";

import { calm, desk, leadOf } from "./support";

const at = desk();

it("teaches a layout from the document that is open", async () => {
  const { documents } = await at().api<{ documents: { id: string; path: string }[] }>("/cases/demo/documents?limit=100&text=docx");
  const document = documents[0];
  expect(document, "the demo has an office document").toBeDefined();
  const sheet = await at().open(`documents/${document?.id ?? ""}`);
  const { page, told } = sheet;
  await page.getByRole("button", { name: "Teach this layout" }).click();
  const teach = page.getByRole("region", { name: "Teach this layout" });
  const learn = teach.getByRole("button", { name: "Learn it" });
  expect(await learn.isDisabled()).toBe(true);
  const lead = await at().api<{ records: { id: string; lead: string }[] }>(`/cases/demo/documents/${document?.id ?? ""}`);
  const { records } = await at().api<{ records: { values: { key: string; written: string }[] }[] }>(`/cases/demo/leads/${encodeURIComponent(lead.records[0]?.lead ?? "")}`);
  const name = records.flatMap(({ values }) => values).find(({ key }) => key === "full_name")?.written ?? "";
  await page.locator(".layout-choice", { hasText: name }).first().click();
  await teach.getByRole("combobox").first().selectOption("full_name");
  await teach.getByRole("textbox", { name: "Name of the layout" }).fill("sample");
  await learn.click();
  await told("Learnt as sample.");
  await sheet.go("settings");
  await page.getByRole("listitem").filter({ hasText: /^sample/ }).waitFor();
  calm(sheet);
});

it("says what the case is for, and until when it is kept", async () => {
  const sheet = await at().open("settings");
  const { page, told } = sheet;
  await page.getByLabel("What the case is for").fill("a test of the screens");
  await page.getByLabel("Kept until").fill("2031-01-01");
  await page.locator("section", { hasText: "Protection of the people" }).getByRole("button", { name: "Save", exact: true }).click();
  await told("Saved.");
  await page.reload();
  await expect.poll(() => page.getByLabel("What the case is for").inputValue()).toBe("a test of the screens");
  calm(sheet);
});

it("refuses a policy that does not hold, and keeps one that does", async () => {
  const sheet = await at().open("settings");
  const { page, told } = sheet;
  const policy = page.locator("section", { has: page.getByRole("heading", { name: "Who has to look at a lead" }) });
  const text = policy.getByRole("textbox");
  await text.fill("share = 2.0");
  await policy.getByRole("button").first().click();
  await policy.locator(".bp6-callout").waitFor();
  sheet.complaints.length = 0; // The browser tells of the refusal too.
  await text.fill("second = \"all\"");
  await policy.getByRole("button").first().click();
  await told("The policy holds now.");
  const lead = await leadOf(at(), { status: ["possible"] });
  await sheet.go(`leads/${lead.id}`);
  await page.locator(".decide-bar").waitFor();
  await sheet.keys("Digit4");
  await told(/Decided/);
  await sheet.go(`leads/${lead.id}`);
  await page.getByText("It waits for a second person.").waitFor();
  calm(sheet);
});

it("restricts a person, and erases one for good after asking twice", async () => {
  const lead = await leadOf(at(), { status: ["too_little_data", "not_found"] });
  const sheet = await at().open(`people/${lead.id}`);
  const { page, told } = sheet;
  const guard = page.locator("section", { has: page.getByRole("heading", { name: "Protection of this person" }) });
  await guard.getByText("request of the person").click();
  await guard.getByRole("button", { name: "Restrict to the case lead" }).click();
  await told("Restricted.");
  await guard.getByText("only the case lead sees them").waitFor();
  await guard.getByText("request of the person").click();
  await guard.getByRole("button", { name: "Erase …" }).click();
  const dialog = page.getByRole("dialog");
  const erase = dialog.getByRole("button", { name: "Erase for good" });
  expect(await erase.isDisabled()).toBe(true);
  await dialog.getByText("I have checked").click();
  await erase.click();
  await told(/Records erased: \d+/);
  await page.waitForURL(/queue/);
  await sheet.go("settings");
  await page.getByRole("heading", { name: "Erased" }).waitFor();
});

it("tells the versions of each list, and who looked at what", async () => {
  const sheet = await at().open("lists");
  const { page } = sheet;
  await page.getByRole("heading", { name: "Versions" }).first().waitFor();
  await page.getByText("One version so far.").first().waitFor();
  await sheet.go("journal");
  await page.getByRole("tab", { name: "Who looked at what" }).click();
  const rows = page.locator("table tbody tr");
  await rows.nth(1).waitFor();
  // The newest first; by kind; the log grows by being read.
  const number = async (at: number) => Number(await rows.nth(at).locator("td").first().textContent());
  expect(await number(0)).toBe(await number(1) + 1);
  await page.getByLabel("Kind").selectOption("search");
  await expect.poll(() => rows.locator("td:nth-child(4)").allTextContents()).toSatisfy((kinds: string[]) => kinds.every((kind) => kind === kinds[0]));
  await page.getByLabel("User").fill("nobody of this name");
  await page.getByText("Nothing of the kind was done").waitFor();
  calm(sheet);
});
