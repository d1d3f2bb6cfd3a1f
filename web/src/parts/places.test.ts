import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { PLACES } from "./places";

it("knows where each border place of the forms lies, and no other", () => {
  const text = readFileSync(new URL("../../../crates/forms/data/places.txt", import.meta.url), "utf8");
  const named = text.split("\n").filter((line) => !line.startsWith("#") && line.includes(" = ")).map((line) => line.split(" = ")[0] ?? "");
  expect(named.length).toBeGreaterThan(40);
  expect(Object.keys(PLACES).sort()).toEqual(named.sort());
});
