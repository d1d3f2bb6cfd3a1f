// Which key does what. Keys are told by their place on the keyboard (`KeyboardEvent.code`), so that
// they lie under the same fingers on QWERTY, AZERTY and Arabic layouts; what is printed on them is
// asked of the browser where it tells (`keyLabel`).

export type Action =
  | "next" | "previous" | "goto" | "open"
  | "same" | "different" | "unsure" | "related" | "clear"
  | "undo" | "latin" | "nextPage" | "previousPage" | "note" | "assign" | "correct" | "split"
  | "search" | "blind" | "help" | "queue" | "select" | "tag" | "life" | "grade" | "handling" | "second" | "network"
  | "nextMatch" | "refer" | "rotate" | "zoomIn" | "zoomOut"
  | "status1" | "status2" | "status3" | "status4" | "status5" | "status6";

/** A key by its place; `shift` tells two uses of one key apart. */
export interface Key {
  readonly code: string;
  readonly shift?: boolean;
}

export type Keymap = Readonly<Record<Action, Key>>;

export const DEFAULT_KEYS: Keymap = {
  next: { code: "KeyJ" },
  previous: { code: "KeyK" },
  goto: { code: "KeyG" },
  open: { code: "Enter" },
  same: { code: "KeyS" },
  different: { code: "KeyD" },
  unsure: { code: "KeyU" },
  related: { code: "KeyR" },
  clear: { code: "Digit0" },
  undo: { code: "KeyZ" },
  latin: { code: "KeyL" },
  nextPage: { code: "BracketRight" },
  previousPage: { code: "BracketLeft" },
  note: { code: "KeyN" },
  assign: { code: "Digit2", shift: true },
  correct: { code: "KeyC" },
  split: { code: "KeyX" },
  search: { code: "Slash" },
  blind: { code: "KeyB" },
  help: { code: "Slash", shift: true },
  queue: { code: "KeyQ" },
  select: { code: "Space" },
  tag: { code: "KeyT" },
  life: { code: "KeyE" },
  grade: { code: "KeyA" },
  handling: { code: "KeyH" },
  second: { code: "KeyP" },
  network: { code: "KeyW" },
  nextMatch: { code: "KeyM" },
  refer: { code: "KeyY" },
  rotate: { code: "KeyO" },
  zoomIn: { code: "Equal" },
  zoomOut: { code: "Minus" },
  status1: { code: "Digit1" },
  status2: { code: "Digit2" },
  status3: { code: "Digit3" },
  status4: { code: "Digit4" },
  status5: { code: "Digit5" },
  status6: { code: "Digit6" },
};

/** The parts of a keyboard event that count. */
export interface Press {
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** What a key press means; nothing for keys with Ctrl, Alt or Meta, which belong to the browser. */
export function actionOf(keys: Keymap, press: Press): Action | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  const entries = Object.entries(keys) as [Action, Key][];
  return entries.find(([, key]) => key.code === press.code && !!key.shift === press.shiftKey)?.[0];
}

/** Two actions on one key, if there are any. */
export function clash(keys: Keymap): [Action, Action] | undefined {
  const seen = new Map<string, Action>();
  for (const [action, key] of Object.entries(keys) as [Action, Key][]) {
    const place = `${key.shift ? "Shift+" : ""}${key.code}`;
    const other = seen.get(place);
    if (other) return [other, action];
    seen.set(place, action);
  }
  return undefined;
}

const STORE = "crossroll.keys";

/** The keys of this browser: the defaults with what was remapped. */
export function loadKeys(storage: Pick<Storage, "getItem">): Keymap {
  try {
    const own: unknown = JSON.parse(storage.getItem(STORE) ?? "{}");
    if (typeof own !== "object" || own === null) return DEFAULT_KEYS;
    const known = Object.entries(own).filter(
      ([action, key]) => action in DEFAULT_KEYS && typeof (key as Key | null)?.code === "string",
    );
    const keys: Keymap = { ...DEFAULT_KEYS, ...(Object.fromEntries(known) as Partial<Keymap>) };
    return clash(keys) ? DEFAULT_KEYS : keys;
  } catch {
    return DEFAULT_KEYS;
  }
}

export function saveKeys(storage: Pick<Storage, "setItem">, keys: Keymap): void {
  storage.setItem(STORE, JSON.stringify(keys));
}

/** What is printed on a key of a US keyboard. */
export function plainLabel(key: Key): string {
  const name = key.code.replace(/^(Key|Digit)/, "");
  const signs: Record<string, string> = {
    BracketRight: "]", BracketLeft: "[", Slash: "/", Enter: "⏎", Backspace: "⌫",
    Space: "␣", Equal: "=", Minus: "-", Comma: ",", Period: ".", Semicolon: ";", Quote: "'",
  };
  return `${key.shift ? "⇧ " : ""}${signs[name] ?? name}`;
}

/** What is printed on a key of this keyboard, where the browser tells. */
export async function keyLabel(key: Key): Promise<string> {
  const keyboard = (navigator as { keyboard?: { getLayoutMap(): Promise<Map<string, string>> } }).keyboard;
  const printed = (await keyboard?.getLayoutMap().catch(() => undefined))?.get(key.code);
  return printed ? `${key.shift ? "⇧ " : ""}${printed.toUpperCase()}` : plainLabel(key);
}
