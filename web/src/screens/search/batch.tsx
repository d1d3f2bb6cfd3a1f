// A table of names at one go: each line with how many people and list entries it may be, lines
// without any as well.
import { Button, FileInput, HTMLSelect, TextArea } from "@blueprintjs/core";
import { useState } from "react";
import { Link } from "wouter";

import type { Batch } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { formatScore } from "../../parts/score";
import { useCase } from "../../shell/case";
import { Failed } from "../../shell/states";

const CUTOFFS = [0.5, 0.6, 0.7, 0.8, 0.9] as const;

export function BatchSearch() {
  const { t, number } = useText();
  const { calls } = useCase();
  const [csv, setCsv] = useState("");
  const [file, setFile] = useState("");
  const [cutoff, setCutoff] = useState(0.6);
  const [batch, setBatch] = useState<Batch>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setError(undefined);
    try {
      // A list of bare names gets the header that the server needs.
      const text = /^[^\n]*\bname\b/i.test(csv) ? csv : `name\n${csv.split("\n").map((line) => `"${line.trim().replace(/"/g, '""')}"`).filter((line) => line !== '""').join("\n")}`;
      setBatch(await calls.batch(text, cutoff));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <div className="stack">
      <p className="soft">{t("batch.about")}</p>
      <div className="row row-wrap">
        <FileInput
          text={file || t("batch.file")} buttonText={t("batch.browse")} inputProps={{ accept: ".csv,text/csv", "aria-label": t("batch.file") }}
          onInputChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            if (!chosen) return;
            setFile(chosen.name);
            void chosen.text().then(setCsv);
          }}
        />
        <label className="row">{t("batch.cutoff")}
          <HTMLSelect value={cutoff} onChange={(event) => setCutoff(Number(event.currentTarget.value))}>
            {CUTOFFS.map((each) => <option key={each} value={each}>{formatScore(each)}</option>)}
          </HTMLSelect>
        </label>
        <Button intent="primary" disabled={!csv.trim()} loading={isBusy} onClick={() => void ask()}>{t("batch.ask")}</Button>
      </div>
      <TextArea fill rows={5} dir="auto" value={csv} aria-label={t("batch.text")} placeholder={t("batch.text")} onChange={(event) => setCsv(event.currentTarget.value)} />
      {error ? <Failed error={error} retry={() => void ask()} /> : null}
      {batch ? (
        <section className="sheet">
          <h2>{t("batch.done", { lines: batch.lines, none: batch.without_hit })}</h2>
          <table className="plain">
            <thead><tr><th>{t("batch.line")}</th><th>{t("names.name")}</th><th className="num">{t("batch.people")}</th><th className="num">{t("batch.listed")}</th><th>{t("batch.best")}</th></tr></thead>
            <tbody>
              {batch.results.map((line, at) => (
                <tr key={at} className={line.people + line.listed === 0 ? "soft" : ""}>
                  <td><bdi className="code">{line.id}</bdi></td>
                  <td><Written text={line.name} /></td>
                  <td className="num">{number(line.people)}</td>
                  <td className="num">{number(line.listed)}</td>
                  <td>
                    {line.best_lead ? <Link href={`/leads/${encodeURIComponent(line.best_lead)}`}>{t("entry.lead")} {formatScore(line.best_lead_score ?? 0)}</Link> : null}{" "}
                    {line.best_listed ? <Link href={`/lists?entity=${encodeURIComponent(line.best_listed)}`}>{line.best_listed} {formatScore(line.best_listed_score ?? 0)}</Link> : null}
                    {line.people + line.listed === 0 ? t("batch.none") : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </div>
  );
}
