// What leaves the house: shown exactly as it will leave, with what is left out, to whom and why, and
// the hash by which it is known later. Nothing is sent: the file is saved on this machine.
import { Button, Callout, Checkbox, Dialog, DialogBody, DialogFooter, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { useState } from "react";

import type { Filter } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { ReasonField } from "../../parts/reason";
import { WriteButton } from "../../parts/write-button";
import { useCase } from "../../shell/case";
import { Failed } from "../../shell/states";

interface Made {
  readonly text: string;
  readonly sha256: string;
}

/** Characters of the file that are shown; of a long one the beginning. */
const SHOWN_MAX = 20_000;

export function Refer({ filter, onClose }: { filter: Filter; onClose: () => void }) {
  const { t, number } = useText();
  const { calls } = useCase();
  const [format, setFormat] = useState<"csv" | "ftm">("csv");
  const [sensitive, setSensitive] = useState(false);
  const [recipient, setRecipient] = useState("");
  const [isSure, setSure] = useState(false);
  const [reason, setReason] = useState("");
  const [made, setMade] = useState<Made>();
  const [error, setError] = useState<unknown>();
  const stale = () => setMade(undefined);
  const ready = reason.trim() !== "" && recipient.trim() !== "" && isSure;
  const make = async () => {
    setError(undefined);
    try {
      const text = await calls.export({ format, filter, sensitive, reason: `${recipient.trim()}: ${reason.trim()}` });
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
      const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      setMade({ text, sha256 });
    } catch (failure) {
      setError(failure);
    }
  };
  const save = () => {
    if (!made) return;
    const url = URL.createObjectURL(new Blob([made.text], { type: format === "csv" ? "text/csv" : "application/x-ndjson" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = format === "csv" ? "leads.csv" : "leads.ftm.json";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("refer.title")} className="refer">
      <DialogBody>
        <div className="stack">
          <div className="row row-wrap">
            <label className="row">{t("refer.format")}
              <HTMLSelect value={format} onChange={(event) => { setFormat(event.currentTarget.value as "csv" | "ftm"); stale(); }}>
                <option value="csv">{t("refer.csv")}</option>
                <option value="ftm">{t("refer.ftm")}</option>
              </HTMLSelect>
            </label>
            <Checkbox checked={sensitive} label={t("refer.sensitive")} onChange={(event) => { setSensitive(event.currentTarget.checked); stale(); }} />
          </div>
          <p className="soft small">{sensitive ? t("refer.sensitive_hint") : t("refer.redacted_hint")}</p>
          <label className="stack">{t("refer.recipient")}<InputGroup autoFocus dir="auto" value={recipient} maxLength={200} onChange={(event) => { setRecipient(event.currentTarget.value); stale(); }} /></label>
          <Checkbox checked={isSure} label={t("refer.checked")} onChange={(event) => setSure(event.currentTarget.checked)} />
          <ReasonField kind="export" value={reason} onChange={(next) => { setReason(next); stale(); }} isNeeded />
          {error ? <Failed error={error} /> : null}
          {made ? (
            <>
              <p className="small">{t("refer.size", { n: number(new TextEncoder().encode(made.text).length) })} SHA-256 <bdi className="code refer-hash" dir="ltr">{made.sha256}</bdi></p>
              <pre className="refer-text" dir="auto" tabIndex={0} aria-label={t("refer.preview")}>{made.text.slice(0, SHOWN_MAX)}</pre>
            </>
          ) : <Callout compact>{t("refer.not_made")}</Callout>}
        </div>
      </DialogBody>
      <DialogFooter
        actions={(
          <>
            <Button onClick={onClose}>{t("close")}</Button>
            <WriteButton needs="export" disabled={!ready} onClick={() => void make()}>{t("refer.make")}</WriteButton>
            <Button intent="primary" disabled={!made || !ready} onClick={save}>{t("refer.save")}</Button>
          </>
        )}
      />
    </Dialog>
  );
}
