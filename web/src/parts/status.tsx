// Words of the program with their signs: statuses, life, levels. A sign and a word always; color is
// only on top.
import type { Level, Life, Status } from "../api/types";
import { useText } from "../i18n/use-text";

const STATUS_SIGN: Record<Status, string> = {
  listed: "●", listed_reported_dead: "◐", reported_dead: "○", possible: "?", not_found: "–", too_little_data: "…",
};

/** A proposed status; `isDecided` for one that a person decided on. */
export function StatusTag({ status, isDecided = false, isShort = false }: { status: Status; isDecided?: boolean; isShort?: boolean }) {
  const { t } = useText();
  return (
    <span className={`tag status-${status} ${isDecided ? "tag-decided" : "tag-proposed"}`} title={`${t(`status.${status}`)} — ${isDecided ? t("status.decided") : t("status.proposed")}`}>
      <span aria-hidden="true">{isDecided ? "✓" : STATUS_SIGN[status]}</span> {t(isShort ? `status.short.${status}` : `status.${status}`)}
    </span>
  );
}

export function LifeTag({ life }: { life: Life }) {
  const { t } = useText();
  if (life === "unknown") return null;
  return <span className={`tag life-${life}`}><span aria-hidden="true">†</span> {t(`life.${life}`)}</span>;
}

/** How the decision on a lead stands, where it is not simply open. */
export function DecidedTag({ decided }: { decided: string }) {
  const { t } = useText();
  if (decided === "stale" || decided === "reopened" || decided === "needs_second" || decided === "disagreed") {
    return <span className="tag tag-warning"><span aria-hidden="true">!</span> {t(`decided.${decided}`)}</span>;
  }
  return null;
}

export const LEVEL_SIGN: Record<Level, string> = { agree: "=", near: "≈", missing: "·", conflict: "≠" };

export function LevelTag({ level }: { level: Level }) {
  const { t } = useText();
  return (
    <span className={`level level-${level}`}>
      <span className="level-sign" aria-hidden="true">{LEVEL_SIGN[level]}</span> {t(`level.${level}`)}
    </span>
  );
}
