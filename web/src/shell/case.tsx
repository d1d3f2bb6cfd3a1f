// The case that a screen is about, who sits before it, and what others do to it meanwhile.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

import { type CaseCalls, callsOf } from "../api/calls";
import type { CaseInfo, Entry, Job, Session } from "../api/types";
import { useTrouble } from "../api/trouble";
import { useText } from "../i18n/use-text";
import { ENTRY_PARTS, isSettled, leadsChangedBy } from "../work/settled";

export interface OpenCase {
  readonly name: string;
  readonly calls: CaseCalls;
  /** What is known of it; nothing until the first answer. */
  readonly info: CaseInfo | undefined;
  /** Work that goes on in the server, latest word of it. */
  readonly working: Job | undefined;
  readonly session: Session;
}

const Context = createContext<OpenCase | null>(null);

export function CaseProvider({ name, session, children }: { name: string; session: Session; children: ReactNode }) {
  const calls = useMemo(() => callsOf(name), [name]);
  const { data: info } = useQuery({ queryKey: [name, "case"], queryFn: ({ signal }) => calls.case(signal) });
  const working = useEvents(name, calls.root);
  const open = useMemo(() => ({ name, calls, info, working, session }), [name, calls, info, working, session]);
  return <Context.Provider value={open}>{children}</Context.Provider>;
}

export function useCase(): OpenCase {
  const open = useContext(Context);
  if (!open) throw new Error("useCase is called outside CaseProvider");
  return open;
}

/** Whether who sits here may do something in this case, by the words of the session. */
export function useMay(): (permission: string) => boolean {
  const { name, session } = useCase();
  const own = session.cases.find((each) => each.name === name);
  return (permission) => own?.permissions.includes(permission) ?? false;
}

/** An answer comes about when the event of its entry does; in milliseconds, chosen by hand. */
const ANSWER_MS = 300;

/** Why who sits here may not do something now; nothing if they may. */
export function useWhyNot(): (permission: string) => string | undefined {
  const { t } = useText();
  const may = useMay();
  const trouble = useTrouble();
  return (permission) => (trouble === "no_log" ? t("readonly.log") : may(permission) ? undefined : t(permission === "review" ? "readonly.review" : "readonly.role"));
}

/** Hears what happens to the case and has it read anew; returns the work that goes on. */
function useEvents(name: string, root: string): Job | undefined {
  const client = useQueryClient();
  const [working, setWorking] = useState<Job>();
  const trouble = useTrouble();
  useEffect(() => {
    // A stream that was refused is not taken up by the browser again.
    if (trouble) return undefined;
    const source = new EventSource(`${root}/events`);
    let timer: number | undefined;
    const stale = new Set<string>();
    // Many entries come at one go: what they concern is read once.
    const renew = (...parts: string[]) => {
      parts.forEach((part) => stale.add(part));
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        for (const part of stale) void client.invalidateQueries({ queryKey: [name, part] });
        stale.clear();
      }, 150);
    };
    source.addEventListener("entry", (event: MessageEvent<string>) => {
      const entry = JSON.parse(event.data) as Entry;
      if (isSettled(name, entry.seq)) return;
      // The answer to what was written here may still be on its way.
      window.setTimeout(() => {
        if (isSettled(name, entry.seq)) return;
        const changed = leadsChangedBy(entry);
        for (const id of changed ?? []) void client.invalidateQueries({ queryKey: [name, "lead", id] });
        renew(...ENTRY_PARTS, ...(changed ? [] : ["lead"]));
      }, ANSWER_MS);
    });
    source.addEventListener("results", () => renew("case", "lead", "leads", "overview", "cluster", "network", "documents", "lists"));
    source.addEventListener("behind", () => void client.invalidateQueries({ queryKey: [name] }));
    source.addEventListener("job", (event: MessageEvent<string>) => {
      const job = JSON.parse(event.data) as Job;
      const goesOn = job.state === "running" || job.state === "waiting";
      setWorking(goesOn ? job : undefined);
      renew("jobs", ...(goesOn ? [] : ["case"]));
    });
    return () => {
      window.clearTimeout(timer);
      source.close();
    };
  }, [client, name, root, trouble]);
  return working;
}
