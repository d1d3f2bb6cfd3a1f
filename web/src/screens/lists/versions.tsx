// The versions of a list, and what changed between two of them: who came, went, says something else,
// was delisted or is newly reported dead. An entry can be seen as the later version has it.
import { Button, HTMLSelect } from "@blueprintjs/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import type { ListChange, ListVersion } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Code, Hash, Written } from "../../parts/bidi";
import { useCase } from "../../shell/case";
import { Failed, Waiting } from "../../shell/states";

/** Changes of one page. */
const PAGE = 100;
const WHAT = ["added", "removed", "changed", "delisted", "reported_dead"] as const;
type What = (typeof WHAT)[number];

export function Versions({ list }: { list: string }) {
  const { t, date, number, time } = useText();
  const { name, calls } = useCase();
  const { data, error, refetch } = useQuery({ queryKey: [name, "lists", list, "versions"], queryFn: ({ signal }) => calls.listVersions(list, signal) });
  const [chosen, setChosen] = useState<readonly [number, number]>();
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const last = data.at(-1);
  const before = data.at(-2);
  const [from, to] = chosen ?? [before?.version ?? 0, last?.version ?? 0];
  return (
    <>
      <h3>{t("versions.title")}</h3>
      <table className="plain">
        <thead><tr><th className="num">{t("versions.number")}</th><th>{t("versions.date")}</th><th>{t("versions.added_at")}</th><th className="num">{t("lists.entities")}</th><th>SHA-256</th>{WHAT.map((what) => <th key={what} className="num">{t(`versions.${what}`)}</th>)}</tr></thead>
        <tbody>
          {[...data].reverse().map((version) => (
            <tr key={version.version}>
              <td className="num">{version.version}</td>
              <td className="nowrap">{version.date ? date(version.date) : t("entry.undated")}</td>
              <td className="nowrap">{version.added ? time(version.added) : "–"}</td>
              <td className="num">{number(version.entities)}</td>
              <td><Hash text={version.sha256} /></td>
              {WHAT.map((what) => <td key={what} className="num">{version.changes ? number(version.changes[what]) : "–"}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      {data.length < 2 ? <p className="soft small">{t("versions.one")}</p> : (
        <>
          <div className="row row-wrap">
            <h3>{t("versions.changes")}</h3>
            <VersionChoice label={t("versions.from")} versions={data} value={from} choose={(next) => setChosen([next, to])} />
            <span aria-hidden="true">→</span>
            <VersionChoice label={t("versions.to")} versions={data} value={to} choose={(next) => setChosen([from, next])} />
          </div>
          {from === to ? <p className="soft">{t("versions.same")}</p> : <Difference key={`${from} ${to}`} list={list} from={from} to={to} />}
        </>
      )}
    </>
  );
}

function VersionChoice({ label, versions, value, choose }: { label: string; versions: readonly ListVersion[]; value: number; choose: (version: number) => void }) {
  const { date } = useText();
  return (
    <HTMLSelect value={value} aria-label={label} onChange={(event) => choose(Number(event.currentTarget.value))}>
      {versions.map(({ version, date: day }) => <option key={version} value={version}>{version}{day ? ` (${date(day)})` : ""}</option>)}
    </HTMLSelect>
  );
}

function Difference({ list, from, to }: { list: string; from: number; to: number }) {
  const { t, number } = useText();
  const { name, calls } = useCase();
  const [what, setWhat] = useState<What>();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [name, "lists", list, "diff", from, to, what],
    queryFn: ({ signal, pageParam }) => calls.listDiff(list, { from, to, what, after: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const counts = data.pages[0]?.counts;
  const changes = data.pages.flatMap((page) => page.changes);
  return (
    <div className="stack">
      <div className="row row-wrap">
        {WHAT.map((each) => (
          <button key={each} type="button" className="chip" aria-pressed={what === each} onClick={() => setWhat(what === each ? undefined : each)}>
            {t(`versions.${each}`)} {counts ? <span className="number">{number(counts[each])}</span> : null}
          </button>
        ))}
      </div>
      {changes.length === 0 ? <p className="soft">{t("versions.nothing")}</p> : (
        <table className="plain">
          <thead><tr><th>{t("versions.kind")}</th><th>{t("versions.who")}</th><th>{t("versions.what")}</th></tr></thead>
          <tbody>{changes.map((change) => <Changed key={change.entity} change={change} />)}</tbody>
        </table>
      )}
      {hasNextPage ? <div className="row"><Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("versions.more")}</Button></div> : null}
    </div>
  );
}

function Changed({ change }: { change: ListChange }) {
  const { t, word } = useText();
  const isGone = change.kind === "removed";
  return (
    <tr>
      <td className="nowrap">{t(`versions.${change.kind}`)}</td>
      <td>
        {isGone ? <Written text={change.caption} /> : <Link href={`/lists?entity=${encodeURIComponent(change.entity)}`}><Written text={change.caption} /></Link>}
        <div className="soft small">{change.schema} <Code text={change.entity} /></div>
      </td>
      <td className="small">
        {change.delisted ? <div><strong>{t("versions.delisted")}:</strong> <Written text={change.delisted} /></div> : null}
        {change.reported_dead ? <div><strong>{t("versions.reported_dead")}:</strong> <Written text={change.reported_dead} /></div> : null}
        {change.properties.map(({ prop, before, after }) => (
          <div key={prop}>
            {word("prop", prop)}: {before.map((value) => <del key={value}><Written text={value} /></del>)} {after.map((value) => <ins key={value}><Written text={value} /></ins>)}
          </div>
        ))}
      </td>
    </tr>
  );
}
