// Counts of one facet as bars, each a way into the queue. The share is of all people; those who say
// nothing have a bar of their own.
import { useState } from "react";
import { Link } from "wouter";

import type { Facet } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { useFacetValue } from "../../parts/facet-value";
import { queuePath, toggle, WHOLE } from "../../work/filter";

/** Bars before more are asked for. */
const SHOWN = 8;

export function Bars({ facet, people }: { facet: Facet; people: number }) {
  const { t, number } = useText();
  const show = useFacetValue();
  const [isWhole, setWhole] = useState(false);
  const values = facet.facet === "age" ? [...facet.values].sort((a, b) => a.value.localeCompare(b.value)) : facet.values;
  const rows = [
    ...(isWhole ? values : values.slice(0, SHOWN)).map(({ value, count }) => ({ value, count, name: show(facet.facet, value) })),
    ...(facet.missing > 0 && facet.facet !== "missing" ? [{ value: "", count: facet.missing, name: show(facet.facet, "") }] : []),
  ];
  return (
    <>
      <table className="bars">
        <tbody>
          {rows.map(({ value, count, name }) => (
            <tr key={value} className={value ? "" : "is-none"}>
              <th scope="row"><Link href={queuePath(toggle(WHOLE, facet.facet, value))}><Written text={name} /></Link></th>
              <td className="bars-bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width={(100 * count) / Math.max(1, people)} height="10" /></svg></td>
              <td className="number">{number(count)}</td>
              <td className="number soft">{number(count / Math.max(1, people), { style: "percent", maximumFractionDigits: 0 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {values.length > SHOWN ? <button type="button" className="chip" onClick={() => setWhole(!isWhole)}>{isWhole ? t("facet.fewer") : t("facet.more", { n: facet.distinct })}</button> : null}
    </>
  );
}
