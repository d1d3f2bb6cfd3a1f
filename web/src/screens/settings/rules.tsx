// The rules of the case: when a status is proposed, what ranks a lead. Rules that do not hold are
// refused by the server, which says why.
import { Button, Callout, TextArea } from "@blueprintjs/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { Failed, useFailure, Waiting } from "../../shell/states";
import { useToast } from "../../shell/toasts";

export function Rules() {
  const { t } = useText();
  const { name, calls } = useCase();
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const { data, error, refetch } = useQuery({ queryKey: [name, "rules"], queryFn: ({ signal }) => calls.rules(signal) });
  const [text, setText] = useState<string>();
  const [refused, setRefused] = useState<string>();
  useEffect(() => setText(data?.text), [data]);
  const save = () => calls.putRules(text ?? "").then(
    () => {
      setRefused(undefined);
      show({ text: t("settings.rules_done") });
      void client.invalidateQueries({ queryKey: [name] });
    },
    (problem: unknown) => {
      const { text: said, hint } = failure(problem);
      setRefused(hint ? `${said} ${hint}` : said);
    },
  );
  return (
    <section className="sheet">
      <h2>{t("settings.rules")}</h2>
      <p className="soft small">{t("settings.rules_about")}</p>
      {error ? <Failed error={error} retry={() => void refetch()} /> : text === undefined ? <Waiting /> : (
        <div className="stack">
          <TextArea className="settings-rules" fill rows={16} dir="ltr" spellCheck={false} value={text} aria-label={t("settings.rules")} onChange={(event) => setText(event.currentTarget.value)} />
          {refused ? <Callout intent="danger" compact><bdi>{refused}</bdi></Callout> : null}
          <div className="row">
            <Button intent="primary" disabled={text === data?.text} onClick={() => void save()}>{t("settings.rules_save")}</Button>
            <Button disabled={text === data?.text} onClick={() => setText(data?.text)}>{t("settings.rules_back")}</Button>
          </div>
        </div>
      )}
    </section>
  );
}
