// Two names letter by letter: what both have and what only one has. Letters are compared without
// case, marks and tatweel, so that a difference is one that a reader would call one.

export interface Piece {
  readonly text: string;
  /** Stands on the other side as well. */
  readonly isShared: boolean;
}

export interface Diff {
  readonly left: readonly Piece[];
  readonly right: readonly Piece[];
}

/** Names are short; beyond this no letters are marked. */
const LETTERS_MAX = 200;

export function diffNames(left: string, right: string): Diff {
  const [a, b] = [letters(left), letters(right)];
  if (a.length > LETTERS_MAX || b.length > LETTERS_MAX) {
    return { left: [{ text: left, isShared: true }], right: [{ text: right, isShared: true }] };
  }
  const [fa, fb] = [a.map(plain), b.map(plain)];
  // Length of the longest common subsequence from (i, j) on.
  const rows = a.length + 1;
  const columns = b.length + 1;
  const longest = new Uint16Array(rows * columns);
  const at = (i: number, j: number) => longest[i * columns + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * columns + j] = fa[i] === fb[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const shared = { left: new Set<number>(), right: new Set<number>() };
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (fa[i] === fb[j]) {
      shared.left.add(i++);
      shared.right.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return { left: pieces(a, shared.left), right: pieces(b, shared.right) };
}

/** Letters with the marks that sit on them. */
function letters(text: string): string[] {
  return text.normalize("NFC").match(/\P{M}\p{M}*|\p{M}/gu) ?? [];
}

function plain(letter: string): string {
  return letter.normalize("NFD").replace(/[\p{M}\u0640]/gu, "").toLowerCase();
}

function pieces(all: readonly string[], shared: ReadonlySet<number>): Piece[] {
  const out: { text: string; isShared: boolean }[] = [];
  all.forEach((text, i) => {
    const isShared = shared.has(i);
    const last = out.at(-1);
    if (last?.isShared === isShared) last.text += text;
    else out.push({ text, isShared });
  });
  return out;
}
