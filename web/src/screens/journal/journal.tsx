// All that people did to the case, latest first; and, where the server keeps one, the log of who
// looked at what.
import { Button, HTMLSelect, InputGroup, Tab, Tabs } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useText } from "../../i18n/use-text";
import { useKeys } from "../../keys/use-keys";
import { EntryList } from "../../parts/entry-list";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";
import { useActs } from "../../work/acts";
import { Seen } from "./seen";

/** Entries of one page. */
const PAGE = 100;
const ACTS = ["decision", "judgement", "correction", "life_claim", "grading", "note", "assignment", "mark", "reopening", "undo"] as const;

export default function Journal() {
  const { t } = useText();
  const [tab, setTab] = useState<"done" | "seen">("done");
  return (
    <div className="screen">
      <h1>{t("nav.journal")}</h1>
      <Tabs animate={false} id="journal" selectedTabId={tab} onChange={(next) => setTab(next as "done" | "seen")} renderActiveTabPanelOnly>
        <Tab id="done" title={t("journal.done")} panel={<Done />} />
        <Tab id="seen" title={t("journal.seen")} panel={<Seen />} />
      </Tabs>
    </div>
  );
}

function Done() {
  const { t, word } = useText();
  const { name, calls } = useCase();
  const acts = useActs();
  useKeys({ undo: () => void acts.undoLast() });
  const [user, setUser] = useState("");
  const [act, setAct] = useState("");
  const [page, setPage] = useState(0);
  const { data, error, refetch } = useQuery({
    queryKey: [name, "journal", user, act, page], placeholderData: keepPreviousData,
    queryFn: ({ signal }) => calls.journal({ ...(user.trim() ? { user: user.trim() } : {}), ...(act ? { act } : {}), offset: page * PAGE, limit: PAGE }, signal),
  });
  return (
    <div className="stack">
      <div className="row row-wrap">
        <InputGroup type="search" dir="auto" value={user} placeholder={t("journal.user")} aria-label={t("journal.user")} onChange={(event) => { setUser(event.currentTarget.value); setPage(0); }} />
        <HTMLSelect value={act} aria-label={t("journal.act")} onChange={(event) => { setAct(event.currentTarget.value); setPage(0); }}>
          <option value="">{t("journal.all_acts")}</option>
          {ACTS.map((each) => <option key={each} value={each}>{word("journal.kind", each)}</option>)}
        </HTMLSelect>
        <span className="row end">
          <Button size="small" disabled={page === 0} onClick={() => setPage(page - 1)}>{t("page.back")}</Button>
          <Button size="small" disabled={(data?.length ?? 0) < PAGE} onClick={() => setPage(page + 1)}>{t("page.on")}</Button>
        </span>
      </div>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting />
        : data.length === 0 ? <Nothing title={user || act ? t("journal.none_such") : t("journal.none")}>{t("journal.none_hint")}</Nothing>
        : <section className="sheet"><EntryList entries={data} showsLead /></section>}
    </div>
  );
}
