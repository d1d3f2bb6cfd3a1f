// The log of who looked at what and did what, from its end, a page at a time.
import { Button, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Problem } from "../../api/client";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";

/** Entries of one page. */
const PAGE = 100;
const ACTIONS = ["view", "search", "edit", "decision", "export", "erase", "login", "denied", "account", "mended"] as const;

export function Seen() {
  const { t, time, word } = useText();
  const { name, calls } = useCase();
  const [user, setUser] = useState("");
  const [action, setAction] = useState("");
  // Numbers that the pages before this one began below: the log grows while it is read, even by that.
  const [starts, setStarts] = useState<readonly number[]>([]);
  const before = starts.at(-1);
  const { data, error, refetch } = useQuery({
    queryKey: [name, "audit", user.trim(), action, before], retry: false, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => calls.audit({
      newest: true, limit: PAGE, ...(before === undefined ? {} : { before }), ...(user.trim() ? { user: user.trim() } : {}), ...(action ? { action } : {}),
    }, signal),
  });
  if (error instanceof Problem && (error.status === 404 || error.status === 403)) {
    return <Nothing title={error.status === 403 ? t("journal.audit_denied") : t("journal.no_audit")}>{t("journal.no_audit_hint")}</Nothing>;
  }
  const last = data?.at(-1)?.seq;
  return (
    <div className="stack">
      <div className="row row-wrap">
        <InputGroup type="search" dir="auto" value={user} placeholder={t("journal.user")} aria-label={t("journal.user")} onChange={(event) => { setUser(event.currentTarget.value); setStarts([]); }} />
        <HTMLSelect value={action} aria-label={t("journal.act")} onChange={(event) => { setAction(event.currentTarget.value); setStarts([]); }}>
          <option value="">{t("journal.all_acts")}</option>
          {ACTIONS.map((each) => <option key={each} value={each}>{word("audit", each)}</option>)}
        </HTMLSelect>
        <span className="row end">
          <Button size="small" disabled={starts.length === 0} onClick={() => setStarts(starts.slice(0, -1))}>{t("page.newer")}</Button>
          <Button size="small" disabled={(data?.length ?? 0) < PAGE || last === undefined} onClick={() => last !== undefined && setStarts([...starts, last])}>{t("page.older")}</Button>
        </span>
      </div>
      {error && !data ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting />
        : data.length === 0 ? <Nothing title={user || action ? t("journal.none_such") : t("journal.none")} /> : (
          <section className="sheet">
            <table className="plain">
              <thead><tr><th className="num">#</th><th>{t("journal.time")}</th><th>{t("journal.user")}</th><th>{t("journal.act")}</th><th>{t("journal.what")}</th></tr></thead>
              <tbody>
                {data.map((entry) => (
                  <tr key={entry.seq}>
                    <td className="num">{entry.seq}</td><td className="nowrap">{time(entry.time)}</td><td><bdi>{entry.user}</bdi></td><td className="nowrap">{word("audit", entry.action)}</td>
                    <td className="small seen-what">{entry.subjects.some(Boolean) ? <bdi dir="ltr">{entry.subjects.join(", ")}</bdi> : t("journal.case")}{entry.why ? <> · <bdi>{entry.why}</bdi></> : null}{entry.outcome ? <span className="soft"> · {entry.outcome}</span> : null}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
    </div>
  );
}
