// One hop around a person: who gave the same phone, named the same recommender, crossed on the same
// day. Asked for only when somebody looks.
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useText } from "../../i18n/use-text";
import { Written } from "../../parts/bidi";
import { StatusTag } from "../../parts/status";
import { WriteButton } from "../../parts/write-button";
import { useCase } from "../../shell/case";
import { Kbd } from "../../shell/help";
import { Failed, Waiting } from "../../shell/states";

/** People of one tie that are named here; the chart has all. */
const NAMED_MAX = 8;

export function NetworkPeek({ id, onNote, isBlind }: { id: string; onNote: (text: string) => void; isBlind: boolean }) {
  const { t, word } = useText();
  const { name, calls } = useCase();
  const { data, error, refetch } = useQuery({ queryKey: [name, "network", id], queryFn: ({ signal }) => calls.around(id, [], signal) });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (data.ties.length === 0) return <p className="soft">{t("peek.none")}</p>;
  const person = new Map(data.people.map((each) => [each.id, each]));
  return (
    <div className="stack">
      <Link href={`/network?from=${encodeURIComponent(id)}`} className="bp6-button bp6-small peek-open">{t("peek.open")} <Kbd action="network" /></Link>
      <table className="plain">
        <thead><tr><th>{t("peek.tie")}</th><th>{t("peek.what")}</th><th>{t("peek.people")}</th><th /></tr></thead>
        <tbody>
          {data.ties.map((tie, at) => {
            const others = tie.links.filter((link) => link.person !== id);
            const own = tie.links.find((link) => link.person === id);
            return (
              <tr key={at}>
                <td>{word("tie", tie.kind)}</td>
                <td><Written text={own?.written ?? tie.label} /></td>
                <td>
                  {others.slice(0, NAMED_MAX).map((link) => {
                    const other = person.get(link.person);
                    return (
                      <div key={`${link.person} ${link.record}`}>
                        <Link href={`/leads/${encodeURIComponent(link.person)}`}><Written text={other?.name ?? link.person} /></Link>{" "}
                        {other && !isBlind ? <StatusTag status={other.status} /> : null}{" "}
                        {link.document ? <Link className="soft small" href={`/documents/${link.document}`}><bdi dir="ltr">{link.path ?? t("peek.document")}</bdi></Link> : null}
                      </div>
                    );
                  })}
                  {tie.count - 1 > NAMED_MAX ? <span className="soft small">{t("peek.more", { n: tie.count - 1 - NAMED_MAX })}</span> : null}
                </td>
                <td>
                  <WriteButton
                    size="small" variant="minimal"
                    onClick={() => onNote(`${t("label", { label: word("tie", tie.kind) })} ${own?.written ?? tie.label} — ${others.map((link) => `${person.get(link.person)?.name ?? ""} (${link.person})`).join(", ")}`)}
                  >
                    {t("peek.add")}
                  </WriteButton>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
