import { readdirSync, readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { sayIn } from "./server-words";
import { textsOf } from "../i18n/text";

const plain = (text: string) => text.replace(/[\u2068\u2069]/gu, "");
const ar = (text: string) => plain(sayIn(textsOf("ar"), text));

it("says in the language of the screens what the server says", () => {
  expect(ar("page 2")).toBe("الصفحة 2");
  expect(ar("sheet SYNTHETIC, SAMPLE, row 3, column 1")).toBe("الورقة SYNTHETIC, SAMPLE، الصف 3، العمود 1");
  expect(ar("1 of 8 people share this name")).toBe("1 من أصل 8 يحملون هذا الاسم");
  expect(ar("may be Abu Shihab on watchlist: the war name agrees, and birth date, nationality")).toBe("قد يكون Abu Shihab في watchlist: تتفق الكنية، ويتفق: تاريخ الميلاد، الجنسية");
  expect(ar("Samir Kandil on watchlist: civil name agrees, and the full birth date agrees")).toBe("Samir Kandil في watchlist: يتفق الاسم المدني، ويتفق تاريخ الميلاد كاملًا");
  expect(ar("not found in watchlist (undated, SHA-256 f7e341ef…); measured recall 0.76 at score 0.70 with nothing but a name (2,500 spellings)")).toMatch(/^لم يُعثر عليه في watchlist/u);
});

it("leaves what it does not know, and English as it is", () => {
  expect(ar("a sentence of a later version")).toBe("a sentence of a later version");
  expect(sayIn(textsOf("en"), "page 2")).toBe("page 2");
});

it("knows every note of the name engine", () => {
  const source = ["compare.rs", "marks.rs"].map((file) => readFileSync(new URL(`../../../crates/names/src/${file}`, import.meta.url), "utf8")).join("\n");
  const notes = [...source.matchAll(/"((?:the|similar|written|parts|each|before) [a-z ,]+)"/gu)].map((found) => found[1] ?? "");
  expect(notes.length).toBeGreaterThan(8);
  expect(notes.filter((note) => ar(note) === note)).toEqual([]);
});

it("knows why a file was not read, in the words of every reader", () => {
  const folder = new URL("../../../crates/intake/src/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".rs") && !file.endsWith("tests.rs"));
  const source = files.map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");
  const said = [
    ...source.matchAll(/(?:corrupt|refused|lower|unsupported|encrypted)\(\s*"([^"{}]+)"/gu),
    ...source.matchAll(/DocumentState::\w+,\s*"([^"{}]+)"/gu), ...source.matchAll(/End::\w+\("([^"{}]+)"/gu),
  ].map((found) => found[1] ?? "");
  expect(said.length).toBeGreaterThan(40);
  const whole = said.map((reason) => reason.replace(/ *\\\n\s*/gu, " "));
  expect([...new Set(whole)].filter((reason) => ar(reason) === reason)).toEqual([]);
  expect(ar("page 3 could not be read")).toBe("لم يمكن قراءة الصفحة 3");
  expect(ar("application/x-msaccess is not read")).toBe("الصيغة application/x-msaccess لا تُقرأ");
  expect(ar("more members than the limit; 2 of 9 members behind a password")).toBe("فيه أكثر مما يسمح به الحدّ؛ 2 من 9 ملفات داخله: خلف كلمة مرور");
  expect(ar("its reader took more than 20 s of processor time")).toContain("20");
});
