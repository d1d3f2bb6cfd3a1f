import { expect, it } from "vitest";

import type { LeadRecord, Match } from "../../api/types";
import { citationText, fieldsOf } from "./fields";

const record = (id: string, values: [string, string, string][]): LeadRecord => ({
  id, document: `d-${id}`, path: `${id}.pdf`, row: 0,
  values: values.map(([key, written, value]) => ({ key, written, value })),
});

const match = {
  explanation: {
    prior: -3,
    parts: [
      { comparison: "birthDate", level: "near", outcome: "same_year", weight: 3, left: "1985", right: "1985-03-14", notes: [] },
      { comparison: "gender", level: "missing", outcome: "", weight: 0, notes: [] },
    ],
  },
  entry: [{ entity: "E", schema: "Person", prop: "birthDate", value: "1985-03-14", written: "1985-03-14", dataset: "l" }],
} as unknown as Match;

it("joins what copies say alike and marks what they say differently", () => {
  const records = [record("a", [["birth_date", "1985", "1985"]]), record("b", [["birth_date", "1985", "1985"], ["kunya", "x", "x"]])];
  const [birth] = fieldsOf(records, match);
  expect(birth?.said).toHaveLength(1);
  expect(birth?.said[0]?.from.map((from) => from.copy)).toEqual([0, 1]);
  expect(birth?.differs).toBe(false);
  const other = fieldsOf([records[0]!, record("c", [["birth_date", "1986", "1986"]])], match)[0];
  expect(other?.differs).toBe(true);
});

it("keeps comparisons that no question stands behind", () => {
  const fields = fieldsOf([record("a", [["birth_date", "1985", "1985"]])], match);
  expect(fields.map((field) => field.key)).toEqual(["birth_date", "gender"]);
  expect(fields[0]?.listed).toEqual(["1985-03-14"]);
});

it("writes a citation with file, page and box", () => {
  const text = citationText("a/b.pdf", {
    document: "ff", place: "page 2", page: 1, area: { x: 0.1, y: 0.2, width: 0.3, height: 0.04 }, method: "ocr", confidence: 0.9,
  });
  expect(text).toBe("a/b.pdf, page 2, box 0.100 0.200 0.300 0.040 (SHA-256 ff)");
});
