import { expect, it } from "vitest";

import ar from "./ar.json";
import en from "./en.json";
import { textsOf } from "./text";

const english = en as Record<string, string>;
const arabic = ar as Record<string, string>;
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

it("has every text in Arabic, and no text that English lacks", () => {
  expect(Object.keys(english).filter((key) => !(key in arabic))).toEqual([]);
  const stems = new Set(Object.keys(english).map((key) => key.replace(/#.*/, "#")));
  expect(Object.keys(arabic).filter((key) => !stems.has(key.replace(/#.*/, "#")))).toEqual([]);
});

it("fills the same places in both; a number may be in the word itself", () => {
  const odd = Object.keys(english).filter((key) => !key.includes("#") && places(english[key] ?? "").join() !== places(arabic[key] ?? "").join());
  expect(odd).toEqual([]);
});

it("chooses the form of the number", () => {
  expect(textsOf("en").t("leads#", { n: 1 })).toBe("1 person");
  expect(textsOf("en").t("leads#", { n: 10_000 })).toBe("10,000 people");
  expect(textsOf("ar").t("leads#", { n: 3 })).toBe("3 أشخاص");
  expect(textsOf("ar").t("leads#", { n: 2 })).toBe("شخصان");
});

it("spells out a word of the program that has no text", () => {
  expect(textsOf("en").word("key", "someNewKey")).toBe("some new key");
  expect(textsOf("en").word("key", "birth_date")).toBe("Birth date");
});
