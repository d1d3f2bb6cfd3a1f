// The ways of writing other scripts in Latin letters, and which of them the reader chose; the choice
// stays in this browser.
import type { Latin } from "../api/types";

export type Scheme = keyof Latin | "off";
/** In the order in which the key goes through them. */
export const SCHEMES: readonly Scheme[] = ["usual", "plain", "scholarly", "off"];

const STORE = "crossroll.latin";

export function loadScheme(storage: Pick<Storage, "getItem">): Scheme {
  const stored = storage.getItem(STORE);
  return SCHEMES.find((scheme) => scheme === stored) ?? "usual";
}

export function saveScheme(storage: Pick<Storage, "setItem">, scheme: Scheme): void {
  storage.setItem(STORE, scheme);
}

export function schemeAfter(scheme: Scheme): Scheme {
  return SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? "usual";
}

/** A text by a scheme; nothing where the reader wants none or the text has Latin letters already. */
export function inLatin(latin: Latin | null | undefined, scheme: Scheme): string | undefined {
  return scheme === "off" ? undefined : latin?.[scheme];
}
