// The records of one person: why they are one, what they hang together by; set apart or joined with
// another, the change shown before it is written.
import { Button, Callout, Checkbox, InputGroup } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";

import type { LeadDetail, LeadRecord, Pair, Regrouping } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { Written } from "../../parts/bidi";
import { EntryList } from "../../parts/entry-list";
import { ReasonField } from "../../parts/reason";
import { formatProbability, formatWeight } from "../../parts/score";
import { LEVEL_SIGN } from "../../parts/status";
import { useCase } from "../../shell/case";
import { Failed, useFailure, Waiting } from "../../shell/states";
import { useToast } from "../../shell/toasts";
import { useActs } from "../../work/acts";
import { Guard } from "./guard";
import "../../styles/person.css";

/** What is shown of each record beside the others. */
const KEYS = ["full_name", "kunya", "birth_date", "nationality", "mother_name", "entry_point", "entry_date"] as const;

export default function Person({ id }: { id: string }) {
  const { t } = useText();
  const { name, calls } = useCase();
  const [, navigate] = useLocation();
  const acts = useActs();
  const cluster = useQuery({ queryKey: [name, "cluster", id], queryFn: ({ signal }) => calls.cluster(id, signal) });
  const detail = useQuery({ queryKey: [name, "lead", id], queryFn: ({ signal }) => calls.lead(id, signal) });
  useKeys({ undo: () => void acts.undoLast(), queue: () => navigate("/queue"), open: () => navigate(`/leads/${encodeURIComponent(id)}`) });
  const error = cluster.error ?? detail.error;
  if (error) return <Failed error={error} retry={() => { void cluster.refetch(); void detail.refetch(); }} />;
  if (!cluster.data || !detail.data) return <Waiting />;
  const { lead, members, pairs, bridge, history, seq } = cluster.data;
  return (
    <div className="screen">
      <div className="screen-head">
        <h1><Written text={lead.names[0] ?? t("lead.no_name")} /></h1>
        <span className="soft">{t("records#", { n: members.length })}</span>
        <Link className="end" href={`/leads/${encodeURIComponent(id)}`}>{t("person.back")}</Link>
      </div>
      <Split key={members.join(" ")} id={lead.id} detail={detail.data} members={members} seq={seq} />
      <section className="sheet">
        <h2>{t("person.why")}</h2>
        {pairs.length === 0 ? <p className="soft">{members.length < 2 ? t("person.alone") : t("person.no_pairs")}</p> : <Pairs pairs={pairs} records={detail.data.records} />}
        {bridge ? <p className="small">{t("person.bridge", { weight: formatWeight(bridge.weight), left: labelOf(bridge.left, detail.data.records), right: labelOf(bridge.right, detail.data.records) })}</p> : null}
      </section>
      <Merge id={lead.id} seq={seq} />
      <Guard lead={lead.id} />
      <section className="sheet"><h2>{t("section.history")}</h2>{history.length === 0 ? <p className="soft">{t("history.none")}</p> : <EntryList entries={history} />}</section>
    </div>
  );
}

function labelOf(record: string, records: readonly LeadRecord[]): string {
  const found = records.find((each) => each.id === record);
  return found ? `${found.path}${found.row > 0 ? ` (${found.row + 1})` : ""}` : record;
}

function Split({ id, detail, members, seq }: { id: string; detail: LeadDetail; members: readonly string[]; seq: number }) {
  const { t, word } = useText();
  const { calls } = useCase();
  const acts = useActs();
  const show = useToast();
  const failure = useFailure();
  const [apart, setApart] = useState<readonly string[]>([]);
  const [preview, setPreview] = useState<Regrouping>();
  const [reason, setReason] = useState("");
  const pick = (record: string, on: boolean) => {
    setPreview(undefined);
    setApart(on ? [...apart, record] : apart.filter((each) => each !== record));
  };
  const look = () => calls.previewSplit(id, apart).then(setPreview, (error: unknown) => show({ text: failure(error).text, kind: "failed" }));
  const commit = async () => {
    const written = await acts.run(() => calls.split(id, { apart, seen: preview?.seq ?? seq, reason: reason.trim() }), t("person.split_done", { n: apart.length }));
    if (written) {
      setApart([]);
      setPreview(undefined);
    }
  };
  const records = members.map((member) => detail.records.find((record) => record.id === member)).filter((record) => record !== undefined);
  return (
    <section className="sheet">
      <h2>{t("person.records")}</h2>
      <div className="person-scroll">
        <table className="plain">
          <thead><tr><th>{t("person.apart")}</th><th>{t("person.record")}</th>{KEYS.map((key) => <th key={key}>{word("key", key)}</th>)}</tr></thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.id} className={apart.includes(record.id) ? "person-apart" : ""}>
                <td><Checkbox className="person-pick" checked={apart.includes(record.id)} disabled={members.length < 2} aria-label={t("person.pick", { record: labelOf(record.id, records) })} onChange={(event) => pick(record.id, event.currentTarget.checked)} /></td>
                <td><Link href={`/documents/${record.document}`}><bdi dir="ltr">{record.path}</bdi></Link>{record.row > 0 ? <span className="soft small"> {record.row + 1}</span> : null}</td>
                {KEYS.map((key) => <td key={key}>{record.values.filter((value) => value.key === key).map((value, at) => <div key={at}><Written text={value.written} /></div>)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {apart.length > 0 && apart.length < members.length ? (
        <div className="stack person-change">
          <Button onClick={() => void look()}>{t("person.preview_split", { n: apart.length })}</Button>
          {preview ? (
            <>
              <Change preview={preview} records={records} />
              <ReasonField kind="split" value={reason} onChange={setReason} isNeeded />
              <Button intent="primary" disabled={!reason.trim()} onClick={() => void commit()}>{t("person.split")}</Button>
            </>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

/** What there would be, and the pairs that decide it. */
function Change({ preview, records }: { preview: Regrouping; records: readonly LeadRecord[] }) {
  const { t } = useText();
  return (
    <>
      <p>{t("person.groups", { n: preview.groups.length })} {preview.groups.map((group) => group.length).join(" + ")} · {t("person.judged", { n: preview.judged })}</p>
      {preview.warnings.length > 0 ? <Callout intent="warning" compact title={t("person.warnings")}><ul>{preview.warnings.map((warning) => <li key={warning}><Written text={warning} /></li>)}</ul></Callout> : null}
      <Pairs pairs={preview.pairs} records={records} />
    </>
  );
}

function Pairs({ pairs, records }: { pairs: readonly Pair[]; records: readonly LeadRecord[] }) {
  const { t, word } = useText();
  return (
    <table className="plain">
      <thead><tr><th>{t("person.pair")}</th><th className="num">{t("figure.weight")}</th><th className="num">{t("figure.probability")}</th><th>{t("person.speaks")}</th></tr></thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={`${pair.left} ${pair.right}`}>
            <td><bdi dir="ltr">{labelOf(pair.left, records)}</bdi> / <bdi dir="ltr">{labelOf(pair.right, records)}</bdi>{pair.judgement ? <span className="tag">{t(`verdict.${pair.judgement.verdict}`)}</span> : null}</td>
            <td className="num" dir="ltr">{formatWeight(pair.weight)}</td>
            <td className="num" dir="ltr">{formatProbability(pair.probability)}</td>
            <td>
              {pair.explanation.parts.filter((part) => part.level !== "missing").map((part) => (
                <span key={part.comparison} className={`level level-${part.level}`} title={part.notes.join("\n")}><span aria-hidden="true">{LEVEL_SIGN[part.level]}</span> {word("key", part.comparison)} <span className="visually-hidden">{t(`level.${part.level}`)}</span></span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Merge({ id, seq }: { id: string; seq: number }) {
  const { t } = useText();
  const { calls } = useCase();
  const acts = useActs();
  const show = useToast();
  const failure = useFailure();
  const [other, setOther] = useState("");
  const [preview, setPreview] = useState<Regrouping>();
  const [reason, setReason] = useState("");
  const look = () => calls.previewMerge(id, other.trim()).then(setPreview, (error: unknown) => show({ text: failure(error).text, kind: "failed" }));
  const commit = async () => {
    const written = await acts.run(() => calls.merge({ left: id, right: other.trim(), seen: preview?.seq ?? seq, reason: reason.trim() }), t("person.merge_done"));
    if (written) {
      setPreview(undefined);
      setOther("");
    }
  };
  return (
    <section className="sheet">
      <h2>{t("person.merge_title")}</h2>
      <div className="stack">
        <form className="row" onSubmit={(event) => { event.preventDefault(); if (other.trim()) void look(); }}>
          <label className="row">{t("goto.id")} <InputGroup dir="ltr" value={other} onChange={(event) => { setOther(event.currentTarget.value); setPreview(undefined); }} /></label>
          <Button type="submit" disabled={!other.trim()}>{t("person.preview_merge")}</Button>
        </form>
        {preview ? (
          <>
            <Change preview={preview} records={[]} />
            <ReasonField kind="same" value={reason} onChange={setReason} isNeeded />
            <Button intent="primary" disabled={!reason.trim()} onClick={() => void commit()}>{t("person.merge")}</Button>
          </>
        ) : null}
      </div>
    </section>
  );
}
