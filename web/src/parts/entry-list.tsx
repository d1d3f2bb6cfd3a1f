// Entries of the journal as people read them: who did what, when, why, and whether it holds. Each can
// be taken back from here.
import { Link } from "wouter";

import type { Entry } from "../api/types";
import { useText } from "../i18n/use-text";
import { useActs } from "../work/acts";
import { Written } from "./bidi";
import { WriteButton } from "./write-button";

interface Props {
  readonly entries: readonly Entry[];
  readonly showsLead?: boolean;
  /** Decisions of others are hidden from a second reviewer. */
  readonly hides?: (entry: Entry) => boolean;
}

export function EntryList({ entries, showsLead = false, hides }: Props) {
  const { t, time } = useText();
  const acts = useActs();
  return (
    <ul className="entries">
      {entries.map((entry) => (
        <li key={entry.seq} className={entry.holds ? "" : "is-gone"}>
          <span className="soft small nowrap number">{time(entry.time)}</span>
          <bdi className="entries-user">{entry.user}</bdi>
          <span className="entries-what">
            {hides?.(entry) ? t("second.hidden") : <Sentence entry={entry} />}
            {showsLead && entry.leads[0] ? <> <Link href={`/leads/${encodeURIComponent(entry.leads[0])}`}>{t("entry.lead")}</Link></> : null}
            {entry.reason && !hides?.(entry) ? <span className="soft"> — <Written text={entry.reason} /></span> : null}
            {entry.holds ? null : <span className="tag">{t("entry.undone")}</span>}
          </span>
          {entry.holds ? (
            <WriteButton
              size="small" variant="minimal" className="end" aria-label={t("undo.entry", { n: entry.seq })}
              onClick={() => void acts.undo(entry.batch ? { batch: entry.batch } : { entry: entry.seq })}
            >
              {entry.batch ? t("undo.batch") : t("undo.action")}
            </WriteButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What an entry says, as a sentence. */
function Sentence({ entry }: { entry: Entry }) {
  const { t, word } = useText();
  const { what } = entry;
  switch (entry.act) {
    case "decision": return <>{t(what.blind ? "act.decision_blind" : "act.decision", { status: word("status", what.status ?? "") })}</>;
    case "judgement": return <>{t("act.judgement", { verdict: word("verdict", what.verdict ?? "") })} <bdi className="code">{what.right}</bdi>{what.relation ? ` (${word("relation", what.relation)})` : ""}</>;
    case "correction": return <>{t("act.correction", { key: word("key", what.key ?? "") })} <s><Written text={what.before ?? ""} /></s> → <Written text={what.written ?? t("evidence.not_stated")} /></>;
    case "life_claim": return <>{t("act.life_claim", { life: word("life", what.life ?? ""), grade: what.grade ?? "" })} <Written text={what.text ?? ""} /></>;
    case "grading": return <>{t("act.grading", { grade: what.grade ?? "" })}</>;
    case "note": return <>{t("act.note")} <Written text={what.text ?? ""} /></>;
    case "assignment": return <>{what.to ? t("act.assignment", { to: what.to, due: what.due ?? "" }) : t("act.assignment_none")}</>;
    case "mark": return <>{t(what.on === false ? "act.mark_off" : "act.mark", { kind: word("mark", what.kind ?? ""), value: what.value ?? "" })}</>;
    case "reopening": return <>{t("act.reopening", { cause: word("cause", what.cause ?? "") })}</>;
    case "undo": return <>{what.undone_batch ? t("act.undo_batch") : t("act.undo", { n: what.undone_entry ?? 0 })}</>;
    default: return <>{entry.act}</>;
  }
}
