// How the figures of a pair are written. One place, so that no two screens show two numbers for one
// pair.

/** How well the two agree, 0 to 1. */
export function formatScore(score: number): string {
  return score.toFixed(2);
}

/** Match probability; never a round 0 or 100, which nothing is. */
export function formatProbability(probability: number): string {
  const percent = probability * 100;
  if (percent > 99.9) return "> 99.9 %";
  if (percent < 0.1) return "< 0.1 %";
  return `${percent < 10 || percent > 90 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** Log2 of odds, with its sign. */
export function formatWeight(weight: number): string {
  const text = Math.abs(weight).toFixed(1);
  return text === "0.0" ? "0.0" : `${weight < 0 ? "−" : "+"}${text}`;
}
