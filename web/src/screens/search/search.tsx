// One box: a name in any script, a phone, words of a text. And a table of names at one go.
import { HTMLSelect, InputGroup, Tab, Tabs } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";

import type { Found } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { Written } from "../../parts/bidi";
import { formatScore } from "../../parts/score";
import { LifeTag, StatusTag } from "../../parts/status";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";
import { BatchSearch } from "./batch";
import { KeptSearches } from "./kept";
import { useServerWords } from "../../parts/server-words";

const PLACES = ["people", "lists", "text"] as const;
/** How long after the last letter is asked, in milliseconds. Chosen by hand: typing goes on. */
const TYPING_MS = 60;
/** Results of each kind. */
const TOP = 20;

export default function Search() {
  const { t } = useText();
  const asked = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const [q, setQ] = useState(asked.get("q") ?? "");
  const [place, setPlace] = useState(asked.get("in") ?? "");
  const [tab, setTab] = useState<"one" | "many">("one");
  const box = useRef<HTMLInputElement>(null);
  useKeys({ search: () => box.current?.focus() });
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="screen">
      <h1>{t("search.title")}</h1>
      <Tabs animate={false} id="search" selectedTabId={tab} onChange={(next) => setTab(next as "one" | "many")}>
        <Tab id="one" title={t("search.one")} panel={(
          <div className="stack">
            <div className="row">
              <InputGroup
                inputRef={box} className="search-box" size="large" type="search" dir="auto" value={q} maxLength={300} fill
                placeholder={t("search.placeholder")} aria-label={t("search.placeholder")} onChange={(event) => setQ(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") navigate(`/search?${new URLSearchParams({ q, ...(place ? { in: place } : {}) }).toString()}`, { replace: true });
                }}
              />
              <HTMLSelect large value={place} aria-label={t("search.where")} onChange={(event) => setPlace(event.currentTarget.value)}>
                <option value="">{t("search.everywhere")}</option>
                {PLACES.map((each) => <option key={each} value={each}>{t(`search.in.${each}`)}</option>)}
              </HTMLSelect>
            </div>
            <KeptSearches asked={{ q, place }} choose={(next) => { setQ(next.q); setPlace(next.place); }} />
            <Results q={q} place={place} />
          </div>
        )} />
        <Tab id="many" title={t("search.many")} panel={<BatchSearch />} />
      </Tabs>
    </div>
  );
}

function Results({ q, place }: { q: string; place: string }) {
  const { t } = useText();
  const { name, calls } = useCase();
  const [asked, setAsked] = useState(q.trim());
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(q.trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [q]);
  const { data, error, refetch } = useQuery({
    queryKey: [name, "search", asked, place], enabled: asked.length > 1, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => calls.search({ q: asked, ...(place ? { in: [place] } : {}), top: TOP }, signal),
  });
  if (asked.length < 2) return <Nothing title={t("search.begin")}>{t("search.begin_hint")}</Nothing>;
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const isNothing = data.people.length + data.listed.length + data.documents.length === 0;
  if (isNothing) return <Nothing title={t("search.nothing")}>{t("search.nothing_hint")}</Nothing>;
  return <div className="search-results">{data.people.length > 0 ? <PeopleFound found={data} /> : null}{data.listed.length > 0 ? <ListedFound found={data} /> : null}{data.documents.length > 0 ? <DocumentsFound found={data} /> : null}</div>;
}

function PeopleFound({ found }: { found: Found }) {
  const { t, word } = useText();
  return (
    <section className="sheet">
      <h2>{t("search.people", { n: found.people.length })}</h2>
      <ul className="found">
        {found.people.map(({ lead, by, found: text, score }) => (
          <li key={lead.id}>
            <Link href={`/leads/${encodeURIComponent(lead.id)}`}><Written text={lead.names[0] ?? t("lead.no_name")} /></Link>{" "}
            <StatusTag status={lead.decision?.status ?? lead.status} isDecided={!!lead.decision} /> <LifeTag life={lead.life} />
            <div className="soft small">{word("search.by", by)} {text === lead.names[0] ? null : <Written text={text} />} {score === null || score === undefined ? null : <span className="number">{formatScore(score)}</span>}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ListedFound({ found }: { found: Found }) {
  const { t } = useText();
  return (
    <section className="sheet">
      <h2>{t("search.listed", { n: found.listed.length })}</h2>
      <ul className="found">
        {found.listed.map((hit) => (
          <li key={`${hit.list} ${hit.entity}`}>
            <Link href={`/lists?entity=${encodeURIComponent(hit.entity)}`}><Written text={hit.caption} /></Link>
            <div className="soft small"><bdi>{hit.list}</bdi> · <bdi className="code" dir="ltr">{hit.entity}</bdi> · <span className="number">{formatScore(hit.score)}</span></div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DocumentsFound({ found }: { found: Found }) {
  const { t } = useText();
  const say = useServerWords();
  return (
    <section className="sheet">
      <h2>{t("search.documents", { n: found.documents_total })}</h2>
      <ul className="found">
        {found.documents.map((document) => (
          <li key={document.id}>
            <Link href={`/documents/${document.id}`}><bdi dir="ltr">{document.path}</bdi></Link>
            {document.spans.map((span, at) => <div key={at} className="small"><Written text={span.text} /> <span className="soft">{say(span.place)}</span></div>)}
          </li>
        ))}
      </ul>
    </section>
  );
}
