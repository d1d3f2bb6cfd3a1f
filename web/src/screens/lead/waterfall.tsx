// From the prior to the weight, comparison by comparison: each bar begins where the one above ends. What comes of
// how rare a name is has a bar of its own below that of the name.
// The figures are those of the explanation; nothing is computed but their sum.
import type { Explanation, Match } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { formatProbability, formatWeight } from "../../parts/score";
import { Said } from "../../parts/said";
import { LEVEL_SIGN } from "../../parts/status";

interface Bar {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly kind: "prior" | "up" | "down" | "none" | "sum";
  readonly sign: string;
  readonly detail: string | undefined;
}

function barsOf({ prior, parts }: Explanation, names: { prior: string; sum: string; of: (comparison: string) => string; rarity: (comparison: string, isRare: boolean) => string }): Bar[] {
  let at = prior;
  const bars: Bar[] = [{ label: names.prior, from: 0, to: prior, kind: "prior", sign: "", detail: undefined }];
  for (const part of parts) {
    const bar = (label: string, weight: number, sign: string, detail: string | undefined) => {
      const kind = Math.abs(weight) < NOTHING ? "none" : weight > 0 ? "up" : "down";
      bars.push({ label, from: at, to: at + weight, kind, sign, detail });
      at += weight;
    };
    const rarity = Math.abs(part.rarity) < NOTHING ? 0 : part.rarity;
    bar(names.of(part.comparison), part.weight - rarity, LEVEL_SIGN[part.level], rarity ? undefined : part.notes.at(-1));
    if (rarity) bar(names.rarity(part.comparison, rarity > 0), rarity, "", part.notes.at(-1));
  }
  bars.push({ label: names.sum, from: 0, to: at, kind: "sum", sign: "", detail: undefined });
  return bars;
}

/** Weight that shows as 0.0. */
const NOTHING = 0.05;
/** Width of the drawing in its own units. */
const WIDTH = 400;

export function Waterfall({ match }: { match: Pick<Match, "explanation" | "probability" | "weight"> }) {
  const { t, word } = useText();
  const bars = barsOf(match.explanation, {
    prior: t("waterfall.prior"), sum: t("waterfall.sum"), of: (comparison) => word("key", comparison),
    rarity: (comparison, isRare) => t(isRare ? "waterfall.rare" : "waterfall.common", { what: word("key", comparison) }),
  });
  const ends = bars.flatMap((bar) => [bar.from, bar.to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const x = (value: number) => ((value - low) / (high - low || 1)) * WIDTH;
  return (
    <table className="waterfall">
      <caption className="visually-hidden">{t("waterfall.title")}</caption>
      <tbody>
        {bars.map((bar, at) => (
          <tr key={`${bar.label}${at}`} className={`bar-${bar.kind}`}>
            <th scope="row"><span aria-hidden="true" className="level-sign">{bar.sign}</span> {bar.label}</th>
            <td className="waterfall-bar">
              <svg viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
                <line x1={x(0)} x2={x(0)} y1={0} y2={14} className="waterfall-zero" />
                <rect x={Math.min(x(bar.from), x(bar.to))} width={Math.max(1.5, Math.abs(x(bar.to) - x(bar.from)))} y={2} height={10} />
              </svg>
            </td>
            <td className="number" dir="ltr">{formatWeight(bar.kind === "sum" ? bar.to : bar.to - bar.from)}</td>
            <td className="waterfall-note soft small">
              {bar.kind === "sum" ? t("waterfall.probability", { probability: formatProbability(match.probability) }) : bar.detail ? <Said text={bar.detail} /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
