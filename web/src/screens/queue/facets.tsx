// Facets: what values the leads have, how many each, chosen by a click. A facet's own choice does
// not narrow its counts, so that another value can be added.
import { Button, InputGroup } from "@blueprintjs/core";
import { useState } from "react";

import type { Facet } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { useFacetValue } from "../../parts/facet-value";
import { FACETS, toggle, type View } from "../../work/filter";

/** Values that are shown before more are asked for. */
const SHOWN = 6;
/** Facets that begin open. */
const OPEN_FIRST: readonly string[] = ["status", "decided", "country", "entry_point", "month"];

export function Facets({ facets, view, onChange }: { facets: readonly Facet[]; view: View; onChange: (view: View) => void }) {
  const ordered = FACETS.map((name) => facets.find((facet) => facet.facet === name));
  return (
    <>
      {ordered.map((facet) => facet && (facet.values.length > 0 || view.filter.facets[facet.facet]) ? (
        <FacetGroup key={facet.facet} facet={facet} chosen={view.filter.facets[facet.facet] ?? []} onToggle={(value) => onChange(toggle(view, facet.facet, value))} />
      ) : null)}
    </>
  );
}

function FacetGroup({ facet, chosen, onToggle }: { facet: Facet; chosen: readonly string[]; onToggle: (value: string) => void }) {
  const { t, word, number } = useText();
  const show = useFacetValue();
  const [isOpen, setOpen] = useState(OPEN_FIRST.includes(facet.facet) || chosen.length > 0);
  const [isWhole, setWhole] = useState(false);
  const [text, setText] = useState("");
  const most = Math.max(1, ...facet.values.map((value) => value.count), facet.missing);
  const rows = [
    ...facet.values.map(({ value, count }) => ({ value, count })),
    // A month or a country that nothing states is a value too.
    ...(facet.missing > 0 && facet.facet !== "missing" ? [{ value: "", count: facet.missing }] : []),
  ];
  // Months read in their order, not by count.
  if (facet.facet === "month" || facet.facet === "age") rows.sort((a, b) => (a.value || "~").localeCompare(b.value || "~"));
  const fits = rows.filter((row) => !text || show(facet.facet, row.value).toLowerCase().includes(text.toLowerCase()));
  const shown = isWhole ? fits : fits.filter((row, at) => at < SHOWN || chosen.includes(row.value));
  return (
    <section className="facet">
      <button type="button" className="facet-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true" className="facet-sign">{isOpen ? "▾" : "▸"}</span>
        {word("facet", facet.facet)}
        {chosen.length > 0 ? <span className="facet-chosen number">{chosen.length}</span> : null}
      </button>
      {isOpen && (
        <>
          {isWhole && facet.distinct > 12 ? (
            <InputGroup size="small" type="search" dir="auto" value={text} placeholder={t("facet.find")} aria-label={t("facet.find")} onChange={(event) => setText(event.currentTarget.value)} />
          ) : null}
          <ul>
            {shown.map(({ value, count }) => (
              <li key={value}>
                <button type="button" className="facet-value" aria-pressed={chosen.includes(value)} onClick={() => onToggle(value)}>
                  <svg className="facet-bar" aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none"><rect width={(100 * count) / most} height="1" /></svg>
                  <span className="facet-name" title={show(facet.facet, value)}>{value ? <Written text={show(facet.facet, value)} /> : <em>{show(facet.facet, "")}</em>}</span>
                  <span className="number">{number(count)}</span>
                </button>
              </li>
            ))}
          </ul>
          {fits.length > SHOWN || isWhole ? (
            <Button size="small" variant="minimal" onClick={() => setWhole(!isWhole)}>
              {isWhole ? t("facet.fewer") : t("facet.more", { n: facet.distinct })}
            </Button>
          ) : null}
        </>
      )}
    </section>
  );
}

/** What is chosen, each with a way to take it off. */
export function ChosenFacets({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t, word } = useText();
  const show = useFacetValue();
  const chosen = Object.entries(view.filter.facets).flatMap(([facet, values]) => values.map((value) => ({ facet, value })));
  if (chosen.length === 0) return null;
  return (
    <div className="queue-chosen">
      {chosen.map(({ facet, value }) => {
        const said = show(facet, value);
        return (
          <button key={`${facet} ${value}`} type="button" className="chip" aria-label={t("facet.remove", { facet: word("facet", facet), value: said })} onClick={() => onChange(toggle(view, facet, value))}>
            <span className="soft">{t("label", { label: word("facet", facet) })}</span> <Written text={said} /> <span aria-hidden="true">×</span>
          </button>
        );
      })}
      <Button size="small" variant="minimal" onClick={() => onChange({ ...view, filter: { facets: {} } })}>{t("queue.clear")}</Button>
    </div>
  );
}
