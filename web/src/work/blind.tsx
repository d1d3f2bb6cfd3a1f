// Whether the figures of a lead are hidden until it is decided: by the switch, for a sample, or
// because a second person has to decide unswayed.
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

interface Blind {
  readonly isOn: boolean;
  readonly toggle: () => void;
  /** Of how many leads in a hundred the figures are hidden even if the switch is off. */
  readonly sample: number;
  readonly setSample: (percent: number) => void;
}

const Context = createContext<Blind>({ isOn: false, toggle: () => undefined, sample: 0, setSample: () => undefined });

const STORE = "crossroll.blind";
const STORE_SAMPLE = "crossroll.blind-sample";

export function BlindProvider({ children }: { children: ReactNode }) {
  const [isOn, setOn] = useState(() => localStorage.getItem(STORE) === "on");
  const [sample, setSample] = useState(() => Number(localStorage.getItem(STORE_SAMPLE) ?? 0) || 0);
  const blind = useMemo<Blind>(() => ({
    isOn, sample,
    toggle: () => {
      localStorage.setItem(STORE, isOn ? "off" : "on");
      setOn(!isOn);
    },
    setSample: (percent) => {
      localStorage.setItem(STORE_SAMPLE, String(percent));
      setSample(percent);
    },
  }), [isOn, sample]);
  return <Context.Provider value={blind}>{children}</Context.Provider>;
}

export function useBlind(): Blind {
  return useContext(Context);
}

/** Whether a lead is of the sample: by its id, so that it stays so. */
export function isSampled(id: string, percent: number): boolean {
  let hash = 0;
  for (const letter of id) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return hash % 100 < percent;
}
