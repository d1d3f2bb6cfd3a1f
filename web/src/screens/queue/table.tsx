// The rows of the queue. Only those in sight are in the page, and only their pages are asked of the
// server, so that ten thousand leads cost no more than fifty.
import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MutableRefObject, useEffect, useMemo, useRef } from "react";

import type { Lead, Leads } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { useFacetValue } from "../../parts/facet-value";
import { formatScore } from "../../parts/score";
import { DecidedTag, LifeTag, StatusTag } from "../../parts/status";
import { useCase } from "../../shell/case";
import { formatView, type View } from "../../work/filter";

/** Leads of one page of the server. */
export const PAGE = 100;
/** Height of a row in pixels: two lines. */
const ROW_PX = 46;

interface Props {
  readonly view: View;
  readonly head: Leads;
  readonly cursor: number;
  readonly picked: ReadonlySet<string>;
  readonly rowAt: MutableRefObject<(index: number) => Lead | undefined>;
  readonly isBlind: boolean;
  readonly onCursor: (index: number) => void;
  readonly onOpen: (lead: Lead, index: number) => void;
  readonly onPick: (id: string) => void;
}

export function QueueTable({ view, head, cursor, picked, rowAt, isBlind, onCursor, onOpen, onPick }: Props) {
  const { t } = useText();
  const { name, calls } = useCase();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: head.total, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 12,
    initialOffset: Math.max(0, cursor * ROW_PX - 4 * ROW_PX),
  });
  const items = rows.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const pages = useMemo(() => {
    const out: number[] = [];
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) if (page > 0) out.push(page);
    return out;
  }, [first, last]);
  const key = formatView(view);
  const loaded = useQueries({
    queries: pages.map((page) => ({
      queryKey: [name, "leads", key, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => calls.leads(view.filter, view.sort, page * PAGE, PAGE, false, signal),
    })),
  });
  const at = (index: number): Lead | undefined => {
    const page = Math.floor(index / PAGE);
    const from = page === 0 ? head : loaded[pages.indexOf(page)]?.data;
    return from?.leads[index % PAGE];
  };
  rowAt.current = at;
  useEffect(() => {
    rows.scrollToIndex(cursor, { align: "auto" });
  }, [cursor, rows]);
  return (
    <div className="queue-table" role="grid" aria-rowcount={head.total + 1} aria-label={t("queue.title")}>
      <div role="rowgroup">
        <div className="queue-row queue-row-head" role="row" aria-rowindex={1}>
          {(["pick", "rank", "name", "status", "entry", "match", "records", "work"] as const).map((column) => (
            <span key={column} role="columnheader">{column === "pick" ? <span className="visually-hidden">{t("queue.column.pick")}</span> : t(`queue.column.${column}`)}</span>
          ))}
        </div>
      </div>
      <div className="queue-scroll" ref={scroller} role="rowgroup" tabIndex={0} aria-label={t("queue.rows")}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }} role="presentation">
          {items.map((item) => (
            <div key={item.key} style={{ position: "absolute", insetInline: 0, top: 0, height: ROW_PX, transform: `translateY(${item.start}px)` }} role="presentation">
              <QueueRow
                lead={at(item.index)} index={item.index} isCursor={item.index === cursor} isBlind={isBlind}
                isPicked={picked.has(at(item.index)?.id ?? "")} onCursor={onCursor} onOpen={onOpen} onPick={onPick}
              />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

interface RowProps extends Pick<Props, "onCursor" | "onOpen" | "onPick" | "isBlind"> {
  readonly lead: Lead | undefined;
  readonly index: number;
  readonly isCursor: boolean;
  readonly isPicked: boolean;
}

function QueueRow({ lead, index, isCursor, isPicked, isBlind, onCursor, onOpen, onPick }: RowProps) {
  const { t, number } = useText();
  const show = useFacetValue();
  if (!lead) return <div className="queue-row" role="row" aria-rowindex={index + 2} aria-busy="true"><span role="gridcell" className="soft">…</span></div>;
  const name = lead.names[0] ?? t("lead.no_name");
  const other = lead.names.find((each, at) => at > 0 && each !== name);
  // A reason per line; that of the rank begins with the word.
  const why = lead.reasons.find((reason) => reason.startsWith("rank: "))?.slice("rank: ".length);
  const hides = isBlind && !lead.decision;
  // An entry that is ruled out is not near; the lead shows it with its reasons.
  const near = lead.best && (hides || lead.best.proposes !== "not_found") ? lead.best : undefined;
  return (
    <div
      className={`queue-row ${isCursor ? "is-cursor" : ""} ${isPicked ? "is-picked" : ""}`} role="row" aria-rowindex={index + 2} aria-selected={isPicked}
      onClick={() => onCursor(index)} onDoubleClick={() => onOpen(lead, index)}
    >
      <span role="gridcell" className="queue-pick">
        <input type="checkbox" checked={isPicked} aria-label={t("queue.pick", { name })} onChange={() => onPick(lead.id)} onClick={(event) => event.stopPropagation()} />
      </span>
      <span role="gridcell" className="number" title={hides ? undefined : t("queue.rank_reason", { points: lead.points, why: why ?? "" })}>{hides ? "" : number(lead.rank)}</span>
      <span role="gridcell" className="queue-name">
        <a
          href={`leads/${encodeURIComponent(lead.id)}`} tabIndex={isCursor ? 0 : -1}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(lead, index);
          }}
        >
          <Written text={name} />
        </a>
        <span className="queue-sub soft">{lead.minor ? <span className="tag tag-warning">{t("lead.minor")}</span> : null}{other ? <Written text={other} /> : null}</span>
      </span>
      <span role="gridcell" className="queue-two">
        {lead.decision ? <StatusTag status={lead.decision.status} isDecided isShort /> : hides ? <span className="soft">{t("blind.hidden")}</span> : <StatusTag status={lead.status} isShort />}
        <span><LifeTag life={lead.life} /> <DecidedTag decided={lead.decided} /></span>
      </span>
      <span role="gridcell" className="queue-two">
        <span>{lead.countries.map((code) => show("country", code)).join(", ")}</span>
        <span className="soft"><Written text={show("entry_point", lead.entry_points[0] ?? "")} /> <span className="nowrap">{lead.months[0] ? show("month", lead.months[0]) : ""}</span></span>
      </span>
      <span role="gridcell" className="queue-two">
        {near ? <Written text={near.caption} /> : <span className="soft">{t("queue.no_match")}</span>}
        {near ? (
          <span className="soft">
            <bdi>{near.list}</bdi>{" "}
            {hides ? null : <span className="number" title={t("figure.score")}>{formatScore(near.score)}</span>}
            {near.name_only ? <> · {t("match.name_only")}</> : null}
          </span>
        ) : null}
      </span>
      <span role="gridcell" className="number queue-center">{number(lead.records)}</span>
      <span role="gridcell" className="queue-two">
        <span>{lead.assignee ? <span className="tag"><bdi>{lead.assignee}</bdi></span> : null}{lead.due ? <span className="small soft"> {lead.due}</span> : null}</span>
        <span>{lead.tags.map((tag) => <span key={tag} className="tag"><bdi>{tag}</bdi></span>)}{lead.notes > 0 ? <span className="soft small"> {t("notes#", { n: lead.notes })}</span> : null}</span>
      </span>
    </div>
  );
}
