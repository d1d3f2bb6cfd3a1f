import { expect, it } from "vitest";

import ar from "./ar.json";
import en from "./en.json";
import fr from "./fr.json";
import { LANGUAGES, loadLanguage, textsOf } from "./text";

const english = en as Record<string, string>;
const others: [string, Record<string, string>][] = [["Arabic", ar], ["French", fr]];
const french = Object.entries(fr as Record<string, string>);
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

it.each(others)("has every text in %s, and no text that English lacks", (_name, texts) => {
  expect(Object.keys(english).filter((key) => !(key in texts))).toEqual([]);
  const stems = new Set(Object.keys(english).map((key) => key.replace(/#.*/, "#")));
  expect(Object.keys(texts).filter((key) => !stems.has(key.replace(/#.*/, "#")))).toEqual([]);
});

it.each(others)("fills the same places in %s; a number may be in the word itself", (_name, texts) => {
  const odd = Object.keys(english).filter((key) => !key.includes("#") && places(english[key] ?? "").join() !== places(texts[key] ?? "").join());
  expect(odd).toEqual([]);
});

it("fills the number in every form of French, whose first form is of none as well", () => {
  expect(french.filter(([key, text]) => key.includes("#") && !places(text).includes("n"))).toEqual([]);
});

it("sets French as it is printed: no straight apostrophe, no space that breaks before a sign", () => {
  expect(french.filter(([, text]) => /'|[^\u00a0][:;?!»]|«[^\u00a0]/u.test(text))).toEqual([]);
});

it("names every language in its own words in all of them", () => {
  const names = (texts: Record<string, string>) => LANGUAGES.map((language) => texts[`language.${language}`]);
  for (const texts of [english, ar, fr]) expect(names(texts)).toEqual(["English", "العربية", "Français"]);
});

it("chooses the form of the number", () => {
  expect(textsOf("en").t("leads#", { n: 1 })).toBe("1 person");
  expect(textsOf("en").t("leads#", { n: 10_000 })).toBe("10,000 people");
  expect(textsOf("ar").t("leads#", { n: 3 })).toBe("3 أشخاص");
  expect(textsOf("ar").t("leads#", { n: 2 })).toBe("شخصان");
  expect(textsOf("fr").t("leads#", { n: 0 })).toBe("0 personne");
  expect(textsOf("fr").t("leads#", { n: 1 })).toBe("1 personne");
  expect(textsOf("fr").t("leads#", { n: 10_000 })).toBe("10\u202f000 personnes");
  // Millions have a class of their own (`many`); the texts say them as any other number.
  expect(textsOf("fr").t("leads#", { n: 1_000_000 })).toBe("1\u202f000\u202f000 personnes");
});

it("reads a French browser in French", () => {
  expect(loadLanguage({ getItem: () => null }, ["fr-BE", "en"])).toBe("fr");
});

it("spells out a word of the program that has no text", () => {
  expect(textsOf("en").word("key", "someNewKey")).toBe("some new key");
  expect(textsOf("en").word("key", "birth_date")).toBe("Birth date");
});
