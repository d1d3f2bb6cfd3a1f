// Review by a second person: a tag asks for it, the first decision stays hidden from the second
// person until they have decided, and where the two differ the lead goes to who leads the case.
import type { Entry, Status } from "../api/types";

/** The tag of a lead that a second person has to decide. */
export const SECOND_TAG = "needs second";
/** The tag of a lead on which two people differ. */
export const DISAGREE_TAG = "disagreement";

/** The decisions that a second review is about: the last one of each of two people. */
export function decisionsOf(history: readonly Entry[]): readonly { user: string; status: Status; seq: number }[] {
  const last = new Map<string, { user: string; status: Status; seq: number }>();
  // Latest first: the first one met of a person counts.
  for (const entry of history) {
    if (entry.act !== "decision" || !entry.holds || !entry.what.status || last.has(entry.user)) continue;
    last.set(entry.user, { user: entry.user, status: entry.what.status, seq: entry.seq });
  }
  return [...last.values()];
}
