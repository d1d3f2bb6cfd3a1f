// The language of the screens for all components below.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

import { type Language, languageCookie, loadLanguage, saveLanguage, type Texts, textsOf } from "./text";

interface Chosen extends Texts {
  readonly choose: (language: Language) => void;
}

const Context = createContext<Chosen | null>(null);

export function TextProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => loadLanguage(localStorage, navigator.languages));
  const chosen = useMemo<Chosen>(() => ({
    ...textsOf(language),
    choose: (next) => {
      saveLanguage(localStorage, next);
      document.cookie = languageCookie(next, location.protocol);
      setLanguage(next);
    },
  }), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = chosen.dir;
  }, [language, chosen.dir]);
  return <Context.Provider value={chosen}>{children}</Context.Provider>;
}

export function useText(): Chosen {
  const chosen = useContext(Context);
  if (!chosen) throw new Error("useText is called outside TextProvider");
  return chosen;
}
