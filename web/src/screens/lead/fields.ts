// The rows of the evidence: what the copies of the form say under each question, against what the
// list entry says, with the outcome of the comparison. Only puts together; nothing is compared here.
import type { Citation, Latin, LeadRecord, Match, Part, Statement, Value } from "../../api/types";

/** What a form's question is compared as. */
const COMPARISON: Readonly<Record<string, string>> = {
  full_name: "name", kunya: "kunya", birth_date: "birthDate", nationality: "nationality", mother_name: "motherName",
  residence: "address", contact: "phone", deposits: "document",
};

/** The properties of a list entry that answer a comparison. */
const PROPS: Readonly<Record<string, readonly string[]>> = {
  name: ["name", "alias", "weakAlias", "firstName", "lastName", "secondName", "middleName", "previousName"],
  kunya: ["weakAlias", "alias"], birthDate: ["birthDate"], nationality: ["nationality", "country", "citizenship"],
  motherName: ["motherName"], fatherName: ["fatherName"], address: ["address", "addressEntity", "country"], phone: ["phone"], email: ["email"],
  document: ["idNumber", "passportNumber", "registrationNumber"], gender: ["gender"], birthPlace: ["birthPlace"],
};

/** One thing that copies say under a question, and which of them. */
export interface Said {
  readonly written: string;
  readonly value: string;
  readonly latin: Latin | undefined;
  readonly from: readonly { readonly record: LeadRecord; readonly copy: number; readonly citation: Citation | undefined }[];
}

export interface Field {
  /** The key of the question, or the name of the comparison where no question is behind it. */
  readonly key: string;
  readonly isQuestion: boolean;
  readonly said: readonly Said[];
  /** Copies say different things. */
  readonly differs: boolean;
  readonly part: Part | undefined;
  /** What the list entry says, each value once. */
  readonly listed: readonly string[];
}

/** What values leave open; it stands below the answers and is compared with nothing. */
export const OPEN_KEYS: readonly string[] = ["interval", "reading", "assumed", "flaw", "mended", "other"];

export function fieldsOf(records: readonly LeadRecord[], match: Match | undefined): Field[] {
  const keys: string[] = [];
  for (const record of records) for (const { key } of record.values) if (!keys.includes(key)) keys.push(key);
  const compared = new Set<string>();
  const fields = keys.map((key): Field => {
    const said = saidUnder(key, records);
    const comparison = COMPARISON[key];
    if (comparison) compared.add(comparison);
    const part = match?.explanation.parts.find((each) => each.comparison === comparison);
    return {
      key, isQuestion: true, said, part,
      differs: !OPEN_KEYS.includes(key) && differ(said),
      // Where the list has no civil name, its war names stand under the kunya only.
      listed: comparison && match && !(comparison === "name" && part?.level === "missing") ? listedUnder(comparison, match.entry, part) : [],
    };
  });
  for (const part of match?.explanation.parts ?? []) {
    if (compared.has(part.comparison)) continue;
    fields.push({
      key: part.comparison, isQuestion: false, differs: false, part,
      said: part.left ? [{ written: part.left, value: part.left, latin: part.left_latin ?? undefined, from: [] }] : [],
      listed: listedUnder(part.comparison, match?.entry ?? [], part),
    });
  }
  // What speaks, in the order of the form; what the comparison alone has, after it.
  return fields;
}

/** Whether copies contradict each other. An Arabic and a Latin spelling are no contradiction: they are
 * for the comparison to tell. */
function differ(said: readonly Said[]): boolean {
  const byScript = new Map<boolean, Set<string>>();
  for (const { value, written } of said) {
    const text = value || written;
    const isArabic = /\p{Script=Arabic}/u.test(text);
    const folded = text.normalize("NFKD").replace(/[\p{M}\u0640\s.,'’\-]/gu, "").toLowerCase();
    byScript.set(isArabic, (byScript.get(isArabic) ?? new Set()).add(folded));
  }
  return [...byScript.values()].some((values) => values.size > 1);
}

function saidUnder(key: string, records: readonly LeadRecord[]): Said[] {
  const all = new Map<string, { value: Value; from: Said["from"][number][] }>();
  records.forEach((record, copy) => {
    for (const value of record.values) {
      if (value.key !== key) continue;
      const same = `${value.written}\n${value.value}`;
      const from = { record, copy, citation: value.citation ?? undefined };
      const known = all.get(same);
      if (known) known.from.push(from);
      else all.set(same, { value, from: [from] });
    }
  });
  return [...all.values()].map(({ value, from }) => ({
    written: value.written, value: value.value, latin: value.latin ?? undefined, from,
  }));
}

function listedUnder(comparison: string, entry: readonly Statement[], part: Part | undefined): string[] {
  const props = PROPS[comparison] ?? [comparison];
  const values = entry.filter((statement) => props.includes(statement.prop)).map((statement) => statement.written);
  // The value that was compared stands first.
  const compared = part?.right ? [part.right] : [];
  return [...new Set([...compared, ...values])];
}

/** Letter of a copy: A, B, … */
export function copyLetter(copy: number): string {
  return String.fromCharCode("A".charCodeAt(0) + (copy % 26));
}

/** The citation in words, to be pasted into a report: file, place, box. */
export function citationText(path: string, citation: Citation): string {
  const { area } = citation;
  const box = area ? `, box ${[area.x, area.y, area.width, area.height].map((n) => n.toFixed(3)).join(" ")}` : "";
  return `${path}, ${citation.place}${box} (SHA-256 ${citation.document})`;
}
