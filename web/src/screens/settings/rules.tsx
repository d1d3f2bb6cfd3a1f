// The texts that a case goes by: its rules (when a status is proposed, what ranks a lead), and who has
// to look at a lead. What does not hold is refused by the server, which says why.
import { Button, Callout, TextArea } from "@blueprintjs/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { useText } from "../../i18n/use-text";
import { useCase, useMay } from "../../shell/case";
import { Failed, useFailure, Waiting } from "../../shell/states";
import { useToast } from "../../shell/toasts";
import { WriteButton } from "../../parts/write-button";

export function Rules() {
  const { calls } = useCase();
  return <TextOfCase what="rules" rows={16} read={calls.rules} put={calls.putRules} />;
}

export function Policy() {
  const { calls } = useCase();
  return <TextOfCase what="policy" rows={8} read={calls.policy} put={calls.putPolicy} />;
}

interface Props {
  readonly what: "rules" | "policy";
  readonly rows: number;
  readonly read: (signal?: AbortSignal) => Promise<{ text: string }>;
  readonly put: (text: string) => Promise<{ text: string }>;
}

function TextOfCase({ what, rows, read, put }: Props) {
  const { t } = useText();
  const { name } = useCase();
  const isMine = useMay()("settings");
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const { data, error, refetch } = useQuery({ queryKey: [name, what], queryFn: ({ signal }) => read(signal) });
  const [text, setText] = useState<string>();
  const [refused, setRefused] = useState<string>();
  useEffect(() => setText(data?.text), [data]);
  const save = () => put(text ?? "").then(
    () => {
      setRefused(undefined);
      show({ text: t(`settings.${what}_done`) });
      void client.invalidateQueries({ queryKey: [name] });
    },
    (problem: unknown) => {
      const { text: said, hint } = failure(problem);
      setRefused(hint ? `${said} ${hint}` : said);
    },
  );
  return (
    <section className="sheet">
      <h2>{t(`settings.${what}`)}</h2>
      <p className="soft small">{t(`settings.${what}_about`)}</p>
      {error ? <Failed error={error} retry={() => void refetch()} /> : text === undefined ? <Waiting /> : (
        <div className="stack">
          <TextArea className="settings-rules" fill rows={rows} readOnly={!isMine} dir="ltr" spellCheck={false} value={text} aria-label={t(`settings.${what}`)} onChange={(event) => setText(event.currentTarget.value)} />
          {refused ? <Callout intent="danger" compact><bdi>{refused}</bdi></Callout> : null}
          <div className="row">
            <WriteButton needs="settings" intent="primary" disabled={text === data?.text} onClick={() => void save()}>{t(`settings.${what}_save`)}</WriteButton>
            <Button disabled={text === data?.text} onClick={() => setText(data?.text)}>{t("settings.rules_back")}</Button>
          </div>
        </div>
      )}
    </section>
  );
}
