// Review by a second person: the policy of the case or a tag asks for it. The server keeps the first
// decision from the second person until they have decided, and tells where the two differ.
import type { Lead } from "../api/types";

/** The tag by which anybody may ask for a second person. */
export const SECOND_TAG = "needs second";

/** Whether somebody decided already and whoever looks is the second person, who does not see it. */
export function isSecondHere(lead: Lead): boolean {
  return lead.decided === "needs_second" && !lead.decision;
}
