import { expect, it } from "vitest";

import { secondsEach } from "./done";

it("tells the pace without the pauses", () => {
  expect(secondsEach([0, 10_000])).toBeUndefined();
  expect(secondsEach([0, 10_000, 30_000])).toBe(15);
  expect(secondsEach([0, 10_000, 4_000_000, 4_020_000])).toBe(15);
});
