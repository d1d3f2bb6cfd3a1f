// The strip above the evidence: who, proposed and decided status, life, open conflicts, what is owed,
// and where in the list one is.
import { Button, ButtonGroup } from "@blueprintjs/core";
import { ChevronLeft, ChevronRight } from "@blueprintjs/icons";
import { Link } from "wouter";

import type { LeadDetail } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { useFacetValue } from "../../parts/facet-value";
import { Said } from "../../parts/said";
import { DecidedTag, LifeTag, StatusTag } from "../../parts/status";
import { Kbd } from "../../shell/help";
import { useCase } from "../../shell/case";
import { queuePath } from "../../work/filter";
import { loadWorklist } from "../../work/worklist";
import { Pace } from "../queue/pace";
import { SECOND_TAG } from "../../work/second";
import type { Neighbours } from "./neighbours";

interface Props {
  readonly detail: LeadDetail;
  readonly neighbours: Neighbours;
  readonly hidesFigures: boolean;
  readonly hidesDecision: boolean;
  readonly onOpen: (id: string | undefined) => void;
  readonly marks: readonly { readonly kind: string; readonly value: string }[];
}

export function LeadHeader({ detail, neighbours, hidesFigures, hidesDecision, onOpen, marks }: Props) {
  const { t, number, time, word } = useText();
  const { name: caseName } = useCase();
  const show = useFacetValue();
  const { lead } = detail;
  const conflicts = detail.matches.filter((match) => match.proposes !== "not_found").flatMap((match) => match.explanation.parts).filter((part) => part.level === "conflict").length;
  const decision = hidesDecision ? undefined : lead.decision;
  const why = lead.reasons.filter((reason) => !reason.startsWith("rank: "));
  const rank = lead.reasons.find((reason) => reason.startsWith("rank: "))?.slice("rank: ".length);
  return (
    <header className="lead-head">
      <div className="row">
        <ButtonGroup variant="minimal">
          <Button size="small" icon={<ChevronLeft className="turns" />} disabled={!neighbours.previous} aria-label={t("lead.previous")} title={t("lead.previous")} onClick={() => onOpen(neighbours.previous)} />
          <Button size="small" icon={<ChevronRight className="turns" />} disabled={!neighbours.next} aria-label={t("lead.next")} title={t("lead.next")} onClick={() => onOpen(neighbours.next)} />
        </ButtonGroup>
        <h1><Written text={lead.names[0] ?? t("lead.no_name")} /></h1>
        {hidesFigures ? <span className="tag">{t("blind.hidden")}</span> : <StatusTag status={lead.status} />}
        {decision ? <span title={`${decision.user}, ${time(decision.time)}`}><StatusTag status={decision.status} isDecided /></span> : null}
        {hidesDecision ? <span className="tag">{t("second.hidden")}</span> : null}
        <LifeTag life={lead.life} /> <DecidedTag decided={lead.decided} />
        {lead.minor ? <span className="tag tag-warning">{t("lead.minor")}</span> : null}
        {marks.map((mark) => <span key={`${mark.kind} ${mark.value}`} className={`tag ${mark.kind === "handling" ? "tag-warning" : ""}`} title={word("mark", mark.kind)}><bdi>{tagText(mark.value, t)}</bdi></span>)}
        {conflicts > 0 && !hidesFigures ? <span className="level level-conflict"><span aria-hidden="true">≠</span> {t("lead.conflicts#", { n: conflicts })}</span> : null}
        <span className="end soft small nowrap">
          <Link href={queuePath(loadWorklist(caseName).view)}>{t("lead.queue")} <Kbd action="queue" /></Link>{" "}
          {neighbours.total > 0 ? t("lead.place", { place: neighbours.index + 1, total: neighbours.total }) : null}
        </span>
      </div>
      <div className="row small soft lead-sub">
        {hidesFigures ? null : <span className="number">{t("lead.rank", { rank: lead.rank, points: lead.points })}</span>}
        <span>{lead.countries.map((code) => show("country", code)).join(", ")}</span>
        <span>{lead.entry_points.map((point) => <Written key={point} text={show("entry_point", point)} />)} {lead.months[0] ? show("month", lead.months[0]) : null}</span>
        <Link href={`/people/${encodeURIComponent(lead.id)}`}>{t("records#", { n: lead.records })}</Link>
        {lead.assignee ? <span>{t("lead.assigned", { to: lead.assignee })}{lead.due ? `, ${lead.due}` : ""}</span> : null}
        <bdi className="code" dir="ltr" title={t("lead.id")}>{lead.id}</bdi>
        <span className="end"><Pace left={neighbours.total - neighbours.index} /></span>
      </div>
      {hidesFigures ? null : (
        <details className="lead-why small">
          <summary>{why[0] ? <Said text={why[0]} /> : t("lead.why")}</summary>
          <ul>{why.slice(1).map((reason) => <li key={reason}><Said text={reason} /></li>)}</ul>
          {rank ? <p className="soft">{t("lead.rank_reason", { why: rank, points: number(lead.points) })}</p> : null}
        </details>
      )}
      {lead.decided === "stale" || lead.decided === "reopened" ? (
        <p className="lead-alert" role="status">
          {lead.decided === "stale" ? t("lead.stale") : t("lead.reopened", { cause: word("cause", lead.reopened ?? "") })}
          {decision?.lists_changed ? ` ${t("lead.lists_changed")}` : ""}
        </p>
      ) : null}
      {lead.decided === "needs_second" ? <p className="lead-alert" role="status">{hidesDecision ? t("second.yours") : t("second.waits")}</p> : null}
      {lead.decided === "disagreed" ? <p className="lead-alert" role="status">{t("second.disagree")}</p> : null}
    </header>
  );
}

function tagText(tag: string, t: ReturnType<typeof useText>["t"]): string {
  return tag === SECOND_TAG ? t("second.tag") : tag;
}
