// The notes of a comparison of names taken apart: `LEFT / RIGHT: how (+4.2)`. A note of another form
// is shown as it stands.

export interface Met {
  readonly left: string;
  readonly right: string;
  readonly how: string;
  readonly weight: number | undefined;
}

const WEIGHED = /^(.*?)\s*\(([+\-−]\d+(?:\.\d+)?)\)$/s;

export function parseNotes(notes: readonly string[]): { met: Met[]; said: string[] } {
  const met: Met[] = [];
  const said: string[] = [];
  for (const note of notes) {
    const weighed = WEIGHED.exec(note);
    const [text, weight] = weighed ? [weighed[1] ?? "", Number((weighed[2] ?? "").replace("−", "-"))] : [note, undefined];
    const colon = text.lastIndexOf(": ");
    const [pair, how] = colon < 0 ? ["", text] : [text.slice(0, colon), text.slice(colon + 2)];
    const slash = pair.indexOf(" / ");
    if (weight === undefined) said.push(note);
    else if (slash < 0) met.push({ left: pair, right: "", how, weight });
    else met.push({ left: pair.slice(0, slash), right: pair.slice(slash + 3), how, weight });
  }
  return { met, said };
}
