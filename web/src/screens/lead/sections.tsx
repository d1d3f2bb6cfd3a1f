// The sections of a lead, one below the other, with links to each that stay in sight.
import { Button, Callout } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";

import type { LeadDetail, Match, Verdict } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { EntryList } from "../../parts/entry-list";
import { scrollWithin } from "../../parts/scroll";
import { WriteButton } from "../../parts/write-button";
import { LatinButton } from "../../parts/latin";
import { Kbd } from "../../shell/help";
import type { Asking } from "./asked";
import { ListEntry } from "./entry";
import { Evidence } from "./evidence";
import { History } from "./history";
import { Matches, NoMatch, WhatWouldChange } from "./judge-bar";
import { LifeClaims } from "./life";
import { isSheltered, type MarkOn } from "./marks";
import { Names } from "./names";
import { NetworkPeek } from "./peek";
import { Waterfall } from "./waterfall";

interface Props {
  readonly detail: LeadDetail;
  readonly match: Match | undefined;
  readonly matchAt: number;
  readonly marks: readonly MarkOn[];
  readonly hidesFigures: boolean;
  readonly hidesDecision: boolean;
  readonly onMatch: (at: number) => void;
  readonly onJudge: (verdict: Verdict) => void;
  readonly onClear: () => void;
  readonly onAsk: (asking: Asking) => void;
}

const SECTIONS = ["evidence", "why", "names", "change", "entry", "life", "notes", "history", "network"] as const;
type SectionName = (typeof SECTIONS)[number];
/** Height of the links above the sections, in pixels. */
const NAV_PX = 30;
/** Those that need a list entry. */
const OF_MATCH: readonly SectionName[] = ["why", "change", "entry"];

export function LeadSections(props: Props) {
  const { detail, match, matchAt, marks, hidesFigures, hidesDecision, onMatch, onJudge, onClear, onAsk } = props;
  const { t } = useText();
  const [isPeeking, setPeeking] = useState(false);
  const [isShown, setShown] = useState(false);
  const notes = detail.history.filter((entry) => entry.act === "note" && entry.holds);
  if (isSheltered(marks, detail.lead.minor) && !isShown) {
    return (
      <Callout title={t("shelter.title")} intent="warning">
        <p>{t("shelter.about")}</p>
        <Button onClick={() => setShown(true)}>{t("shelter.show")}</Button>
      </Callout>
    );
  }
  const names = SECTIONS.filter((section) => match || !OF_MATCH.includes(section));
  const counts: Partial<Record<SectionName, number>> = { life: detail.claims.length, notes: notes.length, history: detail.history_length };
  return (
    <>
      {match ? <Matches matches={detail.matches} at={matchAt} isBlind={hidesFigures} onChoose={onMatch} onJudge={onJudge} onClear={onClear} /> : <NoMatch reasons={hidesFigures ? [] : detail.lead.reasons} />}
      <nav className="section-nav" aria-label={t("lead.sections")}>
        {names.map((section) => (
          <button key={section} type="button" className="plain section-link" onClick={(event) => scrollWithin(event.currentTarget.closest(".lead-main"), document.getElementById(`section-${section}`), "top", NAV_PX)}>
            {t(`section.${section}`)}{counts[section] ? <span className="soft number"> {counts[section]}</span> : null}
          </button>
        ))}
      </nav>
      <Section name="evidence" action={<LatinButton />}>
        <Evidence
          records={detail.records} match={match} isBlind={hidesFigures}
          onCorrect={(key, said) => onAsk({ kind: "correct", chosen: { key, record: said.from[0]?.record.id ?? "" } })}
        />
      </Section>
      {match ? (
        <Section name="why">{hidesFigures ? <p className="soft">{t("blind.figures")}</p> : <Waterfall match={match} />}</Section>
      ) : null}
      <Section name="names"><Names names={detail.names} match={match} isBlind={hidesFigures} /></Section>
      {match ? <Section name="change"><WhatWouldChange match={match} /></Section> : null}
      {match ? <Section name="entry"><ListEntry match={match} /></Section> : null}
      <Section name="life"><LifeClaims detail={detail} onClaim={() => onAsk({ kind: "life" })} onGrade={(claim) => onAsk({ kind: "grade", claim })} /></Section>
      <Section name="notes" action={<WriteButton size="small" onClick={() => onAsk({ kind: "note", text: "" })}>{t("note.add")} <Kbd action="note" /></WriteButton>}>
        {notes.length === 0 ? <p className="soft">{t("note.none")}</p> : <EntryList entries={notes} />}
      </Section>
      <Section name="history"><History detail={detail} hides={(entry) => hidesDecision && entry.act === "decision"} /></Section>
      <Section name="network">
        {isPeeking ? <NetworkPeek id={detail.lead.id} isBlind={hidesFigures} onNote={(text) => onAsk({ kind: "note", text })} /> : <Button size="small" onClick={() => setPeeking(true)}>{t("peek.show")}</Button>}
      </Section>
    </>
  );
}

function Section({ name, action, children }: { name: SectionName; action?: ReactNode; children: ReactNode }) {
  const { t } = useText();
  return (
    <section id={`section-${name}`} className="lead-section" aria-labelledby={`title-${name}`}>
      <div className="row"><h2 id={`title-${name}`}>{t(`section.${name}`)}</h2>{action ? <span className="end">{action}</span> : null}</div>
      {children}
    </section>
  );
}
