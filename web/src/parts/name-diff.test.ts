import { expect, it } from "vitest";

import { diffNames } from "./name-diff";

it("marks what only one of two spellings has", () => {
  expect(diffNames("Samir", "Sameer")).toEqual({
    left: [
      { text: "Sam", isShared: true }, { text: "i", isShared: false }, { text: "r", isShared: true },
    ],
    right: [
      { text: "Sam", isShared: true }, { text: "ee", isShared: false }, { text: "r", isShared: true },
    ],
  });
});

it("does not call marks and case a difference", () => {
  const diff = diffNames("سَمير", "سمير");
  expect([...diff.left, ...diff.right].every((piece) => piece.isShared)).toBe(true);
  expect(diffNames("ÉRIC", "eric").left).toEqual([{ text: "ÉRIC", isShared: true }]);
});

it("gives every letter back", () => {
  const [left, right] = ["Sample bin Example", "إكزامبل"];
  const diff = diffNames(left, right);
  expect(diff.left.map((p) => p.text).join("")).toBe(left);
  expect(diff.right.map((p) => p.text).join("")).toBe(right);
});
