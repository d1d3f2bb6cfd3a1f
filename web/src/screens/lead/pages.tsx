// The pages that values stand on, with the box of the lit one: zoomed, turned, copies flipped through.
// A document without page images shows its text with the cited place lit.
import { Button, ButtonGroup, HTMLSelect } from "@blueprintjs/core";
import { Clipboard, DocumentOpen, Minus, Plus, RotateDocument } from "@blueprintjs/icons";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";

import type { Citation, LeadRecord, Sheet } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { useCase } from "../../shell/case";
import { scrollWithin } from "../../parts/scroll";
import { Kbd } from "../../shell/help";
import { Nothing } from "../../shell/states";
import { useToast } from "../../shell/toasts";
import { PageImage } from "../documents/page-image";
import { TextLayout } from "../documents/text-layout";
import { citationText, copyLetter } from "./fields";
import { useServerWords } from "../../parts/server-words";

const ZOOMS = [1, 1.5, 2, 3] as const;

/** Where a lead stands in a document: the place of its first value, and whether all of it is one row there. */
function nearOf(records: readonly LeadRecord[], document: string): { place: string; isRow: boolean } | undefined {
  const values = records.find((record) => record.document === document)?.values ?? [];
  const places = values.flatMap((value) => value.citation?.place ?? []);
  const rowOf = (place: string) => place.replace(/, column \d+$/, "");
  const [first] = places;
  return first === undefined ? undefined : { place: first, isRow: places.length > 1 && places.every((place) => rowOf(place) === rowOf(first)) };
}

interface Props {
  readonly documents: readonly Sheet[];
  readonly records: readonly LeadRecord[];
  readonly citation: Citation | undefined;
}

export function Pages({ documents, records, citation }: Props) {
  const { t, word } = useText();
  const { calls } = useCase();
  const show = useToast();
  const say = useServerWords();
  // Copies in the order of the records, so that their letters are those of the evidence.
  const order = [...new Set(records.map((record) => record.document))];
  const sheets = order.map((id) => documents.find((sheet) => sheet.id === id)).filter((sheet) => sheet !== undefined);
  const [at, setAt] = useState({ document: sheets[0]?.id ?? "", page: 0 });
  const [zoom, setZoom] = useState(0);
  const [turns, setTurns] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (citation) setAt({ document: citation.document, page: citation.page ?? 0 });
  }, [citation]);
  const here = Math.max(0, sheets.findIndex((sheet) => sheet.id === at.document));
  const sheet = sheets[here];
  const flip = (step: number) => {
    const next = sheets[(here + step + sheets.length) % sheets.length];
    if (next) setAt({ document: next.id, page: 0 });
  };
  const zoomBy = (step: number) => setZoom((now) => Math.max(0, Math.min(ZOOMS.length - 1, now + step)));
  useKeys({
    nextPage: () => flip(1),
    previousPage: () => flip(-1),
    zoomIn: () => zoomBy(1),
    zoomOut: () => zoomBy(-1),
    rotate: () => setTurns((now) => (now + 1) % 4),
  });
  // The lit box is brought into sight.
  const showLit = () => scrollWithin(frame.current, frame.current?.querySelector(".lit-box, .lit-text"), "middle");
  useEffect(showLit, [citation, at, zoom, turns]);
  if (!sheet) return <Nothing title={t("pages.none")} />;
  const lit = citation && citation.document === sheet.id ? citation : undefined;
  const near = nearOf(records, sheet.id);
  const letters = records.map((record, copy) => ({ record, copy })).filter(({ record }) => record.document === sheet.id);
  const copy = async () => {
    if (!lit) return;
    await navigator.clipboard.writeText(citationText(sheet.path, lit)).then(
      () => show({ text: t("citation.copied") }), () => show({ text: t("citation.not_copied"), kind: "warning" }),
    );
  };
  return (
    <section className="pages" aria-label={t("pages.title")}>
      <div className="pages-bar">
        <ButtonGroup variant="minimal">
          {sheets.length > 1 ? sheets.map((each, index) => (
            <Button key={each.id} size="small" active={index === here} aria-pressed={index === here} title={each.path} onClick={() => setAt({ document: each.id, page: 0 })}>
              {records.map((record, n) => (record.document === each.id ? copyLetter(n) : "")).join("")}
            </Button>
          )) : null}
        </ButtonGroup>
        {sheets.length > 1 ? <span className="soft small nowrap"><Kbd action="previousPage" /> <Kbd action="nextPage" /></span> : null}
        {sheet.pages > 1 ? (
          <HTMLSelect minimal value={at.page} aria-label={t("pages.page")} onChange={(event) => setAt({ document: sheet.id, page: Number(event.currentTarget.value) })}>
            {Array.from({ length: sheet.pages }, (_, page) => <option key={page} value={page}>{t("pages.page_of", { page: page + 1, pages: sheet.pages })}</option>)}
          </HTMLSelect>
        ) : null}
        <span className="end" />
        {sheet.pages > 0 ? (
          <ButtonGroup variant="minimal">
            <Button size="small" icon={<Minus />} aria-label={t("pages.zoom_out")} title={t("pages.zoom_out")} disabled={zoom === 0} onClick={() => zoomBy(-1)} />
            <Button size="small" icon={<Plus />} aria-label={t("pages.zoom_in")} title={t("pages.zoom_in")} disabled={zoom === ZOOMS.length - 1} onClick={() => zoomBy(1)} />
            <Button size="small" icon={<RotateDocument />} aria-label={t("pages.rotate")} title={t("pages.rotate")} onClick={() => setTurns((turns + 1) % 4)} />
          </ButtonGroup>
        ) : null}
        <Link href={`/documents/${sheet.id}`} className="bp6-button bp6-minimal bp6-small" aria-label={t("pages.open")} title={t("pages.open")}><DocumentOpen /></Link>
      </div>
      <div className="pages-frame" ref={frame} tabIndex={0} role="group" aria-label={t("pages.frame")}>
        {sheet.pages > 0
          ? <PageImage key={sheet.id} onReady={showLit} url={(width) => calls.pageUrl(sheet.id, at.page, width)} zoom={ZOOMS[zoom] ?? 1} turns={turns} lit={lit && (lit.page ?? 0) === at.page ? lit.area ?? undefined : undefined} alt={t("pages.alt", { path: sheet.path, page: at.page + 1 })} />
          : <TextLayout id={sheet.id} lit={lit?.place} near={near?.place} isRow={near?.isRow ?? false} />}
      </div>
      <div className="pages-foot small">
        <bdi className="pages-path" dir="ltr" title={sheet.path}>{sheet.path}</bdi>
        {sheet.state !== "read" ? <span className="tag tag-warning">{word("state", sheet.state)}</span> : null}
        {letters.length > 0 && lit ? (
          <>
            <span className="soft"><bdi>{say(lit.place)}</bdi> · {word("method", lit.method)}{lit.method === "ocr" ? ` ${Math.round(lit.confidence * 100)} %` : ""}</span>
            <Button size="small" variant="minimal" icon={<Clipboard />} onClick={() => void copy()} title={t("citation.copy")} aria-label={t("citation.copy")} />
          </>
        ) : null}
      </div>
    </section>
  );
}
