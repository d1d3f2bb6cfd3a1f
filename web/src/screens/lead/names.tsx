// The two names part by part: which part met which, how, what it weighs; letters that only one side
// has; how common it all is.
import { useState } from "react";

import type { Latin, Match, Name, NamePart } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { hasArabic, Written } from "../../parts/bidi";
import { InLatin, useLatin } from "../../parts/latin";
import { type Piece, diffNames } from "../../parts/name-diff";
import { Said } from "../../parts/said";
import { formatWeight } from "../../parts/score";
import { parseNotes } from "./name-notes";

interface Props {
  readonly names: readonly Name[];
  readonly match: Match | undefined;
  readonly isBlind: boolean;
}

export function Names({ names, match, isBlind }: Props) {
  const { t } = useText();
  const part = match?.explanation.parts.find((each) => each.comparison === "name");
  const { met, said } = parseNotes(part?.notes ?? []);
  return (
    <div className="stack">
      {part?.left && part.right ? <Compared left={part.left} right={part.right} leftLatin={part.left_latin} rightLatin={part.right_latin} /> : null}
      {met.length > 0 ? (
        <table className="plain names-met">
          <thead>
            <tr><th>{t("names.form")}</th><th>{t("names.listed")}</th><th>{t("names.how")}</th>{isBlind ? null : <th className="num">{t("names.weight")}</th>}</tr>
          </thead>
          <tbody>
            {met.map((each, at) => (
              <tr key={at}>
                <td>{each.left ? <Written text={each.left} /> : <span className="soft">—</span>}</td>
                <td>{each.right ? <Written text={each.right} /> : <span className="soft">—</span>}</td>
                <td><Said text={each.how} /></td>
                {isBlind ? null : <td className="num" dir="ltr">{each.weight === undefined ? "" : formatWeight(each.weight)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {said.map((note) => <p key={note} className="small"><span aria-hidden="true">◆ </span><Said text={note} /></p>)}
      <table className="plain">
        <thead><tr><th>{t("names.name")}</th><th>{t("names.parts")}</th><th className="num">{t("names.bearers")}</th></tr></thead>
        <tbody>
          {names.map((name) => (
            <tr key={name.name}>
              <td><Written text={name.name} /><div><InLatin latin={name.latin} /></div></td>
              <td><Parts parts={name.parts} /></td>
              <td className="num">{t("names.bearers#", { n: name.bearers })}</td>
            </tr>
          ))}
          {match ? <tr><td><Written text={match.caption} /></td><td><Parts parts={match.parts} /></td><td className="num soft">{t("names.on_list")}</td></tr> : null}
        </tbody>
      </table>
    </div>
  );
}

function Parts({ parts }: { parts: readonly NamePart[] }) {
  const { word } = useText();
  return (
    <span className="name-parts">
      {parts.map((part, at) => (
        <span key={at} className="name-part" title={part.reason}><Written text={part.text} /> <span className="soft small">{word("tag", part.tag)}</span></span>
      ))}
    </span>
  );
}

interface ComparedProps {
  readonly left: string;
  readonly right: string;
  readonly leftLatin: Latin | null | undefined;
  readonly rightLatin: Latin | null | undefined;
}

/** The two names one above the other; what only one of them has is marked. */
function Compared({ left, right, leftLatin, rightLatin }: ComparedProps) {
  const { t } = useText();
  const { scheme } = useLatin();
  const [isLatin, setLatin] = useState<boolean>();
  // Names of two scripts are compared in one; names of one script as they are written.
  const latin = isLatin ?? (scheme !== "off" && hasArabic(left) !== hasArabic(right));
  const by = scheme === "off" ? "usual" : scheme;
  const [a, b] = latin ? [leftLatin?.[by] ?? left, rightLatin?.[by] ?? right] : [left, right];
  const diff = diffNames(a, b);
  return (
    <div className="compared">
      <div><span className="soft small">{t("names.form")}</span> <Pieces pieces={diff.left} /></div>
      <div><span className="soft small">{t("names.listed")}</span> <Pieces pieces={diff.right} /></div>
      {leftLatin || rightLatin ? (
        <button type="button" className="chip" aria-pressed={latin} onClick={() => setLatin(!latin)}>{t("names.latin")}</button>
      ) : null}
    </div>
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const text = pieces.map((piece) => piece.text).join("");
  const isArabic = hasArabic(text);
  return (
    <bdi dir="auto" className={`written compared-name ${isArabic ? "arabic" : ""}`} aria-label={text}>
      {pieces.map((piece, at) => (piece.isShared ? <span key={at}>{piece.text}</span> : <mark key={at}>{piece.text}</mark>))}
    </bdi>
  );
}
