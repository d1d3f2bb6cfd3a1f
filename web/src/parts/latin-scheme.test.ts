import { expect, it } from "vitest";

import { inLatin, loadScheme, SCHEMES, schemeAfter } from "./latin-scheme";

const LATIN = { usual: "Samir", plain: "smyr", scholarly: "smyr" };

it("goes through every scheme and back to the first", () => {
  const seen = SCHEMES.reduce<string[]>((all) => [...all, schemeAfter(loadScheme({ getItem: () => all.at(-1) ?? "usual" }))], []);
  expect(seen).toEqual(["plain", "scholarly", "off", "usual"]);
});

it("takes the usual spelling where nothing or nonsense was stored", () => {
  expect(loadScheme({ getItem: () => null })).toBe("usual");
  expect(loadScheme({ getItem: () => "klingon" })).toBe("usual");
});

it("writes nothing where the reader wants none or there is none", () => {
  expect(inLatin(LATIN, "usual")).toBe("Samir");
  expect(inLatin(LATIN, "off")).toBeUndefined();
  expect(inLatin(undefined, "plain")).toBeUndefined();
});
