// The list entries that a lead may be, one of them chosen, and the keys to judge it by; below, the
// keys to decide on the lead.
import { ButtonGroup, Callout } from "@blueprintjs/core";

import { useState } from "react";

import { type LeadDetail, type Match, type Status, STATUSES, type Verdict } from "../../api/types";
import { useText } from "../../i18n/use-text";
import type { Action } from "../../keys/keymap";
import { Hash, Written } from "../../parts/bidi";
import { formatProbability, formatScore, formatWeight } from "../../parts/score";
import { Said } from "../../parts/said";
import { StatusTag } from "../../parts/status";
import { WriteButton } from "../../parts/write-button";
import { Kbd } from "../../shell/help";

const VERDICTS: readonly (readonly [Verdict, Action])[] = [
  ["same", "same"], ["different", "different"], ["unsure", "unsure"], ["related", "related"],
];

/** Whether an entry is still in question: not ruled out, or judged by somebody. */
export function isLive(match: Match): boolean {
  return match.proposes !== "not_found" || match.judgement !== null && match.judgement !== undefined;
}

interface MatchProps {
  readonly matches: readonly Match[];
  readonly at: number;
  readonly isBlind: boolean;
  readonly onChoose: (at: number) => void;
  readonly onJudge: (verdict: Verdict) => void;
  readonly onClear: () => void;
}

export function Matches({ matches, at, isBlind, onChoose, onJudge, onClear }: MatchProps) {
  const { t, date, time } = useText();
  const [showsAll, setShowsAll] = useState(false);
  const match = matches[at];
  if (!match) return null;
  const all = matches.map((each, index) => ({ each, index }));
  // Entries that are ruled out stay within reach, with their reasons, and out of the way.
  const shown = all.filter(({ each, index }) => showsAll || index === at || isLive(each));
  const ruledOut = all.filter(({ each }) => !isLive(each)).length;
  return (
    <section className="matches" aria-label={t("match.title")}>
      {shown.length > 1 || ruledOut > 0 ? (
        <div className="match-tabs">
          <div className="match-tabs" role="tablist" aria-label={t("match.title")}>
          {shown.map(({ each, index }) => (
            <button key={`${each.list} ${each.entity}`} type="button" role="tab" aria-selected={index === at} className="match-tab" onClick={() => onChoose(index)}>
              <Written text={each.caption} />
              <span className="small soft"><bdi>{each.list}</bdi>{isBlind ? "" : ` ${formatScore(each.score)}`}{each.judgement ? ` · ${t(`verdict.${each.judgement.verdict}`)}` : ""}</span>
            </button>
          ))}
          </div>
          {ruledOut > 0 ? (
            <button type="button" className="chip" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>{showsAll ? t("match.fewer") : t(isBlind ? "match.more" : "match.ruled_out", { n: ruledOut })}</button>
          ) : null}
        </div>
      ) : null}
      <div className="match-line">
        <div className="match-who">
          <strong><Written text={match.caption} /></strong>{" "}
          <span className="soft small">
            <bdi>{match.list}</bdi> · {match.list_date ? t("entry.dated", { date: date(match.list_date) }) : t("entry.undated")}
            {match.list_sha256 ? <> <Hash text={match.list_sha256} /></> : null}
          </span>
          <div className="row row-wrap small">
            {isBlind ? <span className="soft">{t("blind.figures")}</span> : (
              <>
                <span title={t("figure.score_about")}>{t("figure.score")} <strong className="number">{formatScore(match.score)}</strong></span>
                <span title={t("figure.probability_about")}>{t("figure.probability")} <strong className="number" dir="ltr">{formatProbability(match.probability)}</strong></span>
                <span title={t("figure.weight_about")}>{t("figure.weight")} <strong className="number" dir="ltr">{formatWeight(match.weight)}</strong></span>
                <span>{t("match.alone")} {match.proposes === "not_found" ? <span className="tag tag-proposed">{t("match.too_weak")}</span> : <StatusTag status={match.proposes} />}</span>
              </>
            )}
            {match.name_only ? <span className="tag tag-warning" title={t("match.name_only_about")}>{t("match.name_only")}</span> : null}
          </div>
        </div>
        <ButtonGroup className="verdicts">
          {VERDICTS.map(([verdict, action]) => (
            <WriteButton key={verdict} size="small" active={match.judgement?.verdict === verdict} aria-pressed={match.judgement?.verdict === verdict} onClick={() => onJudge(verdict)}>
              {t(`verdict.${verdict}`)} <Kbd action={action} />
            </WriteButton>
          ))}
          <WriteButton size="small" disabled={!match.judgement} onClick={onClear}>{t("verdict.clear")} <Kbd action="clear" /></WriteButton>
        </ButtonGroup>
      </div>
      {match.judgement ? (
        <p className="small soft">
          {t("match.judged", { verdict: t(`verdict.${match.judgement.verdict}`), user: match.judgement.user, time: time(match.judgement.time) })}
          {match.judgement.reason ? <> — <Written text={match.judgement.reason} /></> : null}
          {match.judgement.stale ? <span className="tag tag-warning">{t("match.stale")}</span> : null}
        </p>
      ) : null}
    </section>
  );
}

/** What keeps the match from being higher: conflicts first, then what is missing. */
export function WhatWouldChange({ match }: { match: Match }) {
  const { t, word } = useText();
  const parts = match.explanation.parts;
  const conflicts = parts.filter((part) => part.level === "conflict").sort((a, b) => a.weight - b.weight);
  const missing = parts.filter((part) => part.level === "missing");
  if (conflicts.length + missing.length === 0) return <p className="soft">{t("change.nothing")}</p>;
  return (
    <ul className="change">
      {conflicts.map((part) => (
        <li key={part.comparison}>
          <span className="level level-conflict"><span aria-hidden="true">≠</span> {word("key", part.comparison)}</span>{" "}
          <Written text={part.left ?? ""} /> / <Written text={part.right ?? ""} /> <span className="soft small" dir="ltr">{formatWeight(part.weight)}</span>
          {part.notes.map((note) => <div key={note} className="soft small"><Said text={note} /></div>)}
        </li>
      ))}
      {missing.map((part) => (
        <li key={part.comparison}>
          <span className="level level-missing"><span aria-hidden="true">·</span> {word("key", part.comparison)}</span>{" "}
          <span className="soft">{part.left ? t("change.not_on_list") : part.right ? t("change.not_on_form", { value: part.right }) : t("change.neither")}</span>
        </li>
      ))}
    </ul>
  );
}

interface DecideProps {
  readonly detail: LeadDetail;
  readonly hidesDecision: boolean;
  readonly isUrged: boolean;
  readonly onDecide: (status: Status) => void;
  readonly children: React.ReactNode;
}

export function DecideBar({ detail, hidesDecision, isUrged, onDecide, children }: DecideProps) {
  const { t } = useText();
  const decided = hidesDecision ? undefined : detail.lead.decision?.status;
  return (
    <footer className={`decide-bar ${isUrged ? "is-urged" : ""}`} aria-label={t("decide.title")}>
      <span className="soft small">{t("decide.title")}</span>
      <ButtonGroup>
        {STATUSES.map((status, index) => (
          <WriteButton needs={hidesDecision ? "review" : "decide"} key={status} size="small" active={decided === status} aria-pressed={decided === status} onClick={() => onDecide(status)}>
            {t(`status.short.${status}`)} <Kbd action={`status${index + 1}` as Action} />
          </WriteButton>
        ))}
      </ButtonGroup>
      <span className="end" />
      {children}
    </footer>
  );
}

export function NoMatch({ reasons }: { reasons: readonly string[] }) {
  const { t } = useText();
  return (
    <Callout title={t("match.none")} compact>
      {reasons.filter((reason) => !reason.startsWith("rank: ")).map((reason) => <p key={reason}><Said text={reason} /></p>)}
    </Callout>
  );
}
