// The values of facets in words: countries by their names in the language of the screens, months as
// months, words of the program as texts; anything else as it stands.
import { useCallback } from "react";

import type { TextKey } from "../i18n/text";
import { useText } from "../i18n/use-text";
import { PLACES } from "./places";

const NONE: Readonly<Record<string, TextKey>> = { list: "facet.none_list", assignee: "facet.none_assignee", tag: "facet.none_tag" };

export function useFacetValue(): (facet: string, value: string) => string {
  const { t, language, word } = useText();
  return useCallback((facet, value) => {
    // Those without a value: what that means depends on what is asked.
    if (value === "") return t(NONE[facet] ?? "facet.none");
    switch (facet) {
      case "country":
      case "nationality": return countryName(language, value);
      case "entry_point": return language === "ar" ? PLACES[value]?.[2] ?? value : value;
      case "month": return monthName(language, value);
      case "status": return word("status", value);
      case "decided": return word("decided", value);
      case "life": return word("life", value);
      case "missing": return word("key", value);
      case "age": return value;
      case "rule": return word("rule", value);
      case "sheet": return word("sheet", value);
      case "role": return word("role", value);
      default: return value;
    }
  }, [t, language, word]);
}

const namers = new Map<string, Intl.DisplayNames>();

export function countryName(language: string, code: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  let names = namers.get(language);
  if (!names) {
    names = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
    namers.set(language, names);
  }
  try {
    return names.of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

const months = new Map<string, Intl.DateTimeFormat>();

function monthName(language: string, month: string): string {
  if (!/^\d{4}-\d{2}$/.test(month)) return month;
  // One is dear to make, and a queue has hundreds of months to name.
  let format = months.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(language === "ar" ? "ar-u-nu-latn" : language, { year: "numeric", month: "short", timeZone: "UTC" });
    months.set(language, format);
  }
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
