// A filter of the queue as the address of the screen has it, so that a view can be linked, kept and
// come back to: `?status=possible&country=TN&country=FR&text=…&sort=score`.
import type { Filter } from "../api/types";

/** Facets in the order of the screen. */
export const FACETS = [
  "status", "decided", "country", "entry_point", "month", "list", "grade", "life", "missing", "age", "assignee", "tag", "role", "rule", "sheet",
] as const;
export type FacetName = (typeof FACETS)[number];

export const SORTS = ["rank", "score", "name", "touched", "due"] as const;

export interface View {
  readonly filter: Filter;
  /** One of `SORTS`, or `rule:NAME`. */
  readonly sort: string;
}

export const WHOLE: View = { filter: { facets: {} }, sort: "rank" };

export function parseView(search: string): View {
  const params = new URLSearchParams(search);
  const facets: Record<string, string[]> = {};
  for (const facet of FACETS) {
    const values = params.getAll(facet);
    if (values.length > 0) facets[facet] = values;
  }
  const text = params.get("text")?.trim();
  return { filter: { facets, ...(text ? { text } : {}) }, sort: params.get("sort") ?? "rank" };
}

export function formatView(view: View): string {
  const params = new URLSearchParams();
  for (const facet of FACETS) for (const value of view.filter.facets[facet] ?? []) params.append(facet, value);
  if (view.filter.text) params.set("text", view.filter.text);
  if (view.sort !== "rank") params.set("sort", view.sort);
  return params.toString();
}

/** The address of the queue with a view. */
export function queuePath(view: View): string {
  const query = formatView(view);
  return query ? `/queue?${query}` : "/queue";
}

/** The view with one value of a facet put on or taken off. */
export function toggle(view: View, facet: string, value: string): View {
  const chosen = view.filter.facets[facet] ?? [];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  const facets = { ...view.filter.facets, [facet]: next };
  if (next.length === 0) delete facets[facet];
  return { ...view, filter: { ...view.filter, facets } };
}

export function isWhole(view: View): boolean {
  return Object.keys(view.filter.facets).length === 0 && !view.filter.text;
}
