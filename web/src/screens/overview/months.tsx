// Dates of entry along time: a column for every month from the first to the last, empty ones too, so
// that a gap is seen as a gap.
import { useLocation } from "wouter";

import type { Facet } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useFacetValue } from "../../parts/facet-value";
import { queuePath, toggle, WHOLE } from "../../work/filter";

/** Months that are drawn; a date of another century is a misreading and does not squeeze the rest. */
const MONTHS_MAX = 360;

export function Months({ facet, people }: { facet: Facet | undefined; people: number }) {
  const { t, number } = useText();
  const show = useFacetValue();
  const [, navigate] = useLocation();
  const known = (facet?.values ?? []).filter(({ value }) => /^\d{4}-\d{2}$/.test(value)).sort((a, b) => a.value.localeCompare(b.value));
  const last = known.at(-1);
  if (!facet || !last) return <p className="soft">{t("overview.no_months")}</p>;
  const all = monthsUpTo(last.value, known[0]?.value ?? last.value);
  const counts = new Map(known.map(({ value, count }) => [value, count]));
  const most = Math.max(...known.map(({ count }) => count));
  const said = (month: string, count: number) => `${t("label", { label: show("month", month) })} ${number(count)}`;
  const open = (month: string) => navigate(queuePath(toggle(WHOLE, "month", month)));
  return (
    <>
      <div className="months" role="list" dir="ltr">
        {all.map((month) => {
          const count = counts.get(month) ?? 0;
          return (
            <div key={month} role="listitem" className="months-column">
              {count > 0 ? (
                <button type="button" className="plain" title={said(month, count)} aria-label={said(month, count)} onClick={() => open(month)}>
                  <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true"><rect y={100 - (100 * count) / most} width="10" height={(100 * count) / most} /></svg>
                </button>
              ) : null}
              <span className="months-label soft" aria-hidden="true">{month.endsWith("-01") || all.length < 16 ? (month.endsWith("-01") ? month.slice(0, 4) : month.slice(5)) : ""}</span>
            </div>
          );
        })}
      </div>
      <p className="soft small">{t("overview.months_about", { known: people - facet.missing, people, missing: facet.missing })}</p>
    </>
  );
}

function monthsUpTo(last: string, first: string): string[] {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const to = number(last);
  const from = Math.max(number(first), to - MONTHS_MAX + 1);
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const month = from + at;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}
