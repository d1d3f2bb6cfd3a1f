// Keys of a screen: handlers by action, off while somebody types.
import { createContext, useContext, useEffect, useRef } from "react";

import { type Action, actionOf, DEFAULT_KEYS, type Keymap } from "./keymap";

export const KeymapContext = createContext<Keymap>(DEFAULT_KEYS);

export type Handlers = Partial<Record<Action, () => void>>;

/** Whether keys belong to what has the focus. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** Whether a dialog is open: then keys of the screen below do nothing. */
function isUnderDialog(): boolean {
  return document.querySelector(".bp6-dialog, .bp6-popover .bp6-menu") !== null;
}

/** Listens while the component is shown and no dialog stands over it. `active` switches it off. */
export function useKeys(handlers: Handlers, active = true): void {
  const keys = useContext(KeymapContext);
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (!active) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat && event.code === "Enter" || isTyping(event.target)) return;
      if (isUnderDialog()) return;
      // A focused button keeps Enter and Space.
      const isPressable = event.target instanceof HTMLElement && event.target.closest("button, a[href]");
      if (isPressable && (event.code === "Enter" || event.code === "Space")) return;
      const action = actionOf(keys, event);
      const handler = action && latest.current[action];
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [keys, active]);
}
