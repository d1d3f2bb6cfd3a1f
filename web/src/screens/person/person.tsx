// The records of one person: why they are one, what they hang together by; set apart or joined with
// another, the change shown before it is written.
import { Button } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";

import type { Regrouping } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { Written } from "../../parts/bidi";
import { EntryList } from "../../parts/entry-list";
import { PersonPick } from "../../parts/person-pick";
import { ReasonField } from "../../parts/reason";
import { formatWeight } from "../../parts/score";
import { WriteButton } from "../../parts/write-button";
import { useCase } from "../../shell/case";
import { Failed, useFailure, Waiting } from "../../shell/states";
import { useToast } from "../../shell/toasts";
import { useActs } from "../../work/acts";
import { Change, labelOf, Pairs } from "./change";
import { Guard } from "./guard";
import { Split } from "./split";
import "../../styles/person.css";

export default function Person({ id }: { id: string }) {
  const { t } = useText();
  const { name, calls } = useCase();
  const [, navigate] = useLocation();
  const acts = useActs();
  const cluster = useQuery({ queryKey: [name, "cluster", id], queryFn: ({ signal }) => calls.cluster(id, signal) });
  const detail = useQuery({ queryKey: [name, "lead", id], queryFn: ({ signal }) => calls.lead(id, signal) });
  useKeys({ undo: () => void acts.undoLast(), queue: () => navigate("/queue"), open: () => navigate(`/leads/${encodeURIComponent(id)}`) });
  const error = cluster.error ?? detail.error;
  if (error && (!cluster.data || !detail.data)) return <Failed error={error} retry={() => { void cluster.refetch(); void detail.refetch(); }} />;
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
          <PersonPick id={other} label={t("person.merge_with")} onPick={(next) => { setOther(next); setPreview(undefined); }} />
          <Button type="submit" disabled={!other.trim()}>{t("person.preview_merge")}</Button>
        </form>
        {preview ? (
          <>
            <Change preview={preview} records={[]} />
            <ReasonField kind="same" value={reason} onChange={setReason} isNeeded />
            <WriteButton intent="primary" disabled={!reason.trim()} onClick={() => void commit()}>{t("person.merge")}</WriteButton>
          </>
        ) : null}
      </div>
    </section>
  );
}
