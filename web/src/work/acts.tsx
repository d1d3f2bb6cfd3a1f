// Writing to the case from any screen: what was written shows at once in what is on screen, can be
// taken back by one key, and a refusal says why.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";

import { Problem } from "../api/client";
import type { Lead, LeadDetail, Leads, Written } from "../api/types";
import { useText } from "../i18n/use-text";
import { useCase, useWhyNot } from "../shell/case";
import { useFailure } from "../shell/states";
import { useToast } from "../shell/toasts";
import { popDone, pushDone } from "./done";
import { ENTRY_PARTS, noteSettled } from "./settled";

export interface Acts {
  /** Writes; says `text` when it is done. Gives what was written, or nothing if it was refused. */
  readonly run: (write: () => Promise<Written>, text: string) => Promise<Written | undefined>;
  /** Takes back what was done last in this browser. */
  readonly undoLast: () => Promise<void>;
  /** Takes back one entry or one batch. */
  readonly undo: (what: { entry?: number; batch?: string }) => Promise<Written | undefined>;
}

export function useActs(): Acts {
  const { name, calls } = useCase();
  const client = useQueryClient();
  const show = useToast();
  const failure = useFailure();
  const { t } = useText();
  const whyNow = useWhyNot();
  const whyNot = useRef(whyNow);
  whyNot.current = whyNow;

  const settle = useCallback((written: Written) => {
    patchLeads(client, name, written.leads);
    noteSettled(name, written.entries);
    const ids = new Set(written.entries.flatMap((entry) => entry.leads));
    // After what follows the act: a lead that was left by then is not read anew.
    window.setTimeout(() => {
      for (const id of ids) void client.invalidateQueries({ queryKey: [name, "lead", id] });
      for (const part of ENTRY_PARTS) void client.invalidateQueries({ queryKey: [name, part] });
    });
  }, [client, name]);

  const refuse = useCallback((error: unknown) => {
    const { text, hint } = failure(error);
    show({ text: hint ? `${text} ${hint}` : text, kind: "failed" });
    if (error instanceof Problem && error.status === 409) void client.invalidateQueries({ queryKey: [name] });
  }, [client, failure, name, show]);

  /** Says why nothing may be changed, if so. */
  const isOff = useCallback(() => {
    const text = whyNot.current("judge");
    if (text) show({ text, kind: "warning" });
    return text !== undefined;
  }, [show]);

  const undo = useCallback<Acts["undo"]>(async (what) => {
    if (isOff()) return undefined;
    try {
      const written = await calls.undo(what);
      settle(written);
      show({ text: t("undo.done") });
      return written;
    } catch (error) {
      refuse(error);
      return undefined;
    }
  }, [calls, isOff, refuse, settle, show, t]);

  const run = useCallback<Acts["run"]>(async (write, text) => {
    if (isOff()) return undefined;
    try {
      const written = await write();
      settle(written);
      const seq = written.entries[0]?.seq;
      const done = written.batch ? { batch: written.batch } : seq === undefined ? undefined : { entry: seq };
      if (done) pushDone(name, { ...done, text });
      show({ text, ...(done ? { action: { text: t("undo.action"), run: () => void undo(done) } } : {}) });
      return written;
    } catch (error) {
      refuse(error);
      return undefined;
    }
  }, [isOff, name, refuse, settle, show, t, undo]);

  const undoLast = useCallback(async () => {
    if (isOff()) return;
    const last = popDone(name);
    if (!last) {
      show({ text: t("undo.nothing"), kind: "warning" });
      return;
    }
    await undo(last.batch ? { batch: last.batch } : { entry: last.entry ?? 0 });
  }, [isOff, name, show, t, undo]);

  return useMemo(() => ({ run, undoLast, undo }), [run, undoLast, undo]);
}

/** Puts leads as they are now into every page of the queue that holds them. */
function patchLeads(client: QueryClient, name: string, leads: readonly Lead[]): void {
  const now = new Map(leads.map((lead) => [lead.id, lead]));
  client.setQueriesData<Leads>({ queryKey: [name, "leads"] }, (page) =>
    page?.leads.some((lead) => now.has(lead.id))
      ? { ...page, leads: page.leads.map((lead) => now.get(lead.id) ?? lead) }
      : page);
  for (const lead of leads) {
    client.setQueryData<LeadDetail>([name, "lead", lead.id], (detail) => (detail ? { ...detail, lead } : detail));
  }
}
