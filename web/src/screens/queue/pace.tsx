// How fast the work goes and how long the rest would take at that pace.
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { decisionTimes, secondsEach } from "../../work/done";

export function Pace({ left }: { left: number }) {
  const { t, number } = useText();
  const { name } = useCase();
  const times = decisionTimes(name);
  const seconds = secondsEach(times);
  if (times.length === 0) return null;
  const minutes = seconds === undefined ? undefined : Math.ceil((seconds * left) / 60);
  return (
    <span className="soft small nowrap" title={t("pace.about")}>
      {t("pace.done#", { n: times.length })}
      {seconds === undefined || minutes === undefined ? null : (
        <> · {t("pace.each", { seconds: number(Math.round(seconds)) })} · {minutes < 120 ? t("pace.minutes", { n: minutes }) : t("pace.hours", { n: Math.round(minutes / 60) })}</>
      )}
    </span>
  );
}
