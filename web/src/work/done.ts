// What was done in this browser, latest last: what the key for undo takes back, and how fast the
// work goes. Kept over a reload.

export interface Done {
  readonly entry?: number;
  readonly batch?: string;
  readonly text: string;
}

/** Things that are remembered to be taken back by a key; the journal has all of them. */
const DONE_MAX = 200;

function read<T>(key: string, none: T): T {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as T ?? none;
  } catch {
    return none;
  }
}

export function pushDone(caseName: string, done: Done): void {
  const key = `crossroll.done.${caseName}`;
  sessionStorage.setItem(key, JSON.stringify([...read<Done[]>(key, []), done].slice(-DONE_MAX)));
}

export function popDone(caseName: string): Done | undefined {
  const key = `crossroll.done.${caseName}`;
  const all = read<Done[]>(key, []);
  const last = all.pop();
  sessionStorage.setItem(key, JSON.stringify(all));
  return last;
}

/** Decisions of the last hour by their time, in milliseconds. */
const PACE_WINDOW_MS = 3_600_000;
/** A pause longer than this is no work: it does not slow the pace. Chosen by hand. */
const PAUSE_MS = 300_000;

export function noteDecision(caseName: string, at: number): void {
  const key = `crossroll.pace.${caseName}`;
  const times = read<number[]>(key, []).filter((time) => at - time < PACE_WINDOW_MS);
  sessionStorage.setItem(key, JSON.stringify([...times, at]));
}

export function decisionTimes(caseName: string): readonly number[] {
  return read<number[]>(`crossroll.pace.${caseName}`, []);
}

/** Seconds that a decision takes, pauses left out; nothing before there are three. */
export function secondsEach(times: readonly number[]): number | undefined {
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time)).filter((gap) => gap < PAUSE_MS);
  if (gaps.length < 2) return undefined;
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length / 1000;
}
