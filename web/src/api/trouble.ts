// What keeps the server from its work just now, as its latest answers tell: the audit log cannot be
// written (then nothing is done or shown that cannot be logged), or it does not answer at all.
import { useSyncExternalStore } from "react";

export type Trouble = "no_log" | "unreachable";

let now: Trouble | undefined;
const listeners = new Set<() => void>();

export function noteTrouble(trouble: Trouble | undefined): void {
  if (trouble === now) return;
  now = trouble;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTrouble(): Trouble | undefined {
  return useSyncExternalStore(listen, () => now);
}
