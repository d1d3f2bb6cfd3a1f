// The queue: leads filtered, sorted, worked through by keys, and acted on many at a time.
import { Button, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useSearch } from "wouter";

import type { BulkAct, Filter, Lead } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { useCase } from "../../shell/case";
import { Kbd } from "../../shell/help";
import { Failed, Nothing, Waiting } from "../../shell/states";
import { useActs } from "../../work/acts";
import { useBlind } from "../../work/blind";
import { formatView, isWhole, parseView, queuePath, SORTS, type View, WHOLE } from "../../work/filter";
import { loadWorklist, saveWorklist } from "../../work/worklist";
import { BulkBar, BulkDialog } from "./bulk";
import { ChosenFacets, Facets } from "./facets";
import { Pace } from "./pace";
import { PAGE, QueueTable } from "./table";
import { Views } from "./views";
import "../../styles/queue.css";

export default function Queue() {
  const { t, word } = useText();
  const { name, calls, info } = useCase();
  const search = useSearch();
  const [, navigate] = useLocation();
  const view = useMemo(() => parseView(search), [search]);
  const key = formatView(view);
  const kept = loadWorklist(name);
  const [cursor, setCursor] = useState(() => (formatView(kept.view) === key ? kept.index : 0));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<BulkAct["act"]>();
  const searchBox = useRef<HTMLInputElement>(null);
  const acts = useActs();
  const blind = useBlind();

  const head = useQuery({
    queryKey: [name, "leads", key, 0, "facets"],
    queryFn: ({ signal }) => calls.leads(view.filter, view.sort, 0, PAGE, true, signal),
    placeholderData: keepPreviousData,
  });
  const total = head.data?.total ?? 0;
  const rules = head.data?.facets.find((facet) => facet.facet === "rule")?.values ?? [];

  const show = useCallback((next: View) => {
    setPicked(new Set());
    setCursor(0);
    navigate(queuePath(next));
  }, [navigate]);
  const open = useCallback((lead: Lead, index: number) => {
    saveWorklist(name, { view, index });
    navigate(`/leads/${encodeURIComponent(lead.id)}`);
  }, [name, navigate, view]);
  const move = (step: number) => setCursor((at) => Math.max(0, Math.min(total - 1, at + step)));
  const rowAt = useRef<(index: number) => Lead | undefined>(() => undefined);
  useEffect(() => saveWorklist(name, { view, index: cursor }), [name, view, cursor]);

  useKeys({
    next: () => move(1),
    previous: () => move(-1),
    open: () => {
      const lead = rowAt.current(cursor);
      if (lead) open(lead, cursor);
    },
    select: () => {
      const lead = rowAt.current(cursor);
      if (lead) setPicked((now) => toggled(now, lead.id));
    },
    search: () => searchBox.current?.focus(),
    goto: () => navigate("/search"),
    undo: () => void acts.undoLast(),
    blind: blind.toggle,
  });

  const filter: Filter = picked.size > 0 ? { facets: {}, ids: [...picked] } : view.filter;
  return (
    <div className="queue screen-full">
      <aside className="queue-side" aria-label={t("queue.facets")}>
        <Views view={view} onChoose={show} />
        {head.data ? <Facets facets={head.data.facets} view={view} onChange={show} /> : null}
      </aside>
      <section className="queue-main">
        <div className="queue-head">
          <h1 aria-live="polite">{head.data ? t("leads#", { n: total }) : t("queue.title")}</h1>
          {head.data && !isWhole(view) && info ? <span className="soft">{t("queue.of", { all: info.people })}</span> : null}
          <FilterText view={view} inputRef={searchBox} onChange={show} />
          <label className="row small">
            <span className="soft">{t("queue.sort")}</span>
            <HTMLSelect value={view.sort} onChange={(event) => show({ ...view, sort: event.currentTarget.value })}>
              {SORTS.map((sort) => <option key={sort} value={sort}>{t(`sort.${sort}`)}</option>)}
              {rules.map(({ value }) => <option key={value} value={`rule:${value}`}>{t("sort.rule", { rule: word("rule", value) })}</option>)}
            </HTMLSelect>
          </label>
          <span className="end" />
          <Pace left={total} />
          <Button size="small" active={blind.isOn} onClick={blind.toggle} aria-pressed={blind.isOn} title={t("blind.about")}>
            {t("blind.short")} <Kbd action="blind" />
          </Button>
        </div>
        <ChosenFacets view={view} onChange={show} />
        {head.error && !head.data ? <Failed error={head.error} retry={() => void head.refetch()} />
          : !head.data ? <Waiting />
          : total === 0 ? (
            isWhole(view)
              ? <Nothing title={t("queue.empty")}>{t("queue.empty_hint")}</Nothing>
              : <Nothing title={t("queue.none")} action={<Button onClick={() => show(WHOLE)}>{t("queue.clear")}</Button>}>{t("queue.none_hint")}</Nothing>
          ) : (
            <QueueTable
              view={view} head={head.data} cursor={cursor} picked={picked} rowAt={rowAt} isBlind={blind.isOn}
              onCursor={setCursor} onOpen={open} onPick={(id) => setPicked((now) => toggled(now, id))}
            />
          )}
        <BulkBar count={picked.size || total} isPicked={picked.size > 0} onAct={setBulk} onClear={() => setPicked(new Set())} />
      </section>
      {bulk && (
        <BulkDialog
          act={bulk} filter={filter} onClose={() => setBulk(undefined)}
          onDone={() => {
            setBulk(undefined);
            setPicked(new Set());
          }}
        />
      )}
    </div>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** How long after the last letter the filter is asked for, in milliseconds. Chosen by hand. */
const TYPING_MS = 150;

function FilterText({ view, inputRef, onChange }: { view: View; inputRef: React.RefObject<HTMLInputElement>; onChange: (view: View) => void }) {
  const { t } = useText();
  const [text, setText] = useState(view.filter.text ?? "");
  const timer = useRef<number>();
  useEffect(() => setText(view.filter.text ?? ""), [view.filter.text]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const apply = (value: string) => {
    const { text: _before, ...rest } = view.filter;
    onChange({ ...view, filter: value.trim() ? { ...rest, text: value.trim() } : rest });
  };
  return (
    <InputGroup
      className="queue-text" inputRef={inputRef} type="search" dir="auto" size="small" value={text}
      placeholder={t("queue.text")} aria-label={t("queue.text")}
      onChange={(event) => {
        const value = event.currentTarget.value;
        setText(value);
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(() => apply(value), TYPING_MS);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}
