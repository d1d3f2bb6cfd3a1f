// One thing done to many leads: shown first with the number and ten of them drawn at random, done
// with a reason, taken back at one go. The server refuses to say "same" of leads that nothing but a
// name speaks for.
import { Button, Callout, Dialog, DialogBody, DialogFooter, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { type BulkAct, type Filter, type Status, STATUSES, type Verdict } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { ReasonField } from "../../parts/reason";
import { StatusTag } from "../../parts/status";
import { WriteButton } from "../../parts/write-button";
import { useCase } from "../../shell/case";
import { Failed, Waiting } from "../../shell/states";
import { useActs } from "../../work/acts";

const ACTS: readonly BulkAct["act"][] = ["decide", "judge_best", "assign", "mark"];

export function BulkBar({ count, isPicked, onAct, onClear }: { count: number; isPicked: boolean; onAct: (act: BulkAct["act"]) => void; onClear: () => void }) {
  const { t } = useText();
  if (count === 0) return null;
  return (
    <div className="bulk-bar">
      <span>{isPicked ? t("bulk.picked#", { n: count }) : t("bulk.all#", { n: count })}</span>
      {ACTS.map((act) => <WriteButton needs="decide" key={act} size="small" onClick={() => onAct(act)}>{t(`bulk.${act}`)}</WriteButton>)}
      {isPicked ? <Button size="small" variant="minimal" onClick={onClear}>{t("bulk.clear")}</Button> : null}
    </div>
  );
}

interface DialogProps {
  readonly act: BulkAct["act"];
  readonly filter: Filter;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function BulkDialog({ act, filter, onClose, onDone }: DialogProps) {
  const { t } = useText();
  const { name, calls } = useCase();
  const acts = useActs();
  const [status, setStatus] = useState<Status>("not_found");
  const [verdict, setVerdict] = useState<Verdict>("different");
  const [text, setText] = useState("");
  const [due, setDue] = useState("");
  const [reason, setReason] = useState("");
  const [isBusy, setBusy] = useState(false);
  const what: BulkAct = act === "decide" ? { act, status }
    : act === "judge_best" ? { act, verdict }
    : act === "assign" ? { act, to: text.trim() || null, due: due || null }
    : { act, kind: "tag", value: text.trim(), on: true };
  const preview = useQuery({
    // What is assigned or tagged does not change which leads it is done to.
    queryKey: [name, "preview", filter, act, act === "decide" ? status : verdict],
    queryFn: () => calls.preview(filter, what.act === "mark" ? { ...what, value: what.value || "…" } : what),
    gcTime: 0, staleTime: 0,
  });
  const needsReason = act === "decide" || act === "judge_best";
  const blocked = (preview.data?.name_alone.length ?? 0) > 0;
  const ready = preview.data && !blocked && preview.data.count > 0 && (!needsReason || reason.trim()) && (act !== "mark" || text.trim());
  const commit = async () => {
    if (!preview.data) return;
    setBusy(true);
    const { count, seq } = preview.data;
    const body = { filter, what, seen: seq, count, ...(reason.trim() ? { reason: reason.trim() } : {}) };
    const written = await acts.run(() => calls.bulk(body), t("bulk.done#", { n: count }));
    setBusy(false);
    if (written) onDone();
    else void preview.refetch();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t(`bulk.${act}`)} className="bulk-dialog">
      <DialogBody>
        <div className="stack">
          {act === "decide" ? (
            <label className="row">{t("bulk.status")}
              <HTMLSelect value={status} onChange={(event) => setStatus(event.currentTarget.value as Status)}>
                {STATUSES.map((each) => <option key={each} value={each}>{t(`status.${each}`)}</option>)}
              </HTMLSelect>
            </label>
          ) : act === "judge_best" ? (
            <label className="row">{t("bulk.verdict")}
              <HTMLSelect value={verdict} onChange={(event) => setVerdict(event.currentTarget.value as Verdict)}>
                {(["different", "unsure", "same"] as const).map((each) => <option key={each} value={each}>{t(`verdict.${each}`)}</option>)}
              </HTMLSelect>
            </label>
          ) : (
            <label className="row">{t(act === "assign" ? "assign.to" : "tag.name")}
              <InputGroup autoFocus value={text} dir="auto" maxLength={100} onChange={(event) => setText(event.currentTarget.value)} />
            </label>
          )}
          {act === "assign" ? <label className="row">{t("assign.due")} <InputGroup type="date" value={due} onChange={(event) => setDue(event.currentTarget.value)} /></label> : null}
          {preview.error ? <Failed error={preview.error} retry={() => void preview.refetch()} />
            : !preview.data ? <Waiting /> : (
              <>
                <p><strong>{t("bulk.would#", { n: preview.data.count })}</strong>{preview.data.decided > 0 ? <> {t("bulk.decided#", { n: preview.data.decided })}</> : null}</p>
                {blocked ? (
                  <Callout intent="danger" title={t("bulk.name_alone#", { n: preview.data.name_alone.length })}>{t("bulk.name_alone_hint")}</Callout>
                ) : null}
                <section aria-label={t("bulk.sample")}>
                  <h3>{t("bulk.sample")}</h3>
                  <ul className="bulk-sample">
                    {preview.data.sample.map((lead) => (
                      <li key={lead.id}><Written text={lead.names[0] ?? t("lead.no_name")} /> <StatusTag status={lead.decision?.status ?? lead.status} isDecided={!!lead.decision} />{" "}
                        {lead.best && lead.best.proposes !== "not_found" ? <span className="soft small"><Written text={lead.best.caption} /></span> : null}</li>
                    ))}
                  </ul>
                </section>
              </>
            )}
          <ReasonField kind={act === "judge_best" ? "judge" : "decide"} value={reason} onChange={setReason} isNeeded={needsReason} />
        </div>
      </DialogBody>
      <DialogFooter
        actions={(
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <WriteButton needs="decide" intent="primary" disabled={!ready} loading={isBusy} onClick={() => void commit()}>
              {t("bulk.commit#", { n: preview.data?.count ?? 0 })}
            </WriteButton>
          </>
        )}
      >
        <span className="soft small">{t("bulk.one_undo")}</span>
      </DialogFooter>
    </Dialog>
  );
}
