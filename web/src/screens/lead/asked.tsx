// The one dialog that is open over a lead, if any.
import type { Claim, LeadDetail, Match, Status, Verdict } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { useCase } from "../../shell/case";
import { Correct, type Correction } from "./correct";
import { AskAssign, AskGoto, AskGrade, AskHandling, AskLife, AskNote, AskReason, AskRelation, AskTag, type LifeAnswer } from "./dialogs";
import type { MarkOn } from "./marks";
import { Refer } from "./refer";

export type Asking =
  | { readonly kind: "same" | "related" | "tag" | "assign" | "life" | "handling" | "refer" | "goto" }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "decide"; readonly status: Status }
  | { readonly kind: "correct"; readonly chosen?: { readonly record: string; readonly key: string } }
  | { readonly kind: "grade"; readonly claim: Claim };

export interface Writes {
  readonly judge: (verdict: Verdict, more?: { reason?: string; relation?: string }) => Promise<void>;
  readonly decide: (status: Status, reason?: string) => Promise<void>;
  readonly askSecond: () => Promise<void>;
  readonly mark: (kind: "tag" | "category" | "handling", value: string, on: boolean) => Promise<void>;
  readonly note: (text: string) => Promise<void>;
  readonly assign: (to: string | null, due: string | null) => Promise<void>;
  readonly correct: (correction: Correction) => Promise<void>;
  readonly claimLife: (answer: LifeAnswer) => Promise<void>;
  readonly grade: (claim: Claim, grade: string) => Promise<void>;
}

interface Props extends Writes {
  readonly asking: Asking;
  readonly detail: LeadDetail;
  readonly match: Match | undefined;
  readonly marks: readonly MarkOn[];
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

export function Asked({ asking, detail, match, marks, onClose, onOpen, ...write }: Props) {
  const { t } = useText();
  const { session } = useCase();
  const { lead } = detail;
  /** Closes first: what follows may open another lead. */
  const then = (work: () => unknown) => {
    onClose();
    void work();
  };
  switch (asking.kind) {
    case "same":
      return (
        <AskReason title={t("same.title")} kind="same" onClose={onClose} onCommit={(reason) => then(() => write.judge("same", { reason }))}>
          <p><Written text={lead.names[0] ?? lead.id} /> = <Written text={match?.caption ?? ""} /> <span className="soft"><bdi>{match?.list}</bdi></span></p>
          {match?.name_only ? <p className="level-near">{t("same.name_only")}</p> : null}
        </AskReason>
      );
    case "related":
      return <AskRelation onClose={onClose} onCommit={(relation, reason) => then(() => write.judge("related", { relation, ...(reason ? { reason } : {}) }))} />;
    case "decide":
      return (
        <AskReason title={t("decide.as", { status: t(`status.${asking.status}`) })} kind="decide" onClose={onClose} onCommit={(reason) => then(() => write.decide(asking.status, reason))}>
          <p><Written text={lead.names[0] ?? lead.id} /></p>
        </AskReason>
      );
    case "note":
      return <AskNote initial={asking.text} onClose={onClose} onCommit={(text) => then(() => write.note(text))} />;
    case "tag":
      return <AskTag known={lead.tags} onClose={onClose} onCommit={(tag, on) => then(() => write.mark("tag", tag, on))} />;
    case "assign":
      return <AskAssign to={lead.assignee ?? ""} due={lead.due ?? ""} me={session.user} onClose={onClose} onCommit={(to, due) => then(() => write.assign(to, due))} />;
    case "correct":
      return <Correct records={detail.records} chosen={asking.chosen} onClose={onClose} onCommit={(correction) => then(() => write.correct(correction))} />;
    case "life":
      return <AskLife onClose={onClose} onCommit={(answer) => then(() => write.claimLife(answer))} />;
    case "grade":
      return <AskGrade grade={asking.claim.grade} subject={asking.claim.text} onClose={onClose} onCommit={(grade) => then(() => write.grade(asking.claim, grade))} />;
    case "handling":
      return <AskHandling marks={marks} onClose={onClose} onMark={(kind, value, on) => void write.mark(kind, value, on)} />;
    case "refer":
      return <Refer filter={{ facets: {}, ids: [lead.id] }} onClose={onClose} />;
    case "goto":
      return <AskGoto onClose={onClose} onCommit={(id) => then(() => onOpen(id))} />;
  }
}
