// Who is linked to whom: one person and those around them, one hop more by a click, the way between
// two. Every link names its document. A table beside the chart says the same in words.
import { Button, Checkbox } from "@blueprintjs/core";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";

import type { Network as NetworkData } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { PersonPick } from "../../parts/person-pick";
import { StatusTag } from "../../parts/status";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";
import { Chart, type Picked } from "./chart";
import "../../styles/network.css";

export const KINDS = ["recommender", "facilitator", "phone", "email", "address", "crossing", "mother", "related"] as const;

export default function Network() {
  const { t, word } = useText();
  const { name, calls } = useCase();
  const params = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const from = params.get("from") ?? "";
  const to = params.get("to") ?? "";
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const [more, setMore] = useState<readonly string[]>([]);
  const [picked, setPicked] = useState<Picked>();
  const ids = from ? [from, ...more.filter((id) => id !== from)] : [];
  const around = useQueries({
    queries: ids.map((id) => ({ queryKey: [name, "network", id], queryFn: ({ signal }: { signal: AbortSignal }) => calls.around(id, [], signal) })),
  });
  const path = useQuery({
    queryKey: [name, "network-path", from, to], enabled: !!from && !!to, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => calls.path(from, to, signal),
  });
  const loaded = around.map((each) => each.data);
  const way = path.data?.found ? path.data.network : undefined;
  const versions = loaded.map((each) => each?.people.length ?? -1).join(" ");
  const network = useMemo(
    () => joined([...loaded, way].filter((each) => each !== undefined), hidden),
    // The data behind are those that the counts and the way name.
    [versions, way, hidden, from],
  );
  const error = around.find((each) => each.error)?.error ?? path.error;
  const show = (nextFrom: string, nextTo: string) => {
    setMore([]);
    setPicked(undefined);
    navigate(`/network?${new URLSearchParams({ ...(nextFrom ? { from: nextFrom } : {}), ...(nextTo ? { to: nextTo } : {}) }).toString()}`);
  };
  return (
    <div className="network screen-full">
      <div className="network-head">
        <h1>{t("nav.network")}</h1>
        <div className="row">
          <PersonPick id={from} label={t("network.from")} onPick={(id) => show(id, to)} />
          <span aria-hidden="true" className="soft turns">→</span>
          <PersonPick id={to} label={t("network.to")} onPick={(id) => show(from, id)} />
        </div>
        <fieldset className="network-kinds"><legend className="visually-hidden">{t("network.kinds")}</legend>
          {KINDS.map((kind) => (
            <Checkbox key={kind} className="network-kind" checked={!hidden.includes(kind)} label={word("tie", kind)} onChange={() => setHidden(hidden.includes(kind) ? hidden.filter((each) => each !== kind) : [...hidden, kind])} />
          ))}
        </fieldset>
      </div>
      {!from ? <Nothing title={t("network.begin")}>{t("network.begin_hint")}</Nothing>
        : error ? <Failed error={error} retry={() => around.forEach((each) => void each.refetch())} />
        : around.some((each) => each.isPending) ? <Waiting />
        : network.ties.length === 0 ? <Nothing title={t("peek.none")}>{hidden.length > 0 ? t("network.hidden_hint") : null}</Nothing>
        : (
          <div className="network-body">
            <Chart network={network} center={from} steps={path.data?.found ? path.data.steps : []} onPick={setPicked} />
            <aside className="network-side" tabIndex={0} aria-label={t("network.side")}>
              {to && path.data && !path.data.found ? <p className="lead-alert">{t("network.no_path")}</p> : null}
              <Side network={network} picked={picked} onPick={setPicked} onMore={(id) => setMore((now) => (now.includes(id) ? now : [...now, id]))} onFrom={(id) => show(id, "")} onTo={(id) => show(from, id)} expanded={ids} />
            </aside>
          </div>
        )}
    </div>
  );
}

/** Several hops as one: people by id, ties by kind and label. */
function joined(parts: readonly NetworkData[], hidden: readonly string[]): NetworkData {
  const people = new Map<string, NetworkData["people"][number]>();
  const ties = new Map<string, NetworkData["ties"][number]>();
  for (const part of parts) {
    for (const tie of part.ties) {
      if (hidden.includes(tie.kind)) continue;
      const key = `${tie.kind} ${tie.label}`;
      const known = ties.get(key);
      const links = known ? [...known.links, ...tie.links.filter((link) => !known.links.some((each) => each.record === link.record))] : tie.links;
      ties.set(key, { ...tie, links });
    }
    for (const person of part.people) people.set(person.id, person);
  }
  const linked = new Set([...ties.values()].flatMap((tie) => tie.links.map((link) => link.person)));
  return { people: [...people.values()].filter((person) => linked.has(person.id)), ties: [...ties.values()] };
}

/** People of one tie that are named where all ties stand; the whole of a tie is a click away. */
const NAMED_MAX = 12;

interface SideProps {
  readonly network: NetworkData;
  readonly picked: Picked | undefined;
  readonly expanded: readonly string[];
  readonly onPick: (picked: Picked | undefined) => void;
  readonly onMore: (id: string) => void;
  readonly onFrom: (id: string) => void;
  readonly onTo: (id: string) => void;
}

function Side({ network, picked, expanded, onPick, onMore, onFrom, onTo }: SideProps) {
  const { t, word } = useText();
  const person = picked?.kind === "person" ? network.people.find((each) => each.id === picked.id) : undefined;
  const ties = person ? network.ties.filter((tie) => tie.links.some((link) => link.person === person.id))
    : picked?.kind === "tie" ? network.ties.filter((tie) => `${tie.kind} ${tie.label}` === picked.id) : network.ties;
  const isPicked = picked?.kind === "tie";
  return (
    <div className="stack">
      {isPicked ? <Button className="network-all" size="small" onClick={() => onPick(undefined)}>{t("network.all")}</Button> : null}
      {person ? (
        <>
          <h2><Link href={`/leads/${encodeURIComponent(person.id)}`}><Written text={person.name ?? person.id} /></Link></h2>
          <StatusTag status={person.status} />
          <div className="row row-wrap">
            <Button size="small" disabled={expanded.includes(person.id)} onClick={() => onMore(person.id)}>{t("network.expand")}</Button>
            <Button size="small" onClick={() => onFrom(person.id)}>{t("network.center")}</Button>
            <Button size="small" onClick={() => onTo(person.id)}>{t("network.path_to")}</Button>
          </div>
        </>
      ) : <p className="soft">{t("network.counts", { people: t("leads#", { n: network.people.length }), ties: t("ties#", { n: network.ties.length }) })}</p>}
      {ties.map((tie) => (
        <section key={`${tie.kind} ${tie.label}`} className="network-tie">
          <h3>{t("label", { label: word("tie", tie.kind) })} <Written text={tie.label} /> <span className="soft number">{t("network.of#", { n: tie.count })}</span></h3>
          <ul>
            {tie.links.slice(0, isPicked ? undefined : NAMED_MAX).map((link) => {
              const who = network.people.find((each) => each.id === link.person);
              return (
                <li key={`${link.person} ${link.record}`}>
                  <Link href={`/leads/${encodeURIComponent(link.person)}`}><Written text={who?.name ?? link.person} /></Link>{" "}
                  {link.written === tie.label ? null : <span className="small"><Written text={link.written} /></span>}{" "}
                  {link.document ? <Link className="soft small" href={`/documents/${link.document}`}><bdi dir="ltr">{link.path ?? t("peek.document")}</bdi></Link> : <span className="soft small">{t("network.judged")}</span>}
                </li>
              );
            })}
          </ul>
          {!isPicked && tie.links.length > NAMED_MAX ? <Button size="small" variant="minimal" onClick={() => onPick({ kind: "tie", id: `${tie.kind} ${tie.label}` })}>{t("network.more#", { n: tie.count - NAMED_MAX })}</Button> : null}
        </section>
      ))}
    </div>
  );
}
