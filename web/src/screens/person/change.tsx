// What setting apart or joining would do: the groups there would be, what speaks against it, and the
// pairs that decide it.
import { Callout } from "@blueprintjs/core";

import type { LeadRecord, Pair, Regrouping } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { formatProbability, formatWeight } from "../../parts/score";
import { LEVEL_SIGN } from "../../parts/status";

/** What there would be, and the pairs that decide it. */
export function Change({ preview, records }: { preview: Regrouping; records: readonly LeadRecord[] }) {
  const { t } = useText();
  return (
    <>
      <p>{t("person.groups#", { n: preview.groups.length })} {preview.groups.map((group) => group.length).join(" + ")} · {t("person.judged#", { n: preview.judged })}</p>
      {preview.warnings.length > 0 ? <Callout intent="warning" compact title={t("person.warnings")}><ul>{preview.warnings.map((warning) => <li key={warning}><Written text={warning} /></li>)}</ul></Callout> : null}
      <Pairs pairs={preview.pairs} records={records} />
    </>
  );
}

export function Pairs({ pairs, records }: { pairs: readonly Pair[]; records: readonly LeadRecord[] }) {
  const { t, word } = useText();
  return (
    <table className="plain">
      <thead><tr><th>{t("person.pair")}</th><th className="num">{t("figure.weight")}</th><th className="num">{t("figure.probability")}</th><th>{t("person.speaks")}</th></tr></thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={`${pair.left} ${pair.right}`}>
            <td><bdi dir="ltr">{labelOf(pair.left, records)}</bdi> / <bdi dir="ltr">{labelOf(pair.right, records)}</bdi>{pair.judgement ? <span className="tag">{t(`verdict.${pair.judgement.verdict}`)}</span> : null}</td>
            <td className="num" dir="ltr">{formatWeight(pair.weight)}</td>
            <td className="num" dir="ltr">{formatProbability(pair.probability)}</td>
            <td>
              {pair.explanation.parts.filter((part) => part.level !== "missing").map((part) => (
                <span key={part.comparison} className={`level level-${part.level}`} title={part.notes.join("\n")}><span aria-hidden="true">{LEVEL_SIGN[part.level]}</span> {word("key", part.comparison)} <span className="visually-hidden">{t(`level.${part.level}`)}</span></span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A record by its file and row. */
export function labelOf(record: string, records: readonly LeadRecord[]): string {
  const found = records.find((each) => each.id === record);
  return found ? `${found.path}${found.row > 0 ? ` (${found.row + 1})` : ""}` : record;
}
