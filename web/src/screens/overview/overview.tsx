// What came in and who is in it. Every count is over people, with its denominator and how many say
// nothing; every value leads to the queue of those who have it.
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { Link } from "wouter";

import { type Accounting, DOCUMENT_STATES, type Facet, type Overview as OverviewData } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Hash } from "../../parts/bidi";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";
import { queuePath, WHOLE } from "../../work/filter";
import { Bars } from "./bars";
import { Months } from "./months";
import "../../styles/overview.css";

const WorldMap = lazy(() => import("./world"));
const Crossings = lazy(() => import("./crossings"));

export default function Overview() {
  const { t } = useText();
  const { name, calls } = useCase();
  const { data, error, refetch } = useQuery({ queryKey: [name, "overview"], queryFn: ({ signal }) => calls.overview(signal) });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const facet = (word: string) => data.facets.find((each) => each.facet === word);
  return (
    <div className="screen overview">
      <h1>{t("overview.title")}</h1>
      <Equation accounting={data.accounting} />
      {data.people === 0 ? <Nothing title={t("queue.empty")}>{t("queue.empty_hint")}</Nothing> : (
        <>
          <People data={data} />
          <div className="overview-charts">
            {(["status", "decided", "country", "entry_point", "age", "life", "list", "missing"] as const).map((word) => (
              <Chart key={word} facet={facet(word)} people={data.people} />
            ))}
          </div>
          <section className="sheet">
            <h2>{t("overview.months")}</h2>
            <Months facet={facet("month")} people={data.people} />
          </section>
          <MapSheet title={t("overview.map")} facet={facet("country")} people={data.people} map={WorldMap} />
          <MapSheet title={t("overview.crossings")} facet={facet("entry_point")} people={data.people} map={Crossings} />
        </>
      )}
      <Searched />
    </div>
  );
}

/** The accounting equation: each state leads to its files. */
function Equation({ accounting }: { accounting: Accounting }) {
  const { t, number } = useText();
  return (
    <section className="sheet">
      <h2>{t("overview.accounting")}</h2>
      <p className="equation">
        <Link href="/documents" className="equation-sum"><strong className="number">{number(accounting.files)}</strong> {t("overview.found")}</Link>
        <span aria-hidden="true">=</span>
        {DOCUMENT_STATES.map((state, at) => {
          const count = accounting.states[state] ?? 0;
          return (
            <span key={state} className={`equation-term ${count === 0 ? "is-none" : ""}`}>
              {at > 0 ? <span aria-hidden="true" className="soft">+ </span> : null}
              <Link href={`/documents?state=${state}`}><strong className="number">{number(count)}</strong> {t(`state.${state}`)}</Link>
            </span>
          );
        })}
      </p>
    </section>
  );
}

function People({ data }: { data: OverviewData }) {
  const { t, number } = useText();
  return (
    <section className="sheet">
      <h2>{t("overview.people")}</h2>
      <p className="row row-wrap overview-people">
        <Link href={queuePath(WHOLE)}><strong>{t("leads#", { n: data.people })}</strong> {t("overview.in_records", { records: t("records#", { n: data.records }) })}</Link>
        <span><strong className="number">{number(data.in_several_records)}</strong> {t("overview.several")}</span>
        <span className="soft">{t("overview.duplicates#", { n: data.records - data.people })}</span>
      </p>
    </section>
  );
}

function Chart({ facet, people }: { facet: Facet | undefined; people: number }) {
  const { word, t } = useText();
  if (!facet || facet.values.length === 0) return null;
  return (
    <section className="sheet">
      <h2>{word("facet", facet.facet)}</h2>
      <Bars facet={facet} people={people} />
      {facet.facet === "missing" ? <p className="soft small">{t("overview.missing_about")}</p> : null}
    </section>
  );
}

interface MapProps {
  title: string;
  facet: Facet | undefined;
  people: number;
  /** What draws it; loaded only when it is shown. */
  map: ComponentType<{ facet: Facet; people: number }>;
}

function MapSheet({ title, facet, people, map: Map }: MapProps) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(true);
  if (!facet || facet.values.length === 0) return null;
  return (
    <section className="sheet">
      <div className="row"><h2>{title}</h2>
        <button type="button" className="chip end" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? t("overview.map_hide") : t("overview.map_show")}</button>
      </div>
      {isOpen ? <Suspense fallback={<Waiting />}><Map facet={facet} people={people} /></Suspense> : null}
    </section>
  );
}

/** What was searched: "not found" is said of these lists, as they were then. */
function Searched() {
  const { t, date } = useText();
  const { info } = useCase();
  const lists = info?.datasets.filter((dataset) => dataset.kind === "list") ?? [];
  if (!info) return null;
  return (
    <section className="sheet">
      <h2>{t("overview.lists")}</h2>
      {lists.length === 0 ? <p className="soft">{t("overview.no_lists")}</p> : (
        <ul className="overview-lists">
          {lists.map((list) => (
            <li key={list.name}>
              <Link href="/lists"><bdi>{list.title || list.name}</bdi></Link>{" "}
              <span className="soft">{list.date ? t("entry.dated", { date: date(list.date) }) : t("entry.undated")} · {t("overview.entities#", { n: list.entities })} · SHA-256 <Hash text={list.sha256} /></span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
