// What is claimed of a person's life, by whom, how far to trust it. Contradictions stay; the status
// follows from all of them.

import type { Claim, LeadDetail } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { LifeTag } from "../../parts/status";
import { WriteButton } from "../../parts/write-button";
import { Kbd } from "../../shell/help";
import { useLit } from "./lit";
import { recordOf } from "./use-lead-acts";
import { useServerWords } from "../../parts/server-words";

interface Props {
  readonly detail: LeadDetail;
  readonly onClaim: () => void;
  readonly onGrade: (claim: Claim) => void;
}

export function LifeClaims({ detail, onClaim, onGrade }: Props) {
  const { t, word } = useText();
  const lit = useLit();
  const say = useServerWords();
  const { claims, lead } = detail;
  const graded = gradings(detail);
  return (
    <div className="stack">
      <div className="row"><LifeTag life={lead.life} />{lead.life === "unknown" ? <span className="soft">{t("life.unknown")}</span> : null}
        <WriteButton className="end" size="small" onClick={onClaim}>{t("life.add")} <Kbd action="life" /></WriteButton>
      </div>
      {claims.length === 0 ? <p className="soft">{t("life.none")}</p> : (
        <table className="plain">
          <thead><tr><th>{t("life.claim")}</th><th>{t("life.date")}</th><th>{t("life.words")}</th><th>{t("life.source")}</th><th>{t("life.grade")}</th></tr></thead>
          <tbody>
            {claims.map((claim, at) => {
              const grade = graded.get(recordOf(claim.subject)) ?? claim.grade;
              return (
                <tr key={at}>
                  <td>{word("life", claim.life)}</td>
                  <td className="nowrap"><bdi dir="ltr">{claim.date ?? "—"}</bdi></td>
                  <td>
                    {claim.citation ? <button type="button" className="plain said-value" onClick={() => claim.citation && lit.choose(claim.citation)}><Written text={claim.text} /></button> : <Written text={claim.text} />}
                    {claim.citation ? <span className="soft small"> {say(claim.citation.place)}</span> : null}
                  </td>
                  <td><bdi>{claim.source}</bdi>{claim.seq ? <span className="soft small"> {t("life.entered")}</span> : null}</td>
                  <td className="nowrap">
                    <WriteButton size="small" variant="minimal" onClick={() => onGrade(claim)} title={gradeTitle(grade, word)} aria-label={t("grade.label", { grade })}>
                      <span dir="ltr">{grade}</span>{grade === claim.grade ? null : <s className="soft" dir="ltr"> {claim.grade}</s>}
                    </WriteButton>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}

function gradeTitle(grade: string, word: (group: string, value: string) => string): string {
  return `${word("grade.reliability", grade.charAt(0))}; ${word("grade.credibility", grade.charAt(1))}`;
}

/** Grades that people gave and that hold, by subject; the last one counts. */
function gradings(detail: LeadDetail): Map<string, string> {
  const out = new Map<string, string>();
  for (const entry of [...detail.history].reverse()) {
    if (entry.act === "grading" && entry.holds && entry.what.subject && entry.what.grade) out.set(entry.what.subject, entry.what.grade);
  }
  return out;
}
