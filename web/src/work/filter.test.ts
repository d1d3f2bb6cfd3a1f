import { expect, it } from "vitest";

import { formatView, isWhole, parseView, toggle, WHOLE } from "./filter";

it("reads back what it writes", () => {
  const view = parseView("status=possible&country=TN&country=&text=samir&sort=score");
  expect(view.filter).toEqual({ facets: { status: ["possible"], country: ["TN", ""] }, text: "samir" });
  expect(parseView(formatView(view))).toEqual(view);
});

it("puts a value on and takes it off", () => {
  const on = toggle(WHOLE, "status", "listed");
  expect(on.filter.facets).toEqual({ status: ["listed"] });
  expect(isWhole(on)).toBe(false);
  expect(isWhole(toggle(on, "status", "listed"))).toBe(true);
});
