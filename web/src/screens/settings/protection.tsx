// Why the case is kept and until when; who in it was under age, what is restricted and what was
// erased. Purpose and dates are the case lead's to set.
import { Callout, InputGroup, TextArea } from "@blueprintjs/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "wouter";

import { useText } from "../../i18n/use-text";
import { Code } from "../../parts/bidi";
import { WriteButton } from "../../parts/write-button";
import { useCase, useMay } from "../../shell/case";
import { Failed, useFailure, Waiting } from "../../shell/states";
import { useToast } from "../../shell/toasts";

/** People under age that are named before the rest is counted. */
const MINORS_SHOWN = 20;

export function Protection() {
  const { t, date } = useText();
  const { name, calls } = useCase();
  const may = useMay();
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const { data, error, refetch } = useQuery({ queryKey: [name, "protection"], queryFn: ({ signal }) => calls.protection(signal), retry: false });
  const [purpose, setPurpose] = useState("");
  const [basis, setBasis] = useState("");
  const [until, setUntil] = useState("");
  useEffect(() => {
    setPurpose(data?.purpose ?? "");
    setBasis(data?.legal_basis ?? "");
    setUntil(data?.retain_until ?? "");
  }, [data]);
  const save = () => calls.setProtection({ purpose: purpose.trim() || null, legal_basis: basis.trim() || null, retain_until: until.trim() || null }).then(
    () => {
      show({ text: t("protection.done") });
      void client.invalidateQueries({ queryKey: [name, "protection"] });
    },
    (refused: unknown) => {
      const { text, hint } = failure(refused);
      show({ text: hint ? `${text} ${hint}` : text, kind: "failed" });
    },
  );
  const mayChange = may("settings");
  return (
    <section className="sheet">
      <h2>{t("protection.title")}</h2>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting /> : (
        <div className="stack">
          {data.is_past ? <Callout intent="warning" compact>{t("protection.past", { date: date(data.retain_until ?? "") })}</Callout> : null}
          <div className="settings-rows">
            <label htmlFor="set-purpose">{t("protection.purpose")}</label>
            <TextArea id="set-purpose" fill rows={2} dir="auto" readOnly={!mayChange} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)} />
            <label htmlFor="set-basis">{t("protection.basis")}</label>
            <InputGroup id="set-basis" fill dir="auto" readOnly={!mayChange} value={basis} onChange={(event) => setBasis(event.currentTarget.value)} />
            <label htmlFor="set-until">{t("protection.until")}</label>
            <InputGroup id="set-until" type="date" readOnly={!mayChange} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
          </div>
          {mayChange ? <div className="row"><WriteButton needs="settings" intent="primary" onClick={() => void save()}>{t("protection.save")}</WriteButton></div> : null}
          <h3>{t("protection.minors")}</h3>
          {data.minors.length === 0 ? <p className="soft">{t("protection.no_minors")}</p> : (
            <ul className="small">
              {data.minors.slice(0, MINORS_SHOWN).map((record) => <li key={record}><Link href={`/leads/${encodeURIComponent(record)}`}><Code text={record} /></Link></li>)}
              {data.minors.length > MINORS_SHOWN ? <li className="soft">{t("protection.more", { n: data.minors.length - MINORS_SHOWN })}</li> : null}
            </ul>
          )}
          {data.restricted.length > 0 ? (
            <>
              <h3>{t("protection.restricted")}</h3>
              <ul className="small">{data.restricted.map(({ kind, id }) => <li key={`${kind} ${id}`}>{t(`subject.${kind}`)} <Code text={id} /></li>)}</ul>
            </>
          ) : null}
          {data.erased.length > 0 ? (
            <>
              <h3>{t("protection.erased")}</h3>
              <ul className="small">{data.erased.map(({ record, hash }) => <li key={record}><Code text={record} /> <span className="soft">SHA-256 <Code text={hash} /></span></li>)}</ul>
            </>
          ) : null}
          <p className="soft small">{t("protection.sensitive")}</p>
        </div>
      )}
    </section>
  );
}
