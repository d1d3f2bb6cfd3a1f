// Long work on the case: begun here, seen everywhere, ended where what was done can be kept.
import { Button, InputGroup, ProgressBar } from "@blueprintjs/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { JobAsk } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { Failed, useFailure, Waiting } from "../../shell/states";
import { useToast } from "../../shell/toasts";
import { WriteButton } from "../../parts/write-button";

export function Jobs() {
  const { t, word } = useText();
  const { name, calls, session } = useCase();
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const [path, setPath] = useState("");
  const { data, error, refetch } = useQuery({ queryKey: [name, "jobs"], queryFn: ({ signal }) => calls.jobs(signal) });
  const renew = () => void client.invalidateQueries({ queryKey: [name, "jobs"] });
  const begin = (job: JobAsk) => calls.begin(job).then(
    () => { show({ text: t("jobs.begun", { job: word("job", job.kind) }) }); renew(); },
    (refused: unknown) => {
      const { text, hint } = failure(refused);
      show({ text: hint ? `${text} ${hint}` : text, kind: "failed" });
    },
  );
  const cancel = (id: number) => calls.cancel(id).then(renew, renew);
  return (
    <section className="sheet">
      <h2>{t("jobs.title")}</h2>
      <div className="stack">
        <div className="row row-wrap">
          <WriteButton needs="run" intent="primary" onClick={() => void begin({ kind: "run", again: false })}>{t("jobs.run")}</WriteButton>
          <WriteButton needs="run" onClick={() => void begin({ kind: "verify" })}>{t("jobs.verify")}</WriteButton>
          {session.is_alone ? (
            <>
              <InputGroup className="settings-path" dir="ltr" value={path} placeholder={t("jobs.path")} aria-label={t("jobs.path")} onChange={(event) => setPath(event.currentTarget.value)} />
              <WriteButton needs="run" disabled={!path.trim()} onClick={() => void begin({ kind: "add", path: path.trim() })}>{t("jobs.add")}</WriteButton>
              <WriteButton needs="run" disabled={!path.trim()} onClick={() => void begin({ kind: "add_list", path: path.trim() })}>{t("jobs.add_list")}</WriteButton>
              <WriteButton needs="run" disabled={!path.trim()} onClick={() => void begin({ kind: "backup", path: path.trim() })}>{t("jobs.backup")}</WriteButton>
            </>
          ) : null}
        </div>
        {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting /> : data.length === 0 ? <p className="soft">{t("jobs.none")}</p> : (
          <table className="plain">
            <tbody>
              {[...data].reverse().map((job) => (
                <tr key={job.id}>
                  <td className="nowrap">{word("job", job.kind)}</td>
                  <td className="nowrap">{word("jobs.state", job.state)}</td>
                  <td className="settings-progress">{job.state === "running" ? <ProgressBar {...(job.total ? { value: job.done / job.total } : {})} /> : null}</td>
                  <td><bdi>{job.outcome ?? job.task}</bdi></td>
                  <td>{job.state === "running" || job.state === "waiting" ? <Button size="small" onClick={() => void cancel(job.id)}>{t("jobs.cancel")}</Button> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}
