// Views of the queue by a name: those that everybody needs, and those that somebody kept.
import { Button, InputGroup, Popover } from "@blueprintjs/core";
import { Cross, FloppyDisk } from "@blueprintjs/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { Saved } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { useFailure } from "../../shell/states";
import { useToast } from "../../shell/toasts";
import { formatView, parseView, type View, WHOLE } from "../../work/filter";
import { WriteButton } from "../../parts/write-button";

export function Views({ view, onChoose }: { view: View; onChoose: (view: View) => void }) {
  const { t } = useText();
  const { name, calls, session } = useCase();
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const { data } = useQuery({ queryKey: [name, "saved"], queryFn: ({ signal }) => calls.saved(signal) });
  const facets = (chosen: Record<string, string[]>): View => ({ filter: { facets: chosen }, sort: "rank" });
  const built: readonly [Parameters<typeof t>[0], View][] = [
    ["view.all", WHOLE],
    ["view.open", facets({ decided: ["open"] })],
    ["view.mine", facets({ assignee: [session.user] })],
    ["view.again", facets({ decided: ["stale", "reopened"] })],
    ["view.second", facets({ decided: ["needs_second", "disagreed"] })],
  ];
  const key = formatView(view);
  const failed = (error: unknown) => show({ text: failure(error).text, kind: "failed" });
  const renew = () => void client.invalidateQueries({ queryKey: [name, "saved"] });
  const own = (data ?? []).filter((saved) => saved.kind === "view");
  return (
    <section className="views">
      <div className="row">
        <h2>{t("view.title")}</h2>
        <span className="end"><SaveView view={view} onSaved={renew} onFailed={failed} /></span>
      </div>
      <ul>
        {built.map(([text, each]) => (
          <li key={text}>
            <button type="button" className="view" aria-pressed={formatView(each) === key} onClick={() => onChoose(each)}>{t(text)}</button>
          </li>
        ))}
        {own.map((saved) => (
          <li key={saved.id} className="row">
            <button type="button" className="view" aria-pressed={bodyOf(saved) === key} onClick={() => onChoose(parseView(bodyOf(saved)))}><bdi>{saved.name}</bdi></button>
            <Button
              size="small" variant="minimal" icon={<Cross size={12} />} aria-label={t("view.forget", { name: saved.name })} title={t("view.forget", { name: saved.name })}
              onClick={() => void calls.forget(saved.id).then(renew, failed)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function bodyOf(saved: Saved): string {
  const body = saved.body as { query?: unknown } | null;
  return typeof body?.query === "string" ? body.query : "";
}

function SaveView({ view, onSaved, onFailed }: { view: View; onSaved: () => void; onFailed: (error: unknown) => void }) {
  const { t } = useText();
  const { calls } = useCase();
  const [name, setName] = useState("");
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      isOpen={isOpen} onInteraction={setOpen} placement="bottom-end"
      content={(
        <form
          className="popover-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!name.trim()) return;
            setOpen(false);
            setName("");
            calls.save("view", name.trim(), { query: formatView(view) }).then(onSaved, onFailed);
          }}
        >
          <label className="stack">{t("view.name")}
            <InputGroup autoFocus value={name} maxLength={60} dir="auto" onChange={(event) => setName(event.currentTarget.value)} />
          </label>
          <WriteButton needs="search" type="submit" intent="primary" disabled={!name.trim()}>{t("view.save")}</WriteButton>
        </form>
      )}
    >
      <Button size="small" variant="minimal" icon={<FloppyDisk />} aria-label={t("view.keep")} title={t("view.keep")} />
    </Popover>
  );
}
