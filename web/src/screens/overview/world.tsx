// People by stated nationality on a map of the world, which is part of the program. A click leads to
// the queue of a country; the same counts stand as a list beside it.
import { geoEqualEarth, geoPath } from "d3-geo";
import { useMemo } from "react";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { useLocation } from "wouter";
import atlas from "world-atlas/countries-110m.json";

import type { Facet } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { countryName } from "../../parts/facet-value";
import { queuePath, toggle, WHOLE } from "../../work/filter";
import { ISO_NUMBERS } from "./iso-numbers";

const [WIDTH, HEIGHT] = [960, 440];

export default function WorldMap({ facet, people }: { facet: Facet; people: number }) {
  const { t, number, language } = useText();
  const [, navigate] = useLocation();
  const shapes = useMemo(() => {
    const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
    const countries = feature(topology, topology.objects.countries).features;
    const projection = geoEqualEarth().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
    const path = geoPath(projection);
    return countries.map((country) => ({ code: ISO_NUMBERS[String(country.id)], d: path(country) ?? "" }));
  }, []);
  const counts = new Map(facet.values.map(({ value, count }) => [value, count]));
  const most = Math.max(1, ...facet.values.map(({ count }) => count));
  return (
    <div className="world" dir="ltr">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("overview.map_about", { known: people - facet.missing, people })}>
        {shapes.map(({ code, d }, at) => {
          const count = code ? counts.get(code) ?? 0 : 0;
          // Four steps by the root of the share: a country of three is told from one of none.
          const step = count === 0 ? 0 : 1 + Math.floor(3 * Math.sqrt(count / most));
          const title = code ? `${t("label", { label: countryName(language, code) })} ${number(count)}` : "";
          return (
            <path
              key={at} d={d} className={`world-${step}`} {...(count > 0 && code ? { onClick: () => navigate(queuePath(toggle(WHOLE, "country", code))) } : {})}
            >
              <title>{title}</title>
            </path>
          );
        })}
      </svg>
      <p className="soft small" dir="auto">{t("overview.map_about", { known: people - facet.missing, people })}</p>
    </div>
  );
}
