// Light or dark: as the system has it, or as chosen in this browser.
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const STORE = "crossroll.theme";
const SYSTEM_DARK = "(prefers-color-scheme: dark)";

interface Chosen {
  readonly theme: Theme;
  readonly isDark: boolean;
  readonly choose: (theme: Theme) => void;
}

const Context = createContext<Chosen>({ theme: "system", isDark: false, choose: () => undefined });

function loadTheme(): Theme {
  const stored = localStorage.getItem(STORE);
  return THEMES.find((theme) => theme === stored) ?? "system";
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useState(loadTheme);
  const [systemDark, setSystemDark] = useState(() => matchMedia(SYSTEM_DARK).matches);
  useEffect(() => {
    const system = matchMedia(SYSTEM_DARK);
    const onChange = () => setSystemDark(system.matches);
    system.addEventListener("change", onChange);
    return () => system.removeEventListener("change", onChange);
  }, []);
  const isDark = theme === "dark" || (theme === "system" && systemDark);
  useEffect(() => {
    // On the body, so that dialogs and menus, which stand beside the root, have it too.
    document.body.classList.toggle("bp6-dark", isDark);
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  }, [isDark]);
  const choose = (next: Theme) => {
    localStorage.setItem(STORE, next);
    setTheme(next);
  };
  return <Context.Provider value={{ theme, isDark, choose }}>{children}</Context.Provider>;
}

export function useTheme(): Chosen {
  return useContext(Context);
}
