import { expect, it } from "vitest";

import { parseNotes } from "./name-notes";

it("tells which part met which, and keeps what it does not know", () => {
  const { met, said } = parseNotes([
    "before anything is compared (-2.7)", "قنديل / Kandil: the same part (+4.2)", "1 of 8 people share this name",
  ]);
  expect(met).toEqual([
    { left: "", right: "", how: "before anything is compared", weight: -2.7 },
    { left: "قنديل", right: "Kandil", how: "the same part", weight: 4.2 },
  ]);
  expect(said).toEqual(["1 of 8 people share this name"]);
});
