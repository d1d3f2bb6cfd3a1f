// The lists that are searched: versions, dates, hashes, counts, what changed. One entry in full by its id.
import { InputGroup } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation, useSearch } from "wouter";

import type { Dataset } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Code } from "../../parts/bidi";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";
import { queuePath, toggle, WHOLE } from "../../work/filter";
import { Statements } from "../lead/entry";
import { Versions } from "./versions";

export default function Lists() {
  const { t } = useText();
  const { name, calls } = useCase();
  const entity = new URLSearchParams(useSearch()).get("entity");
  const { data, error, refetch } = useQuery({ queryKey: [name, "lists"], queryFn: ({ signal }) => calls.lists(signal) });
  return (
    <div className="screen">
      <div className="screen-head"><h1>{t("nav.lists")}</h1><EntrySearch /></div>
      {entity ? <EntrySheet id={entity} /> : null}
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting />
        : data.length === 0 ? <Nothing title={t("overview.no_lists")}>{t("lists.none_hint")}</Nothing>
        : data.map((list) => <ListSheet key={list.name} list={list} />)}
    </div>
  );
}

function EntrySearch() {
  const { t } = useText();
  const [, navigate] = useLocation();
  const [id, setId] = useState("");
  return (
    <form className="row" onSubmit={(event) => { event.preventDefault(); if (id.trim()) navigate(`/lists?entity=${encodeURIComponent(id.trim())}`); }}>
      <InputGroup dir="ltr" value={id} placeholder={t("lists.entry")} aria-label={t("lists.entry")} onChange={(event) => setId(event.currentTarget.value)} />
    </form>
  );
}

function EntrySheet({ id }: { id: string }) {
  const { t } = useText();
  const { name, calls } = useCase();
  const { data, error, refetch } = useQuery({ queryKey: [name, "entity", id], queryFn: ({ signal }) => calls.entity(id, signal) });
  return (
    <section className="sheet">
      <div className="row"><h2><Code text={id} /></h2>{data?.dataset ? <span className="soft"><bdi>{data.dataset.title || data.dataset.name}</bdi></span> : null}{data?.lead ? <Link href={`/leads/${encodeURIComponent(data.lead)}`}>{t("entry.lead")}</Link> : null}<Link className="end" href="/lists">{t("close")}</Link></div>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting /> : <Statements statements={data.statements} />}
    </section>
  );
}

function ListSheet({ list }: { list: Dataset }) {
  const { t, date, number, word } = useText();
  const facts = Object.entries(list.info);
  return (
    <section className="sheet">
      <div className="row"><h2><bdi>{list.title || list.name}</bdi></h2><span className="soft">{list.date ? t("entry.dated", { date: date(list.date) }) : t("entry.undated")}</span>
        <Link className="end" href={queuePath(toggle(WHOLE, "list", list.name))}>{t("lists.people")}</Link></div>
      <table className="plain">
        <tbody>
          <tr><th scope="row">{t("lists.entities")}</th><td className="number">{number(list.entities)}</td></tr>
          <tr><th scope="row">SHA-256</th><td><Code text={list.sha256} /></td></tr>
          {facts.map(([key, value]) => <tr key={key}><th scope="row">{word("info", key)}</th><td><bdi>{value}</bdi></td></tr>)}
        </tbody>
      </table>
      <Versions list={list.name} />
    </section>
  );
}
