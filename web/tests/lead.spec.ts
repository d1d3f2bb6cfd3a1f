// The lead by the keyboard: what REVIEW_SCREEN.md asks of interactions 1 to 12, 15 to 18 and 20.
import { expect, it } from "vitest";

import { calm, desk, leadOf } from "./support";

const at = desk();

it("1: goes from lead to lead, on after a decision, and keeps its place over a reload", async () => {
  const sheet = await at().open("queue");
  const { page, keys } = sheet;
  await page.locator(".queue-row.is-cursor").waitFor();
  await keys("KeyJ", "KeyJ", "KeyK", "Enter");
  await page.waitForURL(/\/leads\//);
  const second = page.url();
  await page.getByText("2 of 11").waitFor();
  await keys("KeyJ");
  await page.getByText("3 of 11").waitFor();
  await page.reload();
  await page.getByText("3 of 11").waitFor();
  await keys("KeyK");
  await page.waitForURL(second);
  await page.getByText("2 of 11").waitFor();
  await keys("Digit5");
  await sheet.told(/Decided: not found/);
  await page.getByText("3 of 11").waitFor();
  await keys("KeyG");
  await page.getByRole("dialog").getByRole("textbox").fill(decodeURIComponent(second.split("/").at(-1) ?? ""));
  await page.keyboard.press("Enter");
  await page.waitForURL(second);
  await page.locator(".lead-head .tag-decided").waitFor();
  calm(sheet);
});

it("2: judges by single keys of any layout; a reason is needed to say that two are the same", async () => {
  const lead = await leadOf(at(), { status: ["listed"] });
  const sheet = await at().open(`leads/${lead.id}`);
  const { page, keys, told } = sheet;
  const pressed = (name: RegExp) => page.locator(".verdicts").getByRole("button", { name, pressed: true });
  await page.locator(".verdicts").waitFor();
  await keys("KeyD");
  await told(/Judged Different/);
  await pressed(/Different/).waitFor();
  await keys("KeyU");
  await pressed(/Cannot tell/).waitFor();
  await keys("Digit0");
  await told(/taken back/);
  await keys("KeyS");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  expect(await dialog.getByRole("button", { name: "Write it" }).isDisabled()).toBe(true);
  await dialog.getByText("name and full birth date agree").click();
  await page.keyboard.press("Enter");
  if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Write it" }).click();
  await pressed(/Same/).waitFor();
  await keys("KeyR");
  await page.getByRole("dialog").getByRole("button", { name: "Write it" }).click();
  await pressed(/Related/).waitFor();
  await keys("Shift+Slash");
  await page.getByRole("dialog").getByText("The same person").waitFor();
  calm(sheet);
});

it("3: shows what was written, normalized and romanized, and how it compares by sign and word", async () => {
  const lead = await leadOf(at(), { status: ["listed"] });
  const sheet = await at().open(`leads/${lead.id}`);
  const row = sheet.page.locator(".evidence tr").filter({ has: sheet.page.getByRole("rowheader", { name: "Birth date" }) });
  await row.waitFor();
  expect(await row.locator(".written").first().textContent()).toMatch(/[\u0660-\u0669\d]/);
  expect(await row.locator(".evidence-normal").first().textContent()).toMatch(/\d{4}-\d{2}-\d{2}/);
  expect(await row.locator(".level").textContent()).toMatch(/[=≈≠·] *(agree|near|conflict|missing)/);
  const name = sheet.page.locator(".evidence tr").filter({ has: sheet.page.getByRole("rowheader", { name: "Name" }) }).first();
  expect(await name.locator("bdi[lang=ar]").count()).toBeGreaterThan(0);
  expect(await name.locator(".evidence-latin").first().textContent()).toMatch(/^[\p{Script=Latin}\p{M}\s'’ʿʾ-]+$/u);
  calm(sheet);
});

it("4: lights the box of a value on its page, zooms, turns and flips copies", async () => {
  const { leads } = await at().api<{ leads: { id: string; records: number }[] }>("/cases/demo/leads/query", { limit: 50 });
  let tried = 0;
  for (const lead of leads.filter((each) => each.records > 1)) {
    const sheet = await at().open(`leads/${lead.id}`);
    const { page, keys } = sheet;
    await page.locator(".evidence").waitFor();
    const letters = page.locator(".copy-letter");
    for (let n = 0; n < await letters.count() && await page.locator(".lit-box").count() === 0; n++) await letters.nth(n).click();
    if (await page.locator(".lit-box").count() === 0) continue;
    tried += 1;
    await page.locator(".page-sheet img").evaluate((image: HTMLImageElement) => image.decode());
    const box = await page.locator(".lit-box").boundingBox();
    const frame = await page.locator(".pages-frame").boundingBox();
    expect(box && frame && box.y >= frame.y && box.y + box.height <= frame.y + frame.height, "the lit box is in sight").toBe(true);
    const width = async () => (await page.locator(".page-sheet").boundingBox())?.width ?? 0;
    const before = await width();
    await keys("Equal");
    expect(await width()).toBeGreaterThan(before * 1.3);
    await keys("Minus", "KeyO");
    expect(await page.locator(".page-sheet").evaluate((element) => getComputedStyle(element).rotate)).toBe("90deg");
    const path = await page.locator(".pages-path").textContent();
    await keys("BracketRight");
    await expect.poll(() => page.locator(".pages-path").textContent()).not.toBe(path);
    await keys("BracketLeft");
    await expect.poll(() => page.locator(".pages-path").textContent()).toBe(path);
    calm(sheet);
    break;
  }
  expect(tried).toBe(1);
});

it("5: the parts of the waterfall add up to the one number that every place shows", async () => {
  const lead = await leadOf(at(), { status: ["listed"] });
  const sheet = await at().open(`leads/${lead.id}`);
  const { page } = sheet;
  await page.locator(".waterfall").waitFor();
  const numbers = (await page.locator(".waterfall td.number").allTextContents()).map((text) => Number(text.replace("−", "-")));
  const sum = numbers.at(-1) ?? 0;
  const parts = numbers.slice(0, -1).reduce((total, part) => total + part, 0);
  expect(Math.abs(parts - sum)).toBeLessThan(0.06 * numbers.length);
  // What the rarity of the name adds stands on its own, below the name.
  const labels = await page.locator(".waterfall th").allTextContents();
  expect(labels.findIndex((label) => /Name: how rare/.test(label))).toBe(labels.findIndex((label) => /= Name$/.test(label)) + 1);
  const said = await page.locator(".match-who").textContent();
  expect(said).toContain(`Weight ${(await page.locator(".waterfall td.number").last().textContent()) ?? "?"}`);
  const score = /Score (\d\.\d\d)/.exec(said ?? "")?.[1];
  await sheet.go("queue?status=listed");
  await page.locator(".queue-row", { hasText: lead.names[0] ?? "" }).getByText(score ?? "?").waitFor();
  calm(sheet);
});

it("6: says what would change it, conflicts first, then what is missing", async () => {
  const sheet = await at().open(`leads/${(await leadOf(at(), { status: ["possible"] })).id}`);
  await sheet.page.locator("#section-change li").first().waitFor();
  const levels = await sheet.page.locator("#section-change li > .level").evaluateAll((all) => all.map((each) => each.className));
  const firstMissing = levels.findIndex((each) => each.includes("missing"));
  expect(firstMissing).toBeGreaterThanOrEqual(0);
  expect(levels.slice(firstMissing).every((each) => each.includes("missing"))).toBe(true);
  calm(sheet);
});

it("7: shows the names part by part, in Latin letters by the scheme that a key chooses, and how many share them", async () => {
  const sheet = await at().open(`leads/${(await leadOf(at(), { status: ["listed"] })).id}`);
  const { page, keys } = sheet;
  await page.locator("#section-names .compared").waitFor();
  await page.locator("#section-names").getByText(/\d+ of \d+ people share this name/).waitFor();
  await page.locator("#section-names").getByText(/^\d+ (person|people)$/).first().waitFor();
  const latin = () => page.locator(".evidence-latin").allTextContents();
  const seen: string[][] = [await latin()];
  for (const scheme of ["letter by letter", "scholarly"]) {
    await keys("KeyL");
    await page.getByText(`Latin letters: ${scheme}`).waitFor();
    seen.push(await latin());
  }
  const [usual, plain, scholarly] = seen;
  expect(usual?.length).toBeGreaterThan(0);
  // A name as it is usually spelled has capitals and vowels; that of scholars has signs of its own.
  expect(usual?.join()).toMatch(/[A-Z][a-z]+/);
  expect(plain?.join()).toMatch(/^[a-z0-9, ]+$/);
  expect(scholarly?.join()).toMatch(/[āḥṣḍṭẓʿġšṯḏḫẗ]/);
  await keys("KeyL");
  await expect.poll(latin).toEqual([]);
  // What was chosen holds after a reload.
  await page.reload();
  await page.getByText("Latin letters: off").waitFor();
  await keys("KeyL");
  await expect.poll(latin).toEqual(usual);
  calm(sheet);
});

it("8: shows the list entry in full with list, date and hash", async () => {
  const sheet = await at().open(`leads/${(await leadOf(at(), { status: ["listed"] })).id}`);
  const entry = sheet.page.locator("#section-entry");
  await entry.getByText(/SHA-256/).waitFor();
  await entry.getByText(/undated|as of/).waitFor();
  expect(await entry.getByRole("row").count()).toBeGreaterThan(2);
  calm(sheet);
});

it("9: has life status with source and grade, and says what is open", async () => {
  const sheet = await at().open(`leads/${(await leadOf(at(), { status: ["reported_dead"] })).id}`);
  await sheet.page.locator(".lead-head .life-reported_dead").waitFor();
  const life = sheet.page.locator("#section-life");
  expect(await life.getByRole("row").nth(1).textContent()).toMatch(/[A-F][1-6]/);
  calm(sheet);
});

it("10: hides figures and the proposed status until the lead is decided, and the decision says so", async () => {
  const lead = await leadOf(at(), { status: ["possible"] });
  const sheet = await at().open(`leads/${lead.id}`);
  const { page, keys, told } = sheet;
  await page.locator(".waterfall").waitFor();
  await keys("KeyB");
  await page.locator(".waterfall").waitFor({ state: "detached" });
  expect(await page.locator(".lead").textContent()).not.toMatch(/Score \d|Rank \d|possible match/);
  await keys("Digit4");
  await told(/Decided: possible/);
  await sheet.go(`leads/${lead.id}`);
  await page.locator("#section-history").getByText("decided, figures hidden: possible match").first().waitFor();
  calm(sheet);
});

it("11: asks for a second person, and says that it waits", async () => {
  const lead = await leadOf(at(), { status: ["reported_dead"] });
  const sheet = await at().open(`leads/${lead.id}`);
  const { page, keys, told } = sheet;
  await page.locator(".decide-bar").waitFor();
  await keys("KeyP");
  await told(/Decide first/);
  await keys("Digit3");
  await told(/Decided: reported dead/);
  await sheet.go(`leads/${lead.id}`);
  await page.locator(".tag-decided").first().waitFor();
  await keys("KeyP");
  await page.getByText("It waits for a second person.").waitFor();
  await sheet.go("queue");
  await page.locator(".views").getByRole("button", { name: "Needs a second person" }).click();
  await page.locator(".queue-row", { hasText: lead.names[0] ?? "" }).waitFor();
  calm(sheet);
});

it("12: takes anything back, by key and from the history", async () => {
  const lead = await leadOf(at(), { status: ["too_little_data", "not_found"], decided: ["open"] });
  const sheet = await at().open(`leads/${lead.id}`);
  const { page, keys, told } = sheet;
  await page.locator(".decide-bar").waitFor();
  await keys("Digit6");
  await told(/Decided: too little data/);
  await keys("KeyZ");
  await told(/taken back/);
  await sheet.go(`leads/${lead.id}`);
  expect(await page.locator(".lead-head .tag-decided").count()).toBe(0);
  await page.locator("#section-history .is-gone").first().waitFor();
  // The undo can itself be taken back.
  await page.locator("#section-history").getByRole("button", { name: /^Undo entry/ }).first().click();
  await page.locator(".lead-head .tag-decided").waitFor();
  calm(sheet);
});

it("15: notes, tags and assigns", async () => {
  const sheet = await at().open(`leads/${(await leadOf(at(), { status: ["listed"] })).id}`);
  const { page, keys, told } = sheet;
  await page.locator(".decide-bar").waitFor();
  await keys("KeyN");
  await page.getByRole("dialog").getByRole("textbox").fill("a note of a test");
  await page.getByRole("button", { name: "Write the note" }).click();
  await page.locator("#section-notes").getByText("a note of a test").waitFor();
  await keys("KeyT");
  await page.getByRole("dialog").getByRole("textbox").fill("sample tag");
  await page.keyboard.press("Enter");
  await page.locator(".lead-head").getByText("sample tag").waitFor();
  await keys("Shift+Digit2");
  await page.getByRole("dialog").getByLabel("Due").fill("2030-01-31");
  await page.getByRole("button", { name: "Assign", exact: true }).last().click();
  await told(/Assigned to/);
  await page.locator(".lead-head").getByText(/Assigned to .*2030-01-31/).waitFor();
  calm(sheet);
});

it("16: corrects a field with a reason; the reading stays in the history", async () => {
  const sheet = await at().open(`leads/${(await leadOf(at(), { status: ["listed"] })).id}`);
  const { page, keys, told } = sheet;
  await page.locator(".evidence").waitFor();
  await keys("KeyC");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What stands on the page").fill("1986-03-14");
  await dialog.getByText("misread by OCR").click();
  await dialog.getByRole("button", { name: "Correct", exact: true }).click();
  await told(/Corrected: Birth date/);
  await page.locator("#section-history").getByText(/corrected Birth date/).waitFor();
  calm(sheet);
});

it("17: grades a claim by a letter and a number, marks handling, covers a minor", async () => {
  const lead = await leadOf(at(), { status: ["reported_dead"] });
  const sheet = await at().open(`leads/${lead.id}`);
  const { page, keys, told } = sheet;
  await page.locator("#section-life table").waitFor();
  await keys("KeyA");
  await page.getByRole("dialog").waitFor();
  await keys("KeyB", "Digit2");
  await page.getByRole("button", { name: "Grade B2" }).click();
  await told(/Graded B2/);
  await page.locator("#section-life").getByText("B2").first().waitFor();
  await keys("KeyH");
  await page.getByRole("dialog").getByText("minor", { exact: true }).click();
  await told(/Put on/);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.getByText("A minor or a victim").waitFor();
  expect(await page.locator(".evidence").count()).toBe(0);
  await page.getByRole("button", { name: "Show the evidence" }).click();
  await page.locator(".evidence").waitFor();
  calm(sheet);
});

it("18: peeks one hop around a person, and opens it as a chart", async () => {
  const { leads } = await at().api<{ leads: { id: string }[] }>("/cases/demo/leads/query", { limit: 50 });
  const networks = await Promise.all(leads.map(async ({ id }) => ({ id, ...(await at().api<{ ties: unknown[]; people: { id: string; name: string }[] }>(`/cases/demo/network/around/${id}`)) })));
  const linked = networks.find(({ ties }) => ties.length > 0);
  expect(linked, "somebody in the demo is linked").toBeDefined();
  const sheet = await at().open(`leads/${linked?.id ?? ""}`);
  const { page, keys } = sheet;
  await page.getByRole("button", { name: "Show who is linked" }).click();
  await page.locator("#section-network table").waitFor();
  await page.locator("#section-network").getByRole("button", { name: "Add to the notes" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Write the note" }).click();
  await page.locator("#section-notes li").first().waitFor();
  await keys("KeyW");
  await page.locator(".network-chart canvas").first().waitFor();
  await page.locator(".network-side a[href*=documents]").first().waitFor();
  // The way to another, found by name.
  const from = new URL(page.url()).searchParams.get("from");
  const other = networks.flatMap(({ id, people }) => (id === from ? people.filter((each) => each.id !== from) : []))[0];
  await page.getByRole("combobox", { name: /^Way to whom/ }).fill(other?.name ?? "");
  await page.getByRole("option").first().waitFor();
  await keys("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("to")).toBeTruthy();
  await page.locator(".network-chart canvas").first().waitFor();
  calm(sheet);
});

it("20: shows exactly what leaves, with its hash, only once recipient and reason are there", async () => {
  const sheet = await at().open(`leads/${(await leadOf(at(), {})).id}`);
  const { page, keys } = sheet;
  await page.locator(".decide-bar").waitFor();
  await keys("KeyY");
  const dialog = page.getByRole("dialog");
  const make = dialog.getByRole("button", { name: "Show what leaves" });
  expect(await make.isDisabled()).toBe(true);
  await dialog.getByRole("textbox", { name: "Recipient" }).fill("A sample court");
  await dialog.getByText("I have checked").click();
  await dialog.getByText("order of a court").click();
  await make.click();
  const text = await dialog.locator(".refer-text").textContent();
  expect(text).toMatch(/^id,/);
  expect(await dialog.locator(".refer-hash").textContent()).toMatch(/^[0-9a-f]{64}$/);
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save the file" }).click();
  expect((await download).suggestedFilename()).toBe("leads.csv");
  calm(sheet);
});
