// All files of the case with their state and its reason: none is left out.
import { Button, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";

import { DOCUMENT_STATES } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { Failed, Nothing, Waiting } from "../../shell/states";
import { Said } from "../../parts/said";
import { mediaName } from "./media";

/** Files of one page. */
const PAGE = 200;
/** How long after the last letter is asked, in milliseconds. Chosen by hand. */
const TYPING_MS = 200;

export default function Documents() {
  const { t, word, number } = useText();
  const { name, calls, info } = useCase();
  const params = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const [state, dataset, text] = [params.get("state") ?? "", params.get("dataset") ?? "", params.get("text") ?? ""];
  const [typed, setTyped] = useState(text);
  const [page, setPage] = useState(0);
  const set = (key: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(key, value);
    else next.delete(key);
    setPage(0);
    navigate(`/documents${next.size > 0 ? `?${next.toString()}` : ""}`);
  };
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = window.setTimeout(() => set("text", typed), TYPING_MS);
    return () => window.clearTimeout(timer);
  });
  const { data, error, refetch } = useQuery({
    queryKey: [name, "documents", state, dataset, text, page], placeholderData: keepPreviousData,
    queryFn: ({ signal }) => calls.documents({
      ...(state ? { state } : {}), ...(dataset ? { dataset } : {}), ...(text ? { text } : {}), offset: page * PAGE, limit: PAGE,
    }, signal),
  });
  const caches = info?.datasets.filter((each) => each.kind === "cache") ?? [];
  return (
    <div className="screen">
      <div className="screen-head">
        <h1 aria-live="polite">{data ? t("documents.count#", { n: data.total }) : t("nav.documents")}</h1>
        <InputGroup type="search" dir="auto" value={typed} placeholder={t("documents.text")} aria-label={t("documents.text")} onChange={(event) => setTyped(event.currentTarget.value)} />
        <HTMLSelect value={state} aria-label={t("documents.state")} onChange={(event) => set("state", event.currentTarget.value)}>
          <option value="">{t("documents.all_states")}</option>
          {DOCUMENT_STATES.map((each) => <option key={each} value={each}>{t(`state.${each}`)}</option>)}
        </HTMLSelect>
        {caches.length > 1 ? (
          <HTMLSelect value={dataset} aria-label={t("documents.dataset")} onChange={(event) => set("dataset", event.currentTarget.value)}>
            <option value="">{t("documents.all_datasets")}</option>
            {caches.map((each) => <option key={each.name} value={each.name}>{each.title || each.name}</option>)}
          </HTMLSelect>
        ) : null}
        {data && data.total > PAGE ? (
          <span className="row end">
            <Button size="small" disabled={page === 0} onClick={() => setPage(page - 1)}>{t("page.back")}</Button>
            <span className="number small">{t("page.range", { from: page * PAGE + 1, to: Math.min(data.total, (page + 1) * PAGE), total: data.total })}</span>
            <Button size="small" disabled={(page + 1) * PAGE >= data.total} onClick={() => setPage(page + 1)}>{t("page.on")}</Button>
          </span>
        ) : null}
      </div>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting /> : data.total === 0 ? (
        <Nothing title={t("documents.none")}>{state || text || dataset ? t("queue.none_hint") : t("queue.empty_hint")}</Nothing>
      ) : (
        <section className="sheet">
          <table className="plain">
            <thead><tr><th>{t("documents.path")}</th><th>{t("documents.state")}</th><th>{t("documents.reason")}</th><th>{t("documents.type")}</th><th className="num">{t("documents.size")}</th></tr></thead>
            <tbody>
              {data.documents.map((document, at) => (
                <tr key={`${document.path} ${at}`}>
                  <td><Link href={`/documents/${document.id}`}><bdi dir="ltr">{document.path}</bdi></Link></td>
                  <td className="nowrap"><span className={document.state === "read" || document.state === "duplicate" ? "tag" : "tag tag-warning"}>{word("state", document.state)}</span></td>
                  <td>{document.reason ? <Said text={document.reason} /> : null}</td>
                  <td className="small soft"><bdi dir="ltr" title={document.media_type}>{mediaName(document.media_type)}</bdi></td>
                  <td className="num">{number(document.size)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
