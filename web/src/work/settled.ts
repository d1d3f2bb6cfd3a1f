// What has to be read anew after an entry of the journal: little, so that a decision costs no more than
// it changes. The event of an entry that was written here comes after its consequences are known.
import type { Entry } from "../api/types";

/** What an entry of the journal changes beside its leads, by the keys of the queries. */
export const ENTRY_PARTS = ["leads", "overview", "journal", "cluster", "case"] as const;

/** Entries that were written here and whose consequences are read already: the latest ones, by case. */
const settled = new Map<string, Set<number>>();
/** How many are remembered; the event of an entry follows it at once. */
const SETTLED_MAX = 1000;

export function noteSettled(caseName: string, entries: readonly { readonly seq: number }[]): void {
  const known = [...(settled.get(caseName) ?? []), ...entries.map((entry) => entry.seq)];
  settled.set(caseName, new Set(known.slice(-SETTLED_MAX)));
}

/** Whether an entry was written in this browser, so that nothing has to be read anew because of it. */
export function isSettled(caseName: string, seq: number): boolean {
  return settled.get(caseName)?.has(seq) ?? false;
}

/** Acts that say something of their leads and change no other one. */
const OWN_ONLY: readonly string[] = ["decision", "note", "assignment", "mark"];

/** The leads that somebody's entry changed; nothing if any lead may have changed. */
export function leadsChangedBy(entry: Pick<Entry, "act" | "leads" | "leads_count">): readonly string[] | undefined {
  return OWN_ONLY.includes(entry.act) && entry.leads.length >= entry.leads_count ? entry.leads : undefined;
}
