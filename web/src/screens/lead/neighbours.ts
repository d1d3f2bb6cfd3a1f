// The leads before and after one in the list that is worked through, and those asked for ahead, so
// that the next one is there when it is turned to.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import type { LeadDetail } from "../../api/types";
import { useCase } from "../../shell/case";
import { formatView } from "../../work/filter";
import { loadWorklist, saveWorklist } from "../../work/worklist";
import { WIDTH_PX } from "../documents/page-image";

export interface Neighbours {
  readonly previous: string | undefined;
  readonly next: string | undefined;
  /** Place in the list, from 0. */
  readonly index: number;
  readonly total: number;
}

/** Leads that are looked at on either side; one that was just decided may have left the list. */
const AROUND = 6;
/** Leads that are asked for ahead. */
const AHEAD = 2;

/** Held, so that the browser does not fetch it again: pages of a case are kept in no cache on disk. */
const held = new Image();

/** Has the browser fetch the first page of the next lead, in the sharpness in which it is first shown. */
function askAhead(url: string): void {
  held.src = url;
}

export function useNeighbours(id: string, byRank: { previous: string | undefined; next: string | undefined }): Neighbours {
  const { name, calls } = useCase();
  const client = useQueryClient();
  const { view, index } = useMemo(() => loadWorklist(name), [name, id]);
  const from = Math.max(0, index - AROUND);
  const { data } = useQuery({
    // Held while the lead is open: what was next stays next although the list moves.
    queryKey: [name, "around", id, formatView(view), from],
    queryFn: ({ signal }) => calls.leads(view.filter, view.sort, from, 2 * AROUND + 1, false, signal),
    staleTime: Infinity, gcTime: 60_000,
  });
  const ids = useMemo(() => data?.leads.map((lead) => lead.id) ?? [], [data]);
  const here = ids.indexOf(id);
  const neighbours: Neighbours = here < 0
    ? { ...byRank, index: 0, total: 0 }
    : { previous: ids[here - 1], next: ids[here + 1], index: from + here, total: data?.total ?? 0 };

  // Opened from elsewhere or moved: the place is noted for the reload and the way back.
  const place = here < 0 ? undefined : from + here;
  useEffect(() => {
    if (place !== undefined && place !== loadWorklist(name).index) saveWorklist(name, { view, index: place });
  }, [name, view, place]);

  const ahead = (here < 0 ? [byRank.next] : ids.slice(here + 1, here + 1 + AHEAD)).filter((each) => each !== undefined).join(" ");
  const asked = useRef("");
  useEffect(() => {
    if (!ahead || asked.current === ahead) return undefined;
    asked.current = ahead;
    // After the lead on screen has had what it needs.
    const timer = window.setTimeout(() => {
      for (const next of ahead.split(" ")) {
        const queryKey = [name, "lead", next];
        void client.prefetchQuery({ queryKey, queryFn: ({ signal }) => calls.lead(next, signal) }).then(() => {
          const lead = client.getQueryData<LeadDetail>(queryKey);
          const first = lead?.documents.find((sheet) => sheet.id === lead.records[0]?.document);
          if (first && first.pages > 0 && next === ahead.split(" ")[0]) askAhead(calls.pageUrl(first.id, 0, WIDTH_PX));
        });
      }
    }, 50);
    return () => window.clearTimeout(timer);
  }, [ahead, calls, client, name]);
  return neighbours;
}
