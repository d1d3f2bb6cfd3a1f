// Short words on what was done, with a way to take it back. A screen reader hears them; none takes
// the focus, none must be clicked away.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";

import { useText } from "../i18n/use-text";

export interface Toast {
  readonly text: string;
  readonly kind?: "done" | "warning" | "failed";
  readonly action?: { readonly text: string; readonly run: () => void };
}

type Show = (toast: Toast) => void;
const Context = createContext<Show>(() => undefined);

/** How long one stands, in milliseconds; failures twice as long. Chosen by hand. */
const STANDS_MS = 6000;
/** How many stand at one time. */
const SHOWN_MAX = 3;

interface Standing extends Toast {
  readonly id: number;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useText();
  const [shown, setShown] = useState<readonly Standing[]>([]);
  const counter = useRef(0);
  const timers = useRef(new Set<number>());
  const close = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback<Show>((toast) => {
    const id = ++counter.current;
    setShown((all) => [...all.slice(1 - SHOWN_MAX), { ...toast, id }]);
    const timer = window.setTimeout(() => close(id), toast.kind === "failed" ? 2 * STANDS_MS : STANDS_MS);
    timers.current.add(timer);
  }, [close]);
  useEffect(() => () => timers.current.forEach((timer) => window.clearTimeout(timer)), []);
  const body = useMemo(() => (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={`toast toast-${toast.kind ?? "done"}`}>
          <span>{toast.text}</span>
          {toast.action && (
            <button type="button" className="toast-action" onClick={() => { toast.action?.run(); close(toast.id); }}>
              {toast.action.text}
            </button>
          )}
          <button type="button" className="toast-close" aria-label={t("close")} onClick={() => close(toast.id)}>×</button>
        </div>
      ))}
    </div>
  ), [shown, close, t]);
  return <Context.Provider value={show}>{children}{body}</Context.Provider>;
}

export function useToast(): Show {
  return useContext(Context);
}
