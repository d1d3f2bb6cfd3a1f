// What a lead is asked about before it is written: reasons, values, words, grades. Enter commits,
// Escape closes; nothing is written before.
import { Button, Checkbox, Dialog, DialogBody, DialogFooter, HTMLSelect, InputGroup, TextArea } from "@blueprintjs/core";
import { type FormEvent, type ReactNode, useState } from "react";

import type { Life } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { ReasonField, type ReasonKind } from "../../parts/reason";

interface AskProps {
  readonly title: string;
  readonly commit: string;
  readonly isReady: boolean;
  readonly onClose: () => void;
  readonly onCommit: () => void;
  readonly children: ReactNode;
}

export function Ask({ title, commit, isReady, onClose, onCommit, children }: AskProps) {
  const { t } = useText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onCommit();
  };
  return (
    <Dialog isOpen onClose={onClose} title={title} className="ask">
      <form onSubmit={submit}>
        <DialogBody><div className="stack">{children}</div></DialogBody>
        <DialogFooter actions={<><Button onClick={onClose}>{t("cancel")}</Button><Button type="submit" intent="primary" disabled={!isReady}>{commit}</Button></>} />
      </form>
    </Dialog>
  );
}

export function AskReason({ title, kind, onClose, onCommit, children }: { title: string; kind: ReasonKind; onClose: () => void; onCommit: (reason: string) => void; children?: ReactNode }) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  return (
    <Ask title={title} commit={t("commit")} isReady={reason.trim() !== ""} onClose={onClose} onCommit={() => onCommit(reason.trim())}>
      {children}
      <ReasonField kind={kind} value={reason} onChange={setReason} isNeeded autoFocus />
    </Ask>
  );
}

const RELATIONS = ["kin", "father", "son", "brother", "spouse", "recommender", "namesake", "other"] as const;

export function AskRelation({ onClose, onCommit }: { onClose: () => void; onCommit: (relation: string, reason: string) => void }) {
  const { t, word } = useText();
  const [relation, setRelation] = useState<string>("kin");
  const [reason, setReason] = useState("");
  return (
    <Ask title={t("related.title")} commit={t("commit")} isReady onClose={onClose} onCommit={() => onCommit(relation, reason.trim())}>
      <label className="row">{t("related.how")}
        <HTMLSelect autoFocus value={relation} onChange={(event) => setRelation(event.currentTarget.value)}>
          {RELATIONS.map((each) => <option key={each} value={each}>{word("relation", each)}</option>)}
        </HTMLSelect>
      </label>
      <ReasonField kind="judge" value={reason} onChange={setReason} isNeeded={false} />
    </Ask>
  );
}

export function AskNote({ initial, onClose, onCommit }: { initial: string; onClose: () => void; onCommit: (text: string) => void }) {
  const { t } = useText();
  const [text, setText] = useState(initial);
  return (
    <Ask title={t("note.title")} commit={t("note.commit")} isReady={text.trim() !== ""} onClose={onClose} onCommit={() => onCommit(text.trim())}>
      <TextArea autoFocus fill rows={5} dir="auto" value={text} aria-label={t("note.title")} maxLength={8000} onChange={(event) => setText(event.currentTarget.value)} />
    </Ask>
  );
}

export function AskTag({ known, onClose, onCommit }: { known: readonly string[]; onClose: () => void; onCommit: (tag: string, on: boolean) => void }) {
  const { t } = useText();
  const [text, setText] = useState("");
  return (
    <Ask title={t("tag.title")} commit={t("tag.commit")} isReady={text.trim() !== ""} onClose={onClose} onCommit={() => onCommit(text.trim(), true)}>
      <label className="stack">{t("tag.name")}<InputGroup autoFocus dir="auto" value={text} maxLength={60} onChange={(event) => setText(event.currentTarget.value)} /></label>
      {known.length > 0 ? (
        <div className="row row-wrap">
          {known.map((tag) => <button key={tag} type="button" className="chip" aria-label={t("tag.remove", { tag })} onClick={() => onCommit(tag, false)}><bdi>{tag}</bdi> <span aria-hidden="true">×</span></button>)}
        </div>
      ) : null}
    </Ask>
  );
}

export function AskAssign({ to, due, me, onClose, onCommit }: { to: string; due: string; me: string; onClose: () => void; onCommit: (to: string | null, due: string | null) => void }) {
  const { t } = useText();
  const [name, setName] = useState(to || me);
  const [day, setDay] = useState(due);
  return (
    <Ask title={t("assign.title")} commit={t("assign.commit")} isReady onClose={onClose} onCommit={() => onCommit(name.trim() || null, day || null)}>
      <label className="stack">{t("assign.to")}<InputGroup autoFocus dir="auto" value={name} maxLength={100} placeholder={t("assign.nobody")} onChange={(event) => setName(event.currentTarget.value)} /></label>
      <label className="stack">{t("assign.due")}<InputGroup type="date" value={day} onChange={(event) => setDay(event.currentTarget.value)} /></label>
    </Ask>
  );
}

export function GradeField({ value, onChange, autoFocus = false }: { value: string; onChange: (grade: string) => void; autoFocus?: boolean }) {
  const { t, word } = useText();
  const [letter, digit] = [value.charAt(0) || "F", value.charAt(1) || "6"];
  // A letter and a number by their keys, wherever the focus is in the field.
  const onKey = (key: string) => {
    const upper = key.toUpperCase();
    if (/^[A-F]$/.test(upper)) onChange(upper + digit);
    else if (/^[1-6]$/.test(key)) onChange(letter + key);
    else return false;
    return true;
  };
  return (
    <div className="row row-wrap grade-field" role="group" aria-label={t("life.grade")} onKeyDown={(event) => { if (onKey(event.key)) event.preventDefault(); }}>
      <HTMLSelect autoFocus={autoFocus} value={letter} aria-label={t("grade.reliability")} onChange={(event) => onChange(event.currentTarget.value + digit)}>
        {[..."ABCDEF"].map((each) => <option key={each} value={each}>{each} — {word("grade.reliability", each)}</option>)}
      </HTMLSelect>
      <HTMLSelect value={digit} aria-label={t("grade.credibility")} onChange={(event) => onChange(letter + event.currentTarget.value)}>
        {[..."123456"].map((each) => <option key={each} value={each}>{each} — {word("grade.credibility", each)}</option>)}
      </HTMLSelect>
    </div>
  );
}

export function AskGrade({ grade, subject, onClose, onCommit }: { grade: string; subject: string; onClose: () => void; onCommit: (grade: string) => void }) {
  const { t } = useText();
  const [value, setValue] = useState(grade);
  return (
    <Ask title={t("grade.title")} commit={t("grade.commit", { grade: value })} isReady onClose={onClose} onCommit={() => onCommit(value)}>
      <p className="soft">{t("grade.about", { subject })}</p>
      <GradeField value={value} onChange={setValue} autoFocus />
    </Ask>
  );
}

export interface LifeAnswer {
  readonly life: Life;
  readonly date: string | null;
  readonly text: string;
  readonly grade: string;
}

export function AskLife({ onClose, onCommit }: { onClose: () => void; onCommit: (answer: LifeAnswer) => void }) {
  const { t } = useText();
  const [life, setLife] = useState<Life>("reported_dead");
  const [date, setDate] = useState("");
  const [text, setText] = useState("");
  const [grade, setGrade] = useState("F6");
  const isDate = date === "" || /^\d{4}(-\d{2}(-\d{2})?)?$/.test(date);
  return (
    <Ask
      title={t("life.add")} commit={t("life.commit")} isReady={text.trim() !== "" && isDate} onClose={onClose}
      onCommit={() => onCommit({ life, date: date || null, text: text.trim(), grade })}
    >
      <label className="row">{t("life.claim")}
        <HTMLSelect autoFocus value={life} onChange={(event) => setLife(event.currentTarget.value as Life)}>
          <option value="reported_dead">{t("life.reported_dead")}</option>
          <option value="unknown">{t("life.alive")}</option>
          <option value="disputed">{t("life.disputed")}</option>
        </HTMLSelect>
      </label>
      <label className="stack">{t("life.date")}<InputGroup dir="ltr" value={date} placeholder="2016-03" intent={isDate ? "none" : "danger"} onChange={(event) => setDate(event.currentTarget.value.trim())} /></label>
      <label className="stack">{t("life.words")}<InputGroup dir="auto" value={text} maxLength={4000} onChange={(event) => setText(event.currentTarget.value)} /></label>
      <GradeField value={grade} onChange={setGrade} />
    </Ask>
  );
}

const HANDLING = ["public", "restricted", "source protected", "no onward sharing"] as const;
const CATEGORIES = ["minor", "victim", "witness"] as const;

interface HandlingProps {
  readonly marks: readonly { readonly kind: string; readonly value: string }[];
  readonly onClose: () => void;
  readonly onMark: (kind: "handling" | "category", value: string, on: boolean) => void;
}

export function AskHandling({ marks, onClose, onMark }: HandlingProps) {
  const { t, word } = useText();
  const has = (kind: string, value: string) => marks.some((mark) => mark.kind === kind && mark.value === value);
  const group = (kind: "handling" | "category", values: readonly string[]) => (
    <fieldset>
      <legend>{t(`handling.${kind}`)}</legend>
      {values.map((value) => (
        <Checkbox key={value} checked={has(kind, value)} label={word("handling.value", value)} onChange={(event) => onMark(kind, value, event.currentTarget.checked)} />
      ))}
    </fieldset>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t("handling.title")} className="ask">
      <DialogBody>
        <div className="stack">{group("handling", HANDLING)}{group("category", CATEGORIES)}<p className="soft small">{t("handling.about")}</p></div>
      </DialogBody>
      <DialogFooter actions={<Button intent="primary" onClick={onClose}>{t("close")}</Button>} />
    </Dialog>
  );
}

export function AskGoto({ onClose, onCommit }: { onClose: () => void; onCommit: (id: string) => void }) {
  const { t } = useText();
  const [id, setId] = useState("");
  return (
    <Ask title={t("goto.title")} commit={t("goto.commit")} isReady={id.trim() !== ""} onClose={onClose} onCommit={() => onCommit(id.trim())}>
      <label className="stack">{t("goto.id")}<InputGroup autoFocus dir="ltr" value={id} onChange={(event) => setId(event.currentTarget.value)} /></label>
    </Ask>
  );
}
