// One document: its pages beside its text, the place of a text lit on its page; what was read of it,
// and of whom.
import { Button, ButtonGroup, HTMLSelect, Switch } from "@blueprintjs/core";
import { Minus, Plus, RotateDocument } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "wouter";

import type { Layout, Span } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { Hash, Written } from "../../parts/bidi";
import { useCase, useMay } from "../../shell/case";
import { Failed, Waiting } from "../../shell/states";
import { PageImage } from "./page-image";
import { type MarkedText, Teach } from "./teach";
import { Said } from "../../parts/said";
import { mediaName } from "./media";
import { TextLayout } from "./text-layout";
import "../../styles/pages.css";
import "../../styles/viewer.css";

const ZOOMS = [1, 1.5, 2, 3] as const;

export default function DocumentViewer({ id }: { id: string }) {
  const { t, word, number } = useText();
  const { name, calls } = useCase();
  const [page, setPage] = useState(0);
  const [zoom, setZoom] = useState(0);
  const [turns, setTurns] = useState(0);
  const [span, setSpan] = useState<Span>();
  const [showsBoxes, setBoxes] = useState(false);
  const [marks, setMarks] = useState<readonly MarkedText[]>();
  const may = useMay();
  const { data, error, refetch } = useQuery({ queryKey: [name, "document", id], queryFn: ({ signal }) => calls.document(id, signal) });
  const layout = useQuery({ queryKey: [name, "layout", id], queryFn: ({ signal }) => calls.layout(id, signal), staleTime: Infinity });
  const pages = data?.document.pages ?? 0;
  const turnTo = (next: number) => setPage(Math.max(0, Math.min(pages - 1, next)));
  const zoomBy = (step: number) => setZoom((now) => Math.max(0, Math.min(ZOOMS.length - 1, now + step)));
  useKeys({
    nextPage: () => turnTo(page + 1), previousPage: () => turnTo(page - 1),
    zoomIn: () => zoomBy(1), zoomOut: () => zoomBy(-1), rotate: () => setTurns((turns + 1) % 4),
  });
  const boxes = useMemo(() => (showsBoxes && layout.data ? boxesOf(layout.data, page) : []), [showsBoxes, layout.data, page]);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { document } = data;
  const lit = span && (span.page ?? 0) === page ? span.area ?? undefined : undefined;
  return (
    <div className="viewer screen-full">
      <header className="viewer-head">
        <h1><bdi dir="ltr">{document.path}</bdi></h1>
        <span className={document.state === "read" ? "tag" : "tag tag-warning"}>{word("state", document.state)}</span>
        {document.reason ? <span className="soft"><Said text={document.reason} /></span> : null}
        <span className="soft small nowrap"><bdi dir="ltr">{number(document.size)} B</bdi> · <bdi dir="ltr" title={document.media_type}>{mediaName(document.media_type)}</bdi> · <bdi dir="ltr">SHA-256 <Hash text={document.id} /></bdi></span>
        <span className="end row">
          {may("add") && !marks ? <Button size="small" onClick={() => setMarks([])}>{t("teach.begin")}</Button> : null}
          {may("original") ? <a className="small nowrap" href={calls.originalUrl(id)} download>{t("viewer.original")}</a> : null}
        </span>
      </header>
      <p className="viewer-records small">
        {data.records.length === 0 ? <span className="soft">{t("viewer.no_records")}</span> : <span className="soft">{t("viewer.records")}</span>}
        {data.records.slice(0, RECORDS_MAX).map((record) => (record.lead ? (
          <Link key={record.id} href={`/leads/${encodeURIComponent(record.lead)}`}><Written text={record.name ?? record.id} /></Link>
        ) : <bdi key={record.id}>{record.name ?? record.id}</bdi>))}
        {data.records.length > RECORDS_MAX ? <span className="soft">{t("peek.more", { n: data.records.length - RECORDS_MAX })}</span> : null}
      </p>
      <div className={`viewer-body ${pages > 0 ? "" : "has-no-pages"}`}>
        {pages > 0 ? (
          <section className="pages" aria-label={t("pages.title")}>
            <div className="pages-bar">
              <Button size="small" disabled={page === 0} onClick={() => turnTo(page - 1)}>{t("page.back")}</Button>
              <HTMLSelect minimal value={page} aria-label={t("pages.page")} onChange={(event) => turnTo(Number(event.currentTarget.value))}>
                {Array.from({ length: pages }, (_, each) => <option key={each} value={each}>{t("pages.page_of", { page: each + 1, pages })}</option>)}
              </HTMLSelect>
              <Button size="small" disabled={page + 1 >= pages} onClick={() => turnTo(page + 1)}>{t("page.on")}</Button>
              <Switch className="viewer-boxes" checked={showsBoxes} label={t("viewer.boxes")} onChange={(event) => setBoxes(event.currentTarget.checked)} />
              <ButtonGroup variant="minimal" className="end">
                <Button size="small" icon={<Minus />} aria-label={t("pages.zoom_out")} title={t("pages.zoom_out")} disabled={zoom === 0} onClick={() => zoomBy(-1)} />
                <Button size="small" icon={<Plus />} aria-label={t("pages.zoom_in")} title={t("pages.zoom_in")} disabled={zoom === ZOOMS.length - 1} onClick={() => zoomBy(1)} />
                <Button size="small" icon={<RotateDocument />} aria-label={t("pages.rotate")} title={t("pages.rotate")} onClick={() => setTurns((turns + 1) % 4)} />
              </ButtonGroup>
            </div>
            <div className="pages-frame" tabIndex={0} role="group" aria-label={t("pages.frame")}>
              <PageImage url={(width) => calls.pageUrl(id, page, width)} zoom={ZOOMS[zoom] ?? 1} turns={turns} lit={lit} boxes={boxes} alt={t("pages.alt", { path: document.path, page: page + 1 })} />
            </div>
          </section>
        ) : null}
        <section className="viewer-text" aria-label={t("viewer.text")} tabIndex={0}>
          {marks ? <Teach document={id} marks={marks} change={setMarks} close={() => setMarks(undefined)} /> : null}
          <TextLayout
            id={id} lit={undefined} onChoose={marks ? (chosen) => setMarks([...marks, { key: "", text: chosen.text }]) : undefined}
            onPoint={(next) => {
              setSpan(next);
              if (next?.page !== undefined && next.page !== null && next.page !== page) setPage(next.page);
            }}
          />
        </section>
      </div>
    </div>
  );
}

/** Records of a register that are named above it. */
const RECORDS_MAX = 12;

function boxesOf(layout: Layout, page: number) {
  const spans = layout.blocks.flatMap((block) => block.rows.flat(2));
  return spans.flatMap((span) => (span.area && span.page === page ? [{ area: span.area, title: `${span.text} (${Math.round(span.confidence * 100)} %)` }] : []));
}
