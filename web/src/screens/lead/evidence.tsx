// The evidence side by side: what the copies of the form say, how it compares, what the list says.
// A value under the pointer is lit on its page; a click keeps it lit.
import { Edit } from "@blueprintjs/icons";
import { useMemo } from "react";

import type { LeadRecord, Match } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { countryName, useFacetValue } from "../../parts/facet-value";
import { InLatin } from "../../parts/latin";
import { formatWeight } from "../../parts/score";
import { useServerWords } from "../../parts/server-words";
import { LevelTag } from "../../parts/status";
import { WriteButton } from "../../parts/write-button";
import { copyLetter, type Field, fieldsOf, OPEN_KEYS, type Said } from "./fields";
import { useLit } from "./lit";

interface Props {
  readonly records: readonly LeadRecord[];
  readonly match: Match | undefined;
  readonly isBlind: boolean;
  readonly onCorrect: (key: string, said: Said) => void;
}

export function Evidence({ records, match, isBlind, onCorrect }: Props) {
  const { t } = useText();
  const fields = useMemo(() => fieldsOf(records, match), [records, match]);
  const answers = fields.filter((field) => !OPEN_KEYS.includes(field.key));
  const open = fields.filter((field) => OPEN_KEYS.includes(field.key));
  return (
    <table className="evidence">
      <caption className="visually-hidden">{t("evidence.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("evidence.field")}</th>
          <th scope="col">{t("evidence.form", { n: records.length })}</th>
          {match ? <th scope="col">{t("evidence.compared")}</th> : null}
          {match ? <th scope="col"><bdi>{match.list}</bdi></th> : null}
        </tr>
      </thead>
      <tbody>
        {answers.map((field) => <EvidenceRow key={field.key} field={field} match={match} {...{ isBlind, onCorrect }} hasCopies={records.length > 1} />)}
        {open.map((field) => <EvidenceRow key={field.key} field={field} match={match} {...{ isBlind, onCorrect }} hasCopies={records.length > 1} isOpen />)}
      </tbody>
    </table>
  );
}

interface RowProps extends Omit<Props, "records"> {
  readonly field: Field;
  readonly hasCopies: boolean;
  readonly isOpen?: boolean;
}

function EvidenceRow({ field, match, isBlind, onCorrect, hasCopies, isOpen = false }: RowProps) {
  const { t, word } = useText();
  return (
    <tr className={isOpen ? "evidence-open" : ""}>
      <th scope="row">{word("key", field.key)}{field.differs ? <span className="level level-conflict"><span aria-hidden="true">≠</span> {t("evidence.copies_differ")}</span> : null}</th>
      <td>
        {field.said.length === 0 ? <span className="soft">{t("evidence.not_stated")}</span> : field.said.map((said) => (
          <SaidValue key={`${said.written} ${said.value}`} field={field} said={said} {...{ onCorrect, hasCopies }} />
        ))}
      </td>
      {match ? (
        <td className="evidence-level">
          {field.part ? <LevelTag level={field.part.level} /> : null}
          {field.part && !isBlind && field.part.level !== "missing" ? <span className="number small soft" title={t("figure.part_weight")} dir="ltr">{formatWeight(field.part.weight)}</span> : null}
        </td>
      ) : null}
      {match ? (
        <td>
          {field.listed.slice(0, LISTED_MAX).map((value) => <ListedValue key={value} text={value} field={field} />)}
          {field.listed.length > LISTED_MAX ? <span className="soft small">{t("evidence.listed_more", { n: field.listed.length - LISTED_MAX })}</span> : null}
          {field.part?.level === "missing" && field.listed.length === 0 ? <span className="soft">{t("evidence.not_listed")}</span> : null}
          <InLatin latin={field.part?.right_latin} className="evidence-latin" />
        </td>
      ) : null}
    </tr>
  );
}

/** Values of a list entry in one row; all of them stand in the entry below. */
const LISTED_MAX = 4;

function ListedValue({ text, field }: { text: string; field: Field }) {
  const { language } = useText();
  const name = field.key === "nationality" ? countryName(language, text) : text;
  return <span className="evidence-listed"><Written text={name} />{name === text ? null : <span className="soft small"> {text}</span>}</span>;
}

interface SaidProps extends Pick<Props, "onCorrect"> {
  readonly field: Field;
  readonly said: Said;
  readonly hasCopies: boolean;
}

function SaidValue({ field, said, onCorrect, hasCopies }: SaidProps) {
  const { t, word, language } = useText();
  const lit = useLit();
  const first = said.from[0]?.citation;
  const isLit = said.from.some(({ citation }) => citation !== undefined && citation === lit.citation);
  const show = useFacetValue();
  const say = useServerWords();
  // What values leave open begins with the key of the question; another text stays as it stands.
  const inWords = (text: string) => field.key === "other" || !OPEN_KEYS.includes(field.key) ? text
    : text.replace(/^([a-z_]+)(?=: )/, (key) => word("key", key));
  const written = inWords(said.written);
  const normal = field.key === "nationality" ? countryName(language, said.value)
    : field.key === "entry_point" ? show("entry_point", said.value)
    : WORDED.includes(field.key) && said.value ? word("value", said.value) : inWords(said.value);
  const isName = !WORDED.includes(field.key) && !UNNAMED.includes(field.key);
  const worst = Math.min(...said.from.map(({ citation }) => citation?.confidence ?? 1));
  return (
    <div
      className={`said ${isLit ? "is-lit" : ""}`}
      onPointerEnter={() => lit.point(first)} onPointerLeave={() => lit.point(undefined)}
    >
      <button
        type="button" className="plain said-value" title={first ? say(first.place) : undefined}
        onClick={() => first && lit.choose(first)} onFocus={() => lit.point(first)} onBlur={() => lit.point(undefined)}
      >
        <Written text={written || t("evidence.not_stated")} />
      </button>
      {hasCopies ? said.from.map(({ copy, citation, record }) => (
        <button
          key={`${record.id}`} type="button" className="plain copy-letter" title={citation ? `${record.path} · ${say(citation.place)}` : record.path}
          aria-label={t("evidence.on_copy", { copy: copyLetter(copy) })} onClick={() => citation && lit.choose(citation)}
        >
          <span>{copyLetter(copy)}</span>
        </button>
      )) : null}
      {field.isQuestion && !OPEN_KEYS.includes(field.key) ? (
        <WriteButton
          className="said-correct" size="small" variant="minimal" icon={<Edit size={12} />} aria-label={t("correct.label", { field: word("key", field.key) })}
          title={t("correct.label", { field: word("key", field.key) })} onClick={() => onCorrect(field.key, said)}
        />
      ) : null}
      {normal && normal !== written ? <span className="evidence-normal" title={t("evidence.normal")}><span aria-hidden="true">→ </span><bdi>{normal}</bdi></span> : null}
      {isName ? <InLatin latin={said.latin} className="evidence-latin" /> : null}
      {worst < SURE ? <span className="small level-near" title={t("evidence.confidence_about")}>{t("evidence.confidence", { percent: Math.round(worst * 100) })}</span> : null}
    </div>
  );
}

/** Questions whose values are words of the program. */
const WORDED: readonly string[] = ["education", "marital_status", "sharia_level", "role", "obedience", "speciality"];
/** Answers that are read by their meaning: in other letters they tell nobody anything. */
const UNNAMED: readonly string[] = ["nationality", "entry_point", "exit_point", "notes", "death_cause", "exit_reason", ...OPEN_KEYS];
/** Below this confidence of a reading it is said beside the value. Chosen by hand. */
const SURE = 0.75;
