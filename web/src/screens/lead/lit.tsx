// What is lit on the page: the value under the pointer, or the one that was chosen last.
import { createContext, useContext } from "react";

import type { Citation } from "../../api/types";

export interface Lit {
  readonly citation: Citation | undefined;
  readonly point: (citation: Citation | undefined) => void;
  readonly choose: (citation: Citation) => void;
}

export const LitContext = createContext<Lit>({ citation: undefined, point: () => undefined, choose: () => undefined });

export function useLit(): Lit {
  return useContext(LitContext);
}
