// The keys of this browser for all screens below, and what is printed on them.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

import { type Action, type Key, keyLabel, type Keymap, loadKeys, plainLabel, saveKeys } from "./keymap";
import { KeymapContext } from "./use-keys";

type Labels = Readonly<Record<Action, string>>;

interface Chosen {
  readonly keys: Keymap;
  readonly labels: Labels;
  readonly choose: (keys: Keymap) => void;
}

const Context = createContext<Chosen | null>(null);

export function KeysProvider({ children }: { children: ReactNode }) {
  const [keys, setKeys] = useState(() => loadKeys(localStorage));
  const [labels, setLabels] = useState<Labels>(() => plainLabels(keys));
  useEffect(() => {
    let isCurrent = true;
    const entries = Object.entries(keys) as [Action, Key][];
    void Promise.all(entries.map(async ([action, key]) => [action, await keyLabel(key)] as const)).then((found) => {
      if (isCurrent) setLabels(Object.fromEntries(found) as Record<Action, string>);
    });
    return () => { isCurrent = false; };
  }, [keys]);
  const chosen = useMemo<Chosen>(() => ({
    keys, labels,
    choose: (next) => {
      saveKeys(localStorage, next);
      setKeys(next);
    },
  }), [keys, labels]);
  return (
    <Context.Provider value={chosen}>
      <KeymapContext.Provider value={keys}>{children}</KeymapContext.Provider>
    </Context.Provider>
  );
}

function plainLabels(keys: Keymap): Labels {
  return Object.fromEntries(Object.entries(keys).map(([action, key]) => [action, plainLabel(key)])) as Record<Action, string>;
}

export function useChosenKeys(): Chosen {
  const chosen = useContext(Context);
  if (!chosen) throw new Error("useChosenKeys is called outside KeysProvider");
  return chosen;
}

/** What is printed on the keys of this keyboard; until the browser tells, of a US one. */
export function useKeyLabels(): Labels {
  return useChosenKeys().labels;
}
