// Searches that a user keeps: the words and where they are looked for; each is named by its words.
import { Button } from "@blueprintjs/core";
import { Cross, FloppyDisk } from "@blueprintjs/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";

import type { Saved } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { useFailure } from "../../shell/states";
import { useToast } from "../../shell/toasts";

export interface Asked {
  readonly q: string;
  /** Where it is looked for; everywhere if empty. */
  readonly place: string;
}

export function KeptSearches({ asked, choose }: { asked: Asked; choose: (asked: Asked) => void }) {
  const { t } = useText();
  const { name, calls } = useCase();
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const { data } = useQuery({ queryKey: [name, "saved"], queryFn: ({ signal }) => calls.saved(signal) });
  const kept = (data ?? []).filter((saved) => saved.kind === "search");
  const renew = () => void client.invalidateQueries({ queryKey: [name, "saved"] });
  const failed = (error: unknown) => show({ text: failure(error).text, kind: "failed" });
  const q = asked.q.trim();
  const isKept = kept.some((saved) => askedOf(saved).q === q && askedOf(saved).place === asked.place);
  return (
    <div className="row row-wrap">
      <Button
        size="small" variant="minimal" icon={<FloppyDisk />} disabled={q.length < 2 || isKept}
        onClick={() => void calls.save("search", q.slice(0, 60), { q, place: asked.place }).then(renew, failed)}
      >
        {t("search.keep")}
      </Button>
      {kept.map((saved) => (
        <span key={saved.id} className="row">
          <button type="button" className="chip" onClick={() => choose(askedOf(saved))}><bdi>{saved.name}</bdi></button>
          <Button
            size="small" variant="minimal" icon={<Cross size={12} />} aria-label={t("view.forget", { name: saved.name })} title={t("view.forget", { name: saved.name })}
            onClick={() => void calls.forget(saved.id).then(renew, failed)}
          />
        </span>
      ))}
    </div>
  );
}

function askedOf(saved: Saved): Asked {
  const body = saved.body as { q?: unknown; place?: unknown } | null;
  return { q: typeof body?.q === "string" ? body.q : saved.name, place: typeof body?.place === "string" ? body.place : "" };
}
