// Texts of other scripts in Latin letters by the scheme that the reader chose, and the button that
// takes the next scheme.
import { Button } from "@blueprintjs/core";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

import type { Latin } from "../api/types";
import { useText } from "../i18n/use-text";
import { Kbd } from "../shell/help";
import { inLatin, loadScheme, saveScheme, type Scheme, schemeAfter } from "./latin-scheme";

interface Chosen {
  readonly scheme: Scheme;
  readonly next: () => void;
}

const Context = createContext<Chosen>({ scheme: "usual", next: () => undefined });

export function LatinProvider({ children }: { children: ReactNode }) {
  const [scheme, setScheme] = useState(() => loadScheme(localStorage));
  const next = useCallback(() => setScheme((now) => {
    const then = schemeAfter(now);
    saveScheme(localStorage, then);
    return then;
  }), []);
  const chosen = useMemo(() => ({ scheme, next }), [scheme, next]);
  return <Context.Provider value={chosen}>{children}</Context.Provider>;
}

export function useLatin(): Chosen {
  return useContext(Context);
}

interface Props {
  readonly latin: Latin | null | undefined;
  readonly className?: string;
}

export function InLatin({ latin, className = "small" }: Props) {
  const { t, word } = useText();
  const { scheme } = useLatin();
  const text = inLatin(latin, scheme);
  if (!text) return null;
  return <span className={`in-latin soft ${className}`} lang="und-Latn" title={t("latin.by", { scheme: word("latin", scheme) })}><bdi>{text}</bdi></span>;
}

/** Says which scheme is chosen; a click or its key takes the next one. */
export function LatinButton() {
  const { t, word } = useText();
  const { scheme, next } = useLatin();
  return (
    <Button size="small" variant="minimal" className="latin-scheme" title={t("latin.about")} onClick={next}>
      {t("latin.shown", { scheme: word("latin", scheme) })} <Kbd action="latin" />
    </Button>
  );
}
