// A value is corrected: what stands on the page is typed beside what was read. The reading stays in
// the case; the correction stands beside it with its reason. Other documents with the same reading are
// pointed to.
import { HTMLSelect, InputGroup } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import type { LeadRecord } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { ReasonField } from "../../parts/reason";
import { useCase } from "../../shell/case";
import { Ask } from "./dialogs";
import { copyLetter } from "./fields";

export interface Correction {
  readonly record: string;
  readonly key: string;
  readonly before: string;
  readonly written: string | null;
  readonly reason: string;
}

interface Props {
  readonly records: readonly LeadRecord[];
  /** The value that is to be corrected first, if one was chosen. */
  readonly chosen: { readonly record: string; readonly key: string } | undefined;
  readonly onClose: () => void;
  readonly onCommit: (correction: Correction) => void;
}

/** Questions that a form may have left empty and a person may find answered. */
const ALWAYS: readonly string[] = ["full_name", "kunya", "mother_name", "birth_date", "nationality", "entry_point", "entry_date", "contact"];

export function Correct({ records, chosen, onClose, onCommit }: Props) {
  const { t, word } = useText();
  const { name, calls } = useCase();
  const [record, setRecord] = useState(chosen?.record ?? records[0]?.id ?? "");
  const [key, setKey] = useState(chosen?.key ?? "birth_date");
  const values = records.find((each) => each.id === record)?.values ?? [];
  const before = values.find((value) => value.key === key)?.written ?? "";
  const [written, setWritten] = useState(before);
  const [reason, setReason] = useState("");
  const keys = [...new Set([...values.map((value) => value.key), ...ALWAYS])];
  const pick = (nextRecord: string, nextKey: string) => {
    setRecord(nextRecord);
    setKey(nextKey);
    setWritten(records.find((each) => each.id === nextRecord)?.values.find((value) => value.key === nextKey)?.written ?? "");
  };
  const same = useQuery({
    queryKey: [name, "same-reading", before], enabled: before.length > 2, staleTime: 60_000,
    queryFn: ({ signal }) => calls.search({ q: before, in: ["text"], top: 5 }, signal),
  });
  const others = (same.data?.documents_total ?? 0) - 1;
  return (
    <Ask
      title={t("correct.title")} commit={t("correct.commit")} isReady={reason.trim() !== "" && written.trim() !== before.trim()} onClose={onClose}
      onCommit={() => onCommit({ record, key, before, written: written.trim() || null, reason: reason.trim() })}
    >
      <div className="row row-wrap">
        {records.length > 1 ? (
          <label className="row">{t("correct.copy")}
            <HTMLSelect value={record} onChange={(event) => pick(event.currentTarget.value, key)}>
              {records.map((each, copy) => <option key={each.id} value={each.id}>{copyLetter(copy)} — {each.path}</option>)}
            </HTMLSelect>
          </label>
        ) : null}
        <label className="row">{t("correct.field")}
          <HTMLSelect value={key} onChange={(event) => pick(record, event.currentTarget.value)}>
            {keys.map((each) => <option key={each} value={each}>{word("key", each)}</option>)}
          </HTMLSelect>
        </label>
      </div>
      <p>{t("correct.before")} {before ? <Written text={before} /> : <span className="soft">{t("evidence.not_stated")}</span>}</p>
      <label className="stack">{t("correct.written")}
        <InputGroup autoFocus dir="auto" value={written} maxLength={4000} onChange={(event) => setWritten(event.currentTarget.value)} />
      </label>
      <ReasonField kind="correct" value={reason} onChange={setReason} isNeeded />
      {others > 0 ? (
        <p className="small"><Link href={`/search?q=${encodeURIComponent(before)}`}>{t("correct.same#", { n: others })}</Link> <span className="soft">{t("correct.same_hint")}</span></p>
      ) : null}
    </Ask>
  );
}
