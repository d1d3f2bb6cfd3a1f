// What the server says in English, in the language of the screens: notes of a comparison, reasons of a
// proposal, places in documents. They are sentences of fixed forms; one that is not known here stands as it
// was said, since a reason is worth more in another language than lost.
import { useCallback } from "react";

import type { TextKey, Texts } from "../i18n/text";
import { useText } from "../i18n/use-text";
import { FILES } from "./file-words";

/** The form of a sentence, its text, and what fills its places: as it stands, said as well (`=`), names of properties (`*`). */
export type Form = readonly [form: RegExp, key: TextKey, ...fill: readonly string[]];

const PLACES: readonly Form[] = [
  [/^whole document$/, "said.whole"],
  [/^page (\d+)$/, "said.page", "n"],
  [/^picture (\d+)$/, "said.picture", "n"],
  [/^paragraph (\d+)$/, "said.paragraph", "n"],
  [/^table (\d+), row (\d+), column (\d+)$/, "said.table_cell", "table", "row", "column"],
  [/^sheet (.+), row (\d+), column (\d+)$/s, "said.sheet_cell", "sheet", "row", "column"],
  [/^row (\d+), column (\d+)$/, "said.cell", "row", "column"],
  [/^record (\d+)$/, "said.record", "n"],
  [/^(.+), record (\d+)$/s, "said.file_record", "file", "n"],
];

const NOTES: readonly Form[] = [
  [/^(\d+) of (\d+) people share this name$/, "said.share_name", "count", "of"],
  [/^(\d+) of (\d+) people with a kunya share it$/, "said.share_kunya", "count", "of"],
  [/^(\d+) of (\d+) people share it$/, "said.share", "count", "of"],
  [/^(.+): the check digit is wrong$/s, "said.check_digit", "number"],
  [/^before anything is compared$/, "said.before"],
  [/^the same part$/, "said.same_part"],
  [/^similar part$/, "said.similar_part"],
  [/^written together or apart$/, "said.joined_part"],
  [/^the other name lacks it$/, "said.lacks"],
  [/^parts are unlike or met nothing$/, "said.unlike"],
  [/^each name has parts that the other lacks$/, "said.both_lack"],
  [/^the same words in the same order$/, "said.same_order"],
  [/^the same letters, parted otherwise$/, "said.same_letters"],
  [/^the same words in another order$/, "said.other_order"],
  [/^the parts stand in another order$/, "said.parts_order"],
];

const REASONS: readonly Form[] = [
  [/^no list is loaded$/, "said.no_list"],
  [/^states too little to be searched for$/, "said.too_little"],
  [/^not found in ([^;]+); measured recall ([\d.]+) at score ([\d.]+) with nothing but a name \((.+)\)$/s, "said.not_found_recall", "lists", "recall", "score", "about"],
  [/^not found in ([^;]+); recall not measured$/s, "said.not_found", "lists"],
  [/^nearest: (.+) on (.+?), (.+)$/s, "said.nearest", "name", "list", "=why"],
  [/^may be (.+) on (.+?): (.+)$/s, "said.may_be", "name", "list", "=why"],
  [/^(.+); judged unsure (.+)$/s, "said.unsure", "=why", "=by"],
  [/^ruled out: judged to be different (.+)$/s, "said.different", "=by"],
  [/^ruled out: (.+)$/s, "said.ruled_out", "=why"],
  [/^judged the same (.+)$/s, "said.same", "=by"],
  [/^by (.+?) on (\d{4}-\d{2}-\d{2})(.*)$/s, "said.by", "user", "day", "rest"],
  [/^(.+) in conflict$/s, "said.in_conflict", "*what"],
  [/^civil name agrees, and (.+)$/s, "said.name_and", "=what"],
  [/^only the name agrees$/, "said.only_name"],
  [/^the name is close, (.+) agree$/s, "said.name_close", "*what"],
  [/^the war name agrees, and (.+)$/s, "said.war_name_and", "*what"],
  [/^the war name agrees, the civil name does not$/, "said.war_name_not"],
  [/^only a war name agrees, which many share$/, "said.war_name_only"],
  [/^neither civil name nor war name agrees$/, "said.neither"],
  [/^score ([\d.]+) is below ([\d.]+)$/, "said.below", "score", "limit"],
  [/^a document number agrees$/, "said.document"],
  [/^the full birth date agrees$/, "said.birth_date"],
  [/^birth year and (.+) agree$/s, "said.birth_year", "*what"],
  // Last: the name of an entry may hold anything.
  [/^([^:;]+) on ([^:;]+): (.+)$/s, "said.is", "name", "list", "=why"],
];

/** Several sentences in one; last, since sentences of a fixed form have semicolons of their own. */
const JOINED: Form = [/^([^;]+); (.+)$/s, "said.and_also", "=first", "=second"];

const FORMS = [...PLACES, ...NOTES, ...FILES, ...REASONS, JOINED];
/** How deep a reason stands within another. */
const DEPTH_MAX = 4;

/** What the server said, in the language of the screens. */
export function useServerWords(): (text: string) => string {
  const texts = useText();
  return useCallback((text) => sayIn(texts, text), [texts]);
}

export function sayIn({ language, t, word }: Pick<Texts, "language" | "t" | "word">, text: string): string {
  if (language === "en") return text;
  /** `birth date, nationality` as the screens call them. */
  const properties = (list: string) => list.split(/, | and /).map((name) => word("key", camel(name))).join(language === "ar" ? "، " : ", ");
  const say = (said: string, depth: number): string => {
    for (const [form, key, ...fill] of FORMS) {
      const found = form.exec(said);
      if (!found) continue;
      const params = Object.fromEntries(fill.map((name, at) => {
        const value = found[at + 1] ?? "";
        if (name.startsWith("=")) return [name.slice(1), depth < DEPTH_MAX ? say(value, depth + 1) : value];
        if (name.startsWith("*")) return [name.slice(1), properties(value)];
        // What stands in another script keeps its own direction.
        return [name, `\u2068${value}\u2069`];
      }));
      return t(key, params);
    }
    return said;
  };
  return say(text, 0);
}

/** `birth date` as the name of its comparison. */
function camel(words: string): string {
  return words.trim().replace(/ (\p{Ll})/gu, (_all, letter: string) => letter.toUpperCase());
}
