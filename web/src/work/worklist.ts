// The leads that somebody works through: the view of the queue and the place in it. It is kept over
// a reload; the order is the server's.
import type { View } from "./filter";
import { WHOLE } from "./filter";

export interface Worklist {
  readonly view: View;
  /** Place of the lead that is open, from 0. */
  readonly index: number;
}

function keyOf(caseName: string): string {
  return `crossroll.worklist.${caseName}`;
}

export function loadWorklist(caseName: string): Worklist {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(caseName)) ?? "null") as Worklist | null;
    return kept ?? { view: WHOLE, index: 0 };
  } catch {
    return { view: WHOLE, index: 0 };
  }
}

export function saveWorklist(caseName: string, worklist: Worklist): void {
  sessionStorage.setItem(keyOf(caseName), JSON.stringify(worklist));
}
