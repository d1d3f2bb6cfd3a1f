// What the case lead does for the protection of a person: keeps them from everybody else's eyes, or
// erases their records for good. Nothing else in these screens cannot be undone, so this asks twice.
import { Button, Callout, Checkbox, Dialog, DialogBody, DialogFooter } from "@blueprintjs/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import type { Erased } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { ReasonField } from "../../parts/reason";
import { WriteButton } from "../../parts/write-button";
import { useCase, useMay } from "../../shell/case";
import { useFailure } from "../../shell/states";
import { useToast } from "../../shell/toasts";

export function Guard({ lead }: { lead: string }) {
  const { t } = useText();
  const { name, calls } = useCase();
  const mayProtect = useMay()("protect");
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const [reason, setReason] = useState("");
  const [isErasing, setErasing] = useState(false);
  const { data } = useQuery({ queryKey: [name, "protection"], queryFn: ({ signal }) => calls.protection(signal), enabled: mayProtect });
  if (!mayProtect || !data) return null;
  const isRestricted = data.restricted.some(({ kind, id }) => kind === "lead" && id === lead);
  const restrict = () => calls.restrict({ subject: { kind: "lead", id: lead }, on: !isRestricted, reason: reason.trim() }).then(
    () => {
      show({ text: t(isRestricted ? "guard.shown" : "guard.hidden") });
      setReason("");
      void client.invalidateQueries({ queryKey: [name] });
    },
    (error: unknown) => show({ text: failure(error).text, kind: "failed" }),
  );
  return (
    <section className="sheet">
      <h2>{t("guard.title")}</h2>
      <div className="stack">
        <p className="soft small">{t(isRestricted ? "guard.is_hidden" : "guard.about")}</p>
        <ReasonField kind="protect" value={reason} onChange={setReason} isNeeded />
        <div className="row">
          <WriteButton needs="protect" disabled={!reason.trim()} onClick={() => void restrict()}>{t(isRestricted ? "guard.show" : "guard.hide")}</WriteButton>
          <WriteButton needs="protect" intent="danger" variant="outlined" disabled={!reason.trim()} onClick={() => setErasing(true)}>{t("guard.erase")}</WriteButton>
        </div>
      </div>
      <Erasing key={String(isErasing)} isOpen={isErasing} lead={lead} reason={reason.trim()} close={() => setErasing(false)} />
    </section>
  );
}

function Erasing({ isOpen, lead, reason, close }: { isOpen: boolean; lead: string; reason: string; close: () => void }) {
  const { t } = useText();
  const { name, calls } = useCase();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const show = useToast();
  const failure = useFailure();
  const [isSure, setSure] = useState(false);
  const [withDocument, setWithDocument] = useState(false);
  const erase = () => calls.erase({ subject: { kind: "lead", id: lead }, with_document: withDocument, reason }).then(
    (erased: Erased[]) => {
      const kept = withDocument ? erased.filter((one) => !one.is_document_gone).length : 0;
      show({ text: `${t("guard.erased", { n: erased.length })}${kept > 0 ? ` ${t("guard.kept", { n: kept })}` : ""}` });
      navigate("/queue");
      void client.invalidateQueries({ queryKey: [name] });
    },
    (error: unknown) => {
      close();
      show({ text: failure(error).text, kind: "failed" });
    },
  );
  return (
    <Dialog isOpen={isOpen} onClose={close} title={t("guard.erase")}>
      <DialogBody>
        <div className="stack">
          <Callout intent="danger" compact>{t("guard.no_undo")}</Callout>
          <Checkbox checked={withDocument} label={t("guard.with_document")} onChange={(event) => setWithDocument(event.currentTarget.checked)} />
          <Checkbox checked={isSure} label={t("guard.sure")} onChange={(event) => setSure(event.currentTarget.checked)} />
        </div>
      </DialogBody>
      <DialogFooter actions={<><Button onClick={close}>{t("cancel")}</Button><WriteButton needs="protect" intent="danger" disabled={!isSure} onClick={() => void erase()}>{t("guard.erase_now")}</WriteButton></>} />
    </Dialog>
  );
}
