// What is done to a lead, by keys or buttons: each act names the entry of the journal that was seen,
// and is followed by what comes next: another list entry after a judgement, another lead after a
// decision.
import { useMemo } from "react";
import { useLocation } from "wouter";

import { type LeadDetail, type Match, type Status, STATUSES, type Verdict } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { type Handlers, useKeys } from "../../keys/use-keys";
import { useLatin } from "../../parts/latin";
import { useCase, useWhyNot } from "../../shell/case";
import { useToast } from "../../shell/toasts";
import { useActs } from "../../work/acts";
import { useBlind } from "../../work/blind";
import { noteDecision } from "../../work/done";
import { queuePath } from "../../work/filter";
import { SECOND_TAG } from "../../work/second";
import { loadWorklist } from "../../work/worklist";
import type { Asking, Writes } from "./asked";
import { isLive } from "./judge-bar";
import type { Neighbours } from "./neighbours";

interface Given {
  readonly detail: LeadDetail;
  readonly match: Match | undefined;
  readonly matchAt: number;
  readonly neighbours: Neighbours;
  readonly hidesFigures: boolean;
  readonly hidesDecision: boolean;
  readonly isActive: boolean;
  /** What is shown is the lead before, until the next one is there: keys wait, but for undo. */
  readonly isOld: boolean;
  readonly setMatchAt: (at: number) => void;
  readonly setAsking: (asking: Asking) => void;
  readonly open: (id: string | undefined) => void;
}

export function useLeadActs(given: Given) {
  const { detail, match, matchAt, neighbours, setMatchAt, setAsking, open, isActive, isOld } = given;
  const { t } = useText();
  const { name: caseName } = useCase();
  const [, navigate] = useLocation();
  const acts = useActs();
  const blind = useBlind();
  const latin = useLatin();
  const whyNot = useWhyNot();
  const show = useToast();
  const write = useWrites(given);

  const judge = (verdict: Verdict) => {
    if (!match) show({ text: t("judge.nothing"), kind: "warning" });
    else if (verdict === "same") setAsking({ kind: "same" });
    else if (verdict === "related") setAsking({ kind: "related" });
    else void write.judge(verdict);
  };
  const clear = () => {
    const seq = match?.judgement?.seq;
    if (seq === undefined) show({ text: t("judge.not_judged"), kind: "warning" });
    else void acts.undo({ entry: seq });
  };
  const decide = (status: Status) => {
    // To say that somebody is listed needs a reason.
    if (status === "listed" || status === "listed_reported_dead") setAsking({ kind: "decide", status });
    else void write.decide(status);
  };
  const off = (work: () => void, permission = "judge") => () => {
    const text = whyNot(permission);
    if (text) show({ text, kind: "warning" });
    else work();
  };
  const handlers: Handlers = {
    next: () => open(neighbours.next),
    previous: () => open(neighbours.previous),
    goto: () => setAsking({ kind: "goto" }),
    queue: () => navigate(queuePath(loadWorklist(caseName).view)),
    search: () => navigate("/search"),
    network: () => navigate(`/network?from=${encodeURIComponent(detail.lead.id)}`),
    nextMatch: () => setMatchAt(nextLive(detail, matchAt)),
    same: off(() => judge("same")), different: off(() => judge("different")), unsure: off(() => judge("unsure")), related: off(() => judge("related")),
    clear: off(clear),
    latin: latin.next,
    note: off(() => setAsking({ kind: "note", text: "" })),
    tag: off(() => setAsking({ kind: "tag" })),
    assign: off(() => setAsking({ kind: "assign" })),
    correct: off(() => setAsking({ kind: "correct" })),
    split: () => navigate(`/people/${encodeURIComponent(detail.lead.id)}`),
    life: off(() => setAsking({ kind: "life" })),
    grade: off(() => {
      const claim = detail.claims[0];
      if (claim) setAsking({ kind: "grade", claim });
      else show({ text: t("grade.nothing"), kind: "warning" });
    }),
    handling: off(() => setAsking({ kind: "handling" })),
    refer: off(() => setAsking({ kind: "refer" }), "export"),
    second: off(() => void write.askSecond()),
    blind: blind.toggle,
    ...Object.fromEntries(STATUSES.map((status, at) => [`status${at + 1}`, off(() => decide(status), given.hidesDecision ? "review" : "decide")])),
  };
  useKeys(handlers, isActive && !isOld);
  useKeys({ undo: () => void acts.undoLast() }, isActive);
  return { decide, judge, clear, write };
}

/** The record that a form belongs to: what is said of the form's claims is said of its record. */
export function recordOf(subject: string): string {
  return subject.replace(/\.form$/, "");
}

/** The next list entry that is in question, round and round. */
function nextLive(detail: LeadDetail, at: number): number {
  const live = detail.matches.flatMap((match, index) => (isLive(match) ? [index] : []));
  return live.find((index) => index > at) ?? live[0] ?? at;
}

/** The writes themselves. */
function useWrites({ detail, match, matchAt, neighbours, hidesFigures, hidesDecision, setMatchAt, open }: Given): Writes {
  const { t, word } = useText();
  const { name: caseName, calls } = useCase();
  const { run } = useActs();
  const show = useToast();
  return useMemo<Writes>(() => {
    const { lead, seq: seen } = detail;
    const subject = { kind: "lead", id: lead.id } as const;
    const nameOf = lead.names[0] ?? lead.id;
    const mark = (kind: "tag" | "category" | "handling", value: string, on: boolean, at = seen) => run(
      () => calls.mark({ seen: at, subject, kind, value, on }),
      t(on ? "done.mark" : "done.mark_off", { value: kind === "tag" ? value : word("handling.value", value) }),
    );
    return {
      judge: async (verdict, more = {}) => {
        const left = detail.members[0];
        if (!match || !left) return;
        const body = { seen, left, right: match.entity, verdict, ...more };
        const written = await run(() => calls.judge(body), t("done.judgement", { verdict: word("verdict", verdict), name: match.caption }));
        if (!written) return;
        const open = detail.matches.findIndex((each, at) => at !== matchAt && isLive(each) && !each.judgement);
        if (open >= 0) setMatchAt(open);
      },
      decide: async (status, reason) => {
        const body = { seen, status, blind: hidesFigures, ...(reason ? { reason } : {}) };
        const written = await run(() => calls.decide(lead.id, body), t("done.decision", { status: word("status", status), name: nameOf }));
        if (!written) return;
        noteDecision(caseName, Date.now());
        if (!hidesDecision) open(neighbours.next);
        // The first decision is shown now; where the two differ, the lead goes to who leads the case.
        else if (written.leads.some((each) => each.id === lead.id && each.decided === "disagreed")) show({ text: t("second.disagree"), kind: "warning" });
        else show({ text: t("second.settled") });
      },
      askSecond: async () => {
        if (!lead.decision) show({ text: t("second.undecided"), kind: "warning" });
        else await mark("tag", SECOND_TAG, !lead.tags.includes(SECOND_TAG));
      },
      mark: async (kind, value, on) => void await mark(kind, value, on),
      note: async (text) => void await run(() => calls.note({ seen, subject, text }), t("done.note")),
      assign: async (to, due) => void await run(
        () => calls.assign(lead.id, { seen, to, due }), to ? t("done.assignment", { to }) : t("act.assignment_none"),
      ),
      correct: async (correction) => void await run(
        () => calls.correct({ seen, ...correction }), t("done.correction", { key: word("key", correction.key) }),
      ),
      claimLife: async (answer) => {
        const entity = detail.members[0];
        if (entity) await run(() => calls.claimLife({ seen, entity, ...answer }), t("done.life"));
      },
      grade: async (claim, grade) => void await run(
        () => calls.grade({ seen, subject: { kind: "entity", id: recordOf(claim.subject) }, grade }), t("done.grade", { grade }),
      ),
    };
  }, [calls, caseName, detail, hidesDecision, hidesFigures, match, matchAt, neighbours.next, open, run, setMatchAt, show, t, word]);
}
