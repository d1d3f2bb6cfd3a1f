// A reason: from a list, or in words of one's own, or both.
import { InputGroup } from "@blueprintjs/core";
import { useId } from "react";

import { useText } from "../i18n/use-text";

/** What reasons are offered for; the texts are in the message files. */
const OFFERED = {
  same: ["birth_date", "document", "several", "photo"],
  judge: ["birth_date", "nationality", "mother", "family", "name_common", "unreadable"],
  decide: ["all_ruled_out", "evidence_agrees", "too_little", "claim_credible", "second_source"],
  correct: ["ocr", "calendar", "order", "hand"],
  split: ["father_son", "brothers", "namesakes", "wrong_page"],
  protect: ["minor", "victim", "mistake", "request"],
  export: ["referral", "court", "statistics", "review"],
} as const;
export type ReasonKind = keyof typeof OFFERED;

interface Props {
  readonly kind: ReasonKind;
  readonly value: string;
  readonly onChange: (reason: string) => void;
  readonly isNeeded: boolean;
  readonly autoFocus?: boolean;
}

export function ReasonField({ kind, value, onChange, isNeeded, autoFocus = false }: Props) {
  const { t, word } = useText();
  const id = useId();
  return (
    <div className="stack reason">
      <label htmlFor={id}>{t("reason.title")} <span className="soft">{isNeeded ? t("reason.needed") : t("reason.optional")}</span></label>
      <InputGroup id={id} value={value} dir="auto" maxLength={2000} autoFocus={autoFocus} onChange={(event) => onChange(event.currentTarget.value)} />
      <div className="row row-wrap">
        {OFFERED[kind].map((each) => {
          const text = word("reason", `${kind}.${each}`);
          return <button key={each} type="button" className="chip" onClick={() => onChange(value.trim() ? `${value.trim()}; ${text}` : text)}>{text}</button>;
        })}
      </div>
    </div>
  );
}
