// A case whose network has 500 nodes around one person, to measure how it moves. Nobody in it exists:
// names are put together from syllables, numbers are of a range that is never given out.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { binary, noteMade } from "./server";

const HEADS = ["bo", "di", "fa", "gu", "ha", "ja", "ki", "la", "mu", "na", "qa", "ri", "su", "za"] as const;
const TAILS = ["bar", "dun", "fil", "gar", "hir", "jad", "kul", "lim", "mas", "nub", "rat", "san"] as const;
/** Rows of the register; the chart shows 500 people at most. */
const ROWS = 600;
/** People who share one thing with the one in the middle. */
const SHARE = 84;

export const MIDDLE = nameOf(0);

function word(n: number): string {
  const text = `${HEADS[n % 14]}${HEADS[Math.floor(n / 168) % 14]}${TAILS[Math.floor(n / 14) % 12]}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function nameOf(row: number): string {
  return `${word(row)} ${word(row + 700)} ${word(2 * row + 31)}`;
}

function row(n: number): string {
  // Everybody shares one thing with the first, one in six a second thing.
  const shared = Math.floor((n - 1) % 500 / SHARE);
  const shares = (what: number) => n === 0 || shared === what || shared === what - 1 && n % 6 === 0;
  const two = (value: number) => String(value).padStart(2, "0");
  return [
    nameOf(n),
    shares(5) ? "Zamas Qalim" : `${word(n + 90)} ${word(n + 1500)}`,
    `${two(n % 28 + 1)}/${two(n % 12 + 1)}/${1960 + n % 35}`,
    "Samplia",
    shares(4) ? "Nowhere Street 1" : `Nowhere Street ${n + 10}`,
    shares(0) ? "Abu Fictus al-Sampli" : "",
    shares(1) ? "Abu Nemo al-Sampli" : "",
    "Tel Sample",
    shares(2) ? "04/02/2014" : `${two(n % 28 + 1)}/${two(n % 12 + 1)}/${2013 + n % 3}`,
    shares(3) ? "+999 555 000001" : `+999 555 1${String(n).padStart(5, "0")}`,
  ].join(",");
}

/** The folder of the case; it is removed when the tests end. */
export function networkCase(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "crossroll-network-"));
  noteMade(folder);
  mkdirSync(path.join(folder, "registers"));
  const head = "Full name,Mother's name,Date of birth,Nationality,Place of residence,Recommended by,Facilitator,Point of entry,Date of entry,Contact number";
  writeFileSync(path.join(folder, "registers/register.csv"), [head, ...Array.from({ length: ROWS }, (_, n) => row(n)), ""].join("\n"));
  for (const args of [["new", "case"], ["add", "case", "registers"], ["run", "case"]]) {
    execFileSync(binary(), args, { cwd: folder, stdio: "ignore", timeout: 120_000 });
  }
  return path.join(folder, "case");
}
