// The marks that a lead bears now: tags from the lead, handling and category from its history.
import type { LeadDetail } from "../../api/types";

export interface MarkOn {
  readonly kind: string;
  readonly value: string;
}

export function marksOf(detail: LeadDetail): readonly MarkOn[] {
  const on = new Map<string, MarkOn>();
  for (const entry of [...detail.history].reverse()) {
    const { kind, value } = entry.what;
    if (entry.act !== "mark" || !entry.holds || !kind || !value) continue;
    if (entry.what.on === false) on.delete(`${kind} ${value}`);
    else on.set(`${kind} ${value}`, { kind, value });
  }
  for (const value of detail.lead.tags) on.set(`tag ${value}`, { kind: "tag", value });
  return [...on.values()];
}

/** Whether the page and the names are to stay covered until somebody asks for them. */
export function isSheltered(marks: readonly MarkOn[], isMinor: boolean): boolean {
  return isMinor || marks.some((mark) => mark.kind === "category" && (mark.value === "minor" || mark.value === "victim"));
}
