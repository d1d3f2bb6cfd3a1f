// A list entry in full: all that the list says, with its version, date and hash. Whom it mentions
// besides its subject stands apart: kin are no subjects.
import type { Match, Statement } from "../../api/types";
import { useText } from "../../i18n/use-text";
import { Hash, Written } from "../../parts/bidi";
import { countryName } from "../../parts/facet-value";
import { InLatin } from "../../parts/latin";
import { useServerWords } from "../../parts/server-words";

export function ListEntry({ match }: { match: Match }) {
  const { t, date } = useText();
  const own = match.entry.filter((statement) => statement.entity === match.entity);
  const others = match.entry.filter((statement) => statement.entity !== match.entity);
  return (
    <div className="stack">
      <p className="soft small">
        <bdi>{match.list}</bdi> · {match.list_date ? t("entry.dated", { date: date(match.list_date) }) : t("entry.undated")}
        {match.list_sha256 ? <> · SHA-256 <Hash text={match.list_sha256} /></> : null} · {t("entry.id")} <bdi className="code" dir="ltr">{match.entity}</bdi>
      </p>
      {match.entry.length === 0 ? <p className="soft">{t("entry.gone")}</p> : <Statements statements={own} />}
      {others.length > 0 ? (
        <>
          <h3>{t("entry.mentions")}</h3>
          <p className="soft small">{t("entry.mentions_hint")}</p>
          <Statements statements={others} />
        </>
      ) : null}
    </div>
  );
}

export function Statements({ statements }: { statements: readonly Statement[] }) {
  const { word, language } = useText();
  const say = useServerWords();
  const props = [...new Set(statements.map((statement) => statement.prop))];
  return (
    <table className="plain entry">
      <tbody>
        {props.map((prop) => (
          <tr key={prop}>
            <th scope="row">{word("prop", prop)}</th>
            <td>
              {statements.filter((statement) => statement.prop === prop).map((statement, at) => (
                <div key={at}>
                  <Written text={statement.written} />
                  {statement.latin ? <> <InLatin latin={statement.latin} /></> : null}
                  {/^(nationality|country|citizenship|birthCountry)$/.test(prop) ? <span className="soft small"> {countryName(language, statement.value)}</span> : null}
                  {statement.citation ? <span className="soft small"> · {say(statement.citation.place)}</span> : null}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
