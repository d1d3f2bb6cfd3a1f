// What was done with a lead, latest first, by all or by one person.
import { HTMLSelect } from "@blueprintjs/core";
import { useState } from "react";

import type { Entry, LeadDetail } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { EntryList } from "../../parts/entry-list";

export function History({ detail, hides }: { detail: LeadDetail; hides: (entry: Entry) => boolean }) {
  const { t } = useText();
  const [user, setUser] = useState("");
  const users = [...new Set(detail.history.map((entry) => entry.user))].sort();
  const shown = detail.history.filter((entry) => !user || entry.user === user);
  if (detail.history.length === 0) return <p className="soft">{t("history.none")}</p>;
  return (
    <div className="stack">
      {users.length > 1 ? (
        <label className="row small">{t("history.by")}
          <HTMLSelect value={user} onChange={(event) => setUser(event.currentTarget.value)}>
            <option value="">{t("history.all")}</option>
            {users.map((each) => <option key={each} value={each}>{each}</option>)}
          </HTMLSelect>
        </label>
      ) : null}
      <EntryList entries={shown} hides={hides} />
      {detail.history_length > detail.history.length ? <p className="soft small">{t("history.more#", { n: detail.history_length - detail.history.length })}</p> : null}
    </div>
  );
}
