// The lead: what the forms say of a person, beside what a list says, beside the page it comes from;
// judged, decided and corrected by keys.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useLocation } from "wouter";

import type { Citation, LeadDetail } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { Kbd } from "../../shell/help";
import { Failed, Waiting } from "../../shell/states";
import { isSampled, useBlind } from "../../work/blind";
import { isSecondHere } from "../../work/second";
import { Asked, type Asking } from "./asked";
import { LeadHeader } from "./header";
import { DecideBar, isLive } from "./judge-bar";
import { LitContext } from "./lit";
import { marksOf } from "./marks";
import { useNeighbours } from "./neighbours";
import { Pages } from "./pages";
import { LeadSections } from "./sections";
import { useLeadActs } from "./use-lead-acts";
import "../../styles/lead.css";
import "../../styles/pages.css";
import { WriteButton } from "../../parts/write-button";

export default function Lead({ id }: { id: string }) {
  const { name, calls } = useCase();
  const lead = useQuery({
    queryKey: [name, "lead", id], queryFn: ({ signal }) => calls.lead(id, signal), placeholderData: keepPreviousData,
  });
  if (lead.error && (!lead.data || lead.isPlaceholderData)) return <Failed error={lead.error} retry={() => void lead.refetch()} />;
  if (!lead.data) return <Waiting />;
  return <LeadScreen key={lead.data.lead.id} id={id} detail={lead.data} isOld={lead.isPlaceholderData} />;
}

function LeadScreen({ id, detail, isOld }: { id: string; detail: LeadDetail; isOld: boolean }) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const blind = useBlind();
  const [matchAt, setMatchAt] = useState(0);
  const [asking, setAsking] = useState<Asking>();
  const [chosen, setChosen] = useState<Citation>();
  const [pointed, setPointed] = useState<Citation>();
  const neighbours = useNeighbours(id, { previous: detail.previous ?? undefined, next: detail.next ?? undefined });
  const match = detail.matches[Math.min(matchAt, detail.matches.length - 1)];

  // A second person decides unswayed: neither the figures nor the first decision are shown.
  const hidesDecision = isSecondHere(detail.lead);
  const isDecided = !!detail.lead.decision;
  const hidesFigures = !isDecided && (blind.isOn || hidesDecision || detail.lead.blind || isSampled(detail.lead.id, blind.sample));

  const open = useCallback((next: string | undefined) => {
    if (next) navigate(`/leads/${encodeURIComponent(next)}`);
  }, [navigate]);
  const { decide, judge, clear, write } = useLeadActs({
    detail, match, matchAt, neighbours, hidesFigures, setMatchAt, setAsking, open, isActive: !asking, isOld,
    hidesDecision,
  });
  const lit = useMemo(() => ({
    citation: pointed ?? chosen,
    point: setPointed,
    choose: setChosen,
  }), [pointed, chosen]);
  const marks = marksOf(detail);
  const live = detail.matches.filter(isLive);
  const isUrged = live.length > 0 && live.every((each) => each.judgement) && !isDecided;
  return (
    <LitContext.Provider value={lit}>
      <div className="lead" aria-busy={isOld}>
        <LeadHeader detail={detail} marks={marks} onOpen={open} {...{ neighbours, hidesFigures, hidesDecision }} />
        <div className="lead-body">
          <div className="lead-main" tabIndex={0} role="group" aria-label={t("lead.evidence")}>
            <LeadSections
              detail={detail} match={match} matchAt={matchAt} marks={marks}
              onMatch={setMatchAt} onJudge={judge} onClear={clear} onAsk={setAsking} {...{ hidesFigures, hidesDecision }}
            />
          </div>
          <Pages key={detail.lead.id} documents={detail.documents} records={detail.records} citation={lit.citation} />
        </div>
        <DecideBar detail={detail} hidesDecision={hidesDecision} isUrged={isUrged} onDecide={decide}>
          <WriteButton size="small" variant="minimal" onClick={() => setAsking({ kind: "note", text: "" })}>{t("note.short")} <Kbd action="note" /></WriteButton>
          <WriteButton size="small" variant="minimal" onClick={() => setAsking({ kind: "tag" })}>{t("tag.short")} <Kbd action="tag" /></WriteButton>
          <WriteButton size="small" variant="minimal" onClick={() => setAsking({ kind: "assign" })}>{t("assign.short")} <Kbd action="assign" /></WriteButton>
          <WriteButton needs="export" size="small" variant="minimal" onClick={() => setAsking({ kind: "refer" })}>{t("refer.short")} <Kbd action="refer" /></WriteButton>
        </DecideBar>
        {asking ? <Asked asking={asking} detail={detail} match={match} marks={marks} onClose={() => setAsking(undefined)} onOpen={open} {...write} /> : null}
      </div>
    </LitContext.Provider>
  );
}
