// People by the border place where they came in: a circle at each, as large as their share. A place
// the map does not know, and people who name none, are told below it; the bars list all of them.
import { geoMercator, geoPath } from "d3-geo";
import { useMemo } from "react";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { useLocation } from "wouter";
import atlas from "world-atlas/countries-50m.json";

import type { Facet } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { countryName, useFacetValue } from "../../parts/facet-value";
import { queuePath, toggle, WHOLE } from "../../work/filter";
import { ISO_NUMBERS } from "./iso-numbers";
import { PLACES } from "../../parts/places";

const [WIDTH, HEIGHT] = [960, 420];
/** Room around the outermost places, in units of the drawing. */
const MARGIN = 70;
/** Radius of the circle of most people. */
const RADIUS = 26;
/** Circles that have their name beside them; more would lie over each other. */
const NAMED = 8;
/** Countries with so much of the drawing have their name, in its units. */
const NAMED_AREA = 6000;
/** The map shows at least so many degrees, so that a single place is seen among its neighbours. */
const SPAN = 1.5;

export default function Crossings({ facet, people }: { facet: Facet; people: number }) {
  const { t, number, language } = useText();
  const show = useFacetValue();
  const [, navigate] = useLocation();
  const known = useMemo(
    () => facet.values.flatMap(({ value, count }) => {
      const at = PLACES[value];
      return at ? [{ value, count, at }] : [];
    }).sort((a, b) => b.count - a.count),
    [facet],
  );
  const drawn = useMemo(() => {
    if (known.length === 0) return undefined;
    const around = known.flatMap(({ at: [east, north] }) => [[east - SPAN / 2, north - SPAN / 2], [east + SPAN / 2, north + SPAN / 2]] as [number, number][]);
    const projection = geoMercator().fitExtent(
      [[MARGIN, MARGIN / 2], [WIDTH - MARGIN, HEIGHT - MARGIN / 2]], { type: "MultiPoint", coordinates: around },
    ).clipExtent([[0, 0], [WIDTH, HEIGHT]]);
    const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
    const path = geoPath(projection);
    const countries = feature(topology, topology.objects.countries).features.flatMap((country) => {
      const d = path(country);
      // Its name stands where most of it is, if enough of it is on the map.
      return d ? [{ d, code: ISO_NUMBERS[String(country.id)], at: path.area(country) > NAMED_AREA ? path.centroid(country) : undefined }] : [];
    });
    return { countries, places: known.map((place) => ({ ...place, xy: projection([place.at[0], place.at[1]]) ?? [0, 0] })) };
  }, [known]);
  if (!drawn) return <p className="soft">{t("overview.crossings_none")}</p>;
  const most = Math.max(1, known[0]?.count ?? 1);
  const elsewhere = facet.distinct - known.length;
  const about = t("overview.crossings_about", { known: people - facet.missing, people });
  return (
    <div className="world crossings" dir="ltr">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={about}>
        <rect width={WIDTH} height={HEIGHT} className="crossings-water" />
        {drawn.countries.map(({ d }, at) => <path key={at} d={d} className="crossings-land" />)}
        {drawn.countries.map(({ code, at }) => (code && at ? <text key={code} x={at[0]} y={at[1]} className="crossings-country">{countryName(language, code)}</text> : null))}
        {drawn.places.map(({ value, count, xy: [x, y] }, at) => {
          const title = `${t("label", { label: show("entry_point", value) })} ${number(count)}`;
          return (
            <a
              key={value} className="crossings-place" aria-label={title} href={`#${encodeURIComponent(value)}`}
              onClick={(event) => {
                event.preventDefault();
                navigate(queuePath(toggle(WHOLE, "entry_point", value)));
              }}
            >
              <title>{title}</title>
              <circle cx={x} cy={y} r={Math.max(4, RADIUS * Math.sqrt(count / most))} />
              {at < NAMED ? <text x={(x ?? 0) + Math.max(4, RADIUS * Math.sqrt(count / most)) + 4} y={(y ?? 0) - 6}>{show("entry_point", value)} {number(count)}</text> : null}
            </a>
          );
        })}
      </svg>
      <p className="soft small" dir="auto">{about}{elsewhere > 0 ? ` ${t("overview.crossings_elsewhere", { n: elsewhere })}` : ""}</p>
    </div>
  );
}
