// What this browser does (language, keys, blind work), what the case does (long work, rules, taught
// layouts), how the people in it are protected, and who works on it.
import { HTMLSelect, Switch } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { LANGUAGES } from "../../i18n/text";
import { useText } from "../../i18n/use-text";
import { useCase } from "../../shell/case";
import { Failed, Waiting } from "../../shell/states";
import { THEMES, useTheme, type Theme } from "../../shell/theme";
import { useBlind } from "../../work/blind";
import { Jobs } from "./jobs";
import { Keys } from "./keys";
import { Members, Users } from "./people";
import { Protection } from "./protection";
import { Policy, Rules } from "./rules";
import "../../styles/settings.css";

/** Labels of an unknown layout that are named. */
const LABELS_SHOWN = 4;
/** Shares of leads that may be kept blind, in percent. */
const SAMPLES = [0, 5, 10, 20, 50] as const;

export default function Settings() {
  const { t } = useText();
  return (
    <div className="screen settings">
      <h1>{t("nav.settings")}</h1>
      <Jobs />
      <Browser />
      <Keys />
      <Rules />
      <Policy />
      <Protection />
      <Members />
      <Users />
      <Templates />
    </div>
  );
}

function Browser() {
  const { t, language, choose } = useText();
  const { theme, choose: chooseTheme } = useTheme();
  const { session } = useCase();
  const blind = useBlind();
  return (
    <section className="sheet">
      <h2>{t("settings.browser")}</h2>
      <div className="settings-rows">
        <span>{t("settings.user")}</span><strong><bdi>{session.user}</bdi></strong>
        <label htmlFor="set-language">{t("nav.language")}</label>
        <HTMLSelect id="set-language" value={language} onChange={(event) => choose(event.currentTarget.value as (typeof LANGUAGES)[number])}>
          {LANGUAGES.map((each) => <option key={each} value={each}>{t(`language.${each}`)}</option>)}
        </HTMLSelect>
        <label htmlFor="set-theme">{t("nav.theme")}</label>
        <HTMLSelect id="set-theme" value={theme} onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}>
          {THEMES.map((each) => <option key={each} value={each}>{t(`theme.${each}`)}</option>)}
        </HTMLSelect>
        <span>{t("settings.blind")}</span>
        <Switch checked={blind.isOn} label={t("blind.about")} onChange={blind.toggle} />
        <label htmlFor="set-sample">{t("settings.sample")}</label>
        <HTMLSelect id="set-sample" value={blind.sample} onChange={(event) => blind.setSample(Number(event.currentTarget.value))}>
          {SAMPLES.map((percent) => <option key={percent} value={percent}>{t("settings.percent", { n: percent })}</option>)}
        </HTMLSelect>
      </div>
    </section>
  );
}

function Templates() {
  const { t, number } = useText();
  const { name, calls } = useCase();
  const { data, error, refetch } = useQuery({ queryKey: [name, "templates"], queryFn: ({ signal }) => calls.templates(signal) });
  const unknown = useQuery({ queryKey: [name, "templates", "unknown"], queryFn: ({ signal }) => calls.unknownLayouts(signal) });
  return (
    <section className="sheet">
      <h2>{t("settings.templates")}</h2>
      <p className="soft small">{t("settings.templates_about")}</p>
      {error ? <Failed error={error} retry={() => void refetch()} /> : !data ? <Waiting /> : data.length === 0 ? <p className="soft">{t("settings.no_templates")}</p> : (
        <ul>{data.map((template) => <li key={template.name}><bdi>{template.name}</bdi> <span className="soft small"><bdi>{template.origin}</bdi></span></li>)}</ul>
      )}
      {unknown.data && unknown.data.length > 0 ? (
        <>
          <h3>{t("settings.unknown_layouts")}</h3>
          <ul>
            {unknown.data.map((layout) => (
              <li key={layout.example}>
                <Link href={`/documents?text=${encodeURIComponent(layout.example)}`}><bdi dir="ltr">{layout.example}</bdi></Link>{" "}
                <span className="soft small">{t("settings.unknown_pages", { n: number(layout.pages) })} <bdi>{layout.labels.slice(0, LABELS_SHOWN).join(", ")}</bdi></span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
