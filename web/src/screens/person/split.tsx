// The records of a person in two groups: those that stay, and those that are set apart. A record is dragged
// from one to the other, or ticked; what that would do shows at once and is written with a reason.
import { Checkbox } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { Link } from "wouter";

import type { LeadDetail, LeadRecord } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { ReasonField } from "../../parts/reason";
import { WriteButton } from "../../parts/write-button";
import { useCase } from "../../shell/case";
import { useFailure } from "../../shell/states";
import { useActs } from "../../work/acts";
import { Change, labelOf } from "./change";

/** What is shown of each record beside the others. */
const KEYS = ["full_name", "kunya", "birth_date", "nationality", "mother_name", "entry_point", "entry_date"] as const;
/** What a dragged record is told by; a text from elsewhere has another type. */
const DRAGGED = "application/x-crossroll-record";

interface Props {
  readonly id: string;
  readonly detail: LeadDetail;
  readonly members: readonly string[];
  readonly seq: number;
}

export function Split({ id, detail, members, seq }: Props) {
  const { t, word } = useText();
  const { name, calls } = useCase();
  const acts = useActs();
  const failure = useFailure();
  const [apart, setApart] = useState<readonly string[]>([]);
  const [reason, setReason] = useState("");
  const isSplit = apart.length > 0 && apart.length < members.length;
  const preview = useQuery({
    queryKey: [name, "split-preview", id, seq, apart.join(" ")], enabled: isSplit, placeholderData: keepPreviousData, retry: false,
    queryFn: () => calls.previewSplit(id, apart),
  });
  const move = (record: string, isApart: boolean) => {
    if (members.includes(record)) setApart((now) => (isApart ? [...now.filter((each) => each !== record), record] : now.filter((each) => each !== record)));
  };
  const commit = async () => {
    const written = await acts.run(
      () => calls.split(id, { apart, seen: preview.data?.seq ?? seq, reason: reason.trim() }), t("person.split_done#", { n: apart.length }),
    );
    if (written) setApart([]);
  };
  const records = members.map((member) => detail.records.find((record) => record.id === member)).filter((record) => record !== undefined);
  const group = (isApart: boolean) => records.filter((record) => apart.includes(record.id) === isApart);
  return (
    <section className="sheet">
      <h2>{t("person.records")}</h2>
      <div className="person-scroll">
        <table className="plain">
          <thead><tr><th>{t("person.apart")}</th><th>{t("person.record")}</th>{KEYS.map((key) => <th key={key}>{word("key", key)}</th>)}</tr></thead>
          <Group title={t("person.stays")} records={group(false)} all={records} isApart={false} canMove={members.length > 1} onMove={move} />
          {members.length > 1 ? <Group title={t("person.set_apart")} records={group(true)} all={records} isApart canMove onMove={move} /> : null}
        </table>
      </div>
      {apart.length === members.length ? <p className="soft">{t("person.one_stays")}</p> : null}
      {isSplit && preview.error ? <p className="lead-alert" role="alert">{failure(preview.error).text}</p> : null}
      {isSplit && preview.data ? (
        <div className="stack person-change" aria-busy={preview.isPlaceholderData}>
          <Change preview={preview.data} records={records} />
          <ReasonField kind="split" value={reason} onChange={setReason} isNeeded />
          <WriteButton intent="primary" disabled={!reason.trim() || preview.isPlaceholderData} onClick={() => void commit()}>{t("person.split")}</WriteButton>
        </div>
      ) : null}
    </section>
  );
}

interface GroupProps {
  readonly title: string;
  readonly records: readonly LeadRecord[];
  readonly all: readonly LeadRecord[];
  readonly isApart: boolean;
  readonly canMove: boolean;
  readonly onMove: (record: string, isApart: boolean) => void;
}

function Group({ title, records, all, isApart, canMove, onMove }: GroupProps) {
  const { t } = useText();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onMove(event.dataTransfer.getData(DRAGGED), isApart);
  };
  return (
    <tbody
      className={`person-group ${isApart ? "is-apart" : ""} ${isOver ? "is-over" : ""}`}
      onDragOver={(event) => { if (event.dataTransfer.types.includes(DRAGGED)) { event.preventDefault(); setOver(true); } }}
      onDragLeave={() => setOver(false)} onDrop={drop}
    >
      {canMove ? <tr><th scope="rowgroup" colSpan={2 + KEYS.length}>{title} <span className="soft number">{records.length}</span></th></tr> : null}
      {records.length === 0 ? <tr><td colSpan={2 + KEYS.length} className="soft">{t("person.drag_here")}</td></tr> : null}
      {records.map((record) => (
        <tr
          key={record.id} draggable={canMove} className={canMove ? "person-moves" : ""}
          onDragStart={(event) => { event.dataTransfer.setData(DRAGGED, record.id); event.dataTransfer.effectAllowed = "move"; }}
        >
          <td><Checkbox className="person-pick" checked={isApart} disabled={!canMove} aria-label={t("person.pick", { record: labelOf(record.id, all) })} onChange={(event) => onMove(record.id, event.currentTarget.checked)} /></td>
          <td><Link href={`/documents/${record.document}`} draggable={false}><bdi dir="ltr">{record.path}</bdi></Link>{record.row > 0 ? <span className="soft small"> {record.row + 1}</span> : null}</td>
          {KEYS.map((key) => <td key={key}>{record.values.filter((value) => value.key === key).map((value, at) => <div key={at}><Written text={value.written} /></div>)}</td>)}
        </tr>
      ))}
    </tbody>
  );
}
