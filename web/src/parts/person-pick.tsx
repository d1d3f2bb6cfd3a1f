// A box to choose a person by: a name in any script, a phone, or the id of a lead. Those found are gone
// through with the arrows and taken with Enter.
import { InputGroup } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";

import { useText } from "../i18n/use-text";
import { useCase } from "../shell/case";
import { Written } from "./bidi";
import { StatusTag } from "./status";

interface Props {
  /** The lead that is chosen; empty if none is. */
  readonly id: string;
  readonly label: string;
  readonly onPick: (id: string) => void;
}

/** How long after the last letter is asked, in milliseconds; as in the search. */
const TYPING_MS = 60;
const TOP = 8;

export function PersonPick({ id, label, onPick }: Props) {
  const { t } = useText();
  const { name, calls } = useCase();
  const list = useId();
  const lead = useQuery({ queryKey: [name, "lead", id], enabled: id !== "", queryFn: ({ signal }) => calls.lead(id, signal) });
  const chosen = id === "" ? "" : lead.data?.lead.names[0] ?? id;
  // Nothing is typed until somebody types: then the box shows who is chosen.
  const [typed, setTyped] = useState<string>();
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked((typed ?? "").trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: [name, "pick", asked], enabled: asked.length > 1, placeholderData: keepPreviousData, staleTime: 60_000,
    queryFn: ({ signal }) => calls.search({ q: asked, in: ["people"], top: TOP }, signal),
  });
  const people = asked.length > 1 && typed !== undefined ? found.data?.people ?? [] : [];
  const take = (next: string) => {
    setTyped(undefined);
    setAt(0);
    onPick(next);
  };
  const onKey = (key: string): boolean => {
    if (key === "ArrowDown") setAt((now) => Math.min(people.length - 1, now + 1));
    else if (key === "ArrowUp") setAt((now) => Math.max(0, now - 1));
    else if (key === "Escape") setTyped(undefined);
    // Whoever is not found may be given by id.
    else if (key === "Enter") take(people[at]?.lead.id ?? (typed ?? id).trim());
    else return false;
    return true;
  };
  return (
    <div className="pick">
      <InputGroup
        size="small" type="search" dir="auto" value={typed ?? chosen} placeholder={label} maxLength={300}
        inputRef={null} role="combobox" aria-label={label} aria-expanded={people.length > 0} aria-controls={list} aria-autocomplete="list"
        {...(people[at] ? { "aria-activedescendant": `${list}-${at}` } : {})}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => { if (typed === "") take(""); else setTyped(undefined); }}
        onChange={(event) => { setTyped(event.currentTarget.value); setAt(0); }}
        onKeyDown={(event) => { if (onKey(event.key)) event.preventDefault(); }}
      />
      <ul id={list} role="listbox" aria-label={label} className="pick-list" hidden={people.length === 0}>
        {people.map(({ lead: each, record }, place) => (
          <li
            key={record} id={`${list}-${place}`} role="option" aria-selected={place === at}
            // Before the box loses the focus.
            onPointerDown={(event) => { event.preventDefault(); take(each.id); }}
          >
            <Written text={each.names[0] ?? t("lead.no_name")} /> <StatusTag status={each.status} /> <bdi className="code soft small">{each.id}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
