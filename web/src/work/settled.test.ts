import { expect, it } from "vitest";

import { isSettled, leadsChangedBy, noteSettled } from "./settled";

it("knows what was written here, by case", () => {
  noteSettled("demo", [{ seq: 7 }]);
  expect([isSettled("demo", 7), isSettled("demo", 8), isSettled("other", 7)]).toEqual([true, false, false]);
});

it("tells which leads somebody's entry changed", () => {
  expect(leadsChangedBy({ act: "decision", leads: ["a"], leads_count: 1 })).toEqual(["a"]);
  // The server names the first of many only, and a judgement may move leads that it does not name.
  expect(leadsChangedBy({ act: "decision", leads: ["a"], leads_count: 500 })).toBeUndefined();
  expect(leadsChangedBy({ act: "judgement", leads: ["a"], leads_count: 1 })).toBeUndefined();
});
