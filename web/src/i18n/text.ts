// Texts of the screens by key and language. English is the measure: its keys are the keys there are,
// and a language that lacks one shows it in English. Numbers and dates go through `Intl`.

import ar from "./ar.json";
import en from "./en.json";
import fr from "./fr.json";

export type TextKey = keyof typeof en;
export type Language = "en" | "ar" | "fr";
export const LANGUAGES: readonly Language[] = ["en", "ar", "fr"];

const TEXTS: Record<Language, Partial<Record<string, string>>> = { en, ar, fr };

/** What stands for the places `{name}` of a text. */
export type Params = Readonly<Record<string, string | number>>;

export interface Texts {
  readonly language: Language;
  readonly dir: "ltr" | "rtl";
  /** The text of a key. A key with `#` has a form for each class of number: `t("leads#", {n})`. */
  readonly t: (key: TextKey | PluralKey, params?: Params) => string;
  /** The text of a word of the program (a status, a key, a facet); a word without one is spelled out. */
  readonly word: (group: string, value: string) => string;
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string;
  readonly date: (iso: string) => string;
  readonly time: (iso: string) => string;
}

/** Keys that end in a class of number: `leads#other` is asked for as `leads#`. */
type PluralKey = TextKey extends infer K ? (K extends `${infer Stem}#${string}` ? `${Stem}#` : never) : never;

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

export function textsOf(language: Language): Texts {
  // Western digits in Arabic too: they are what forms, lists and hashes are compared by.
  const locale = language === "ar" ? "ar-u-nu-latn" : language;
  const plural = new Intl.PluralRules(locale);
  const plain = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const find = (key: string): string | undefined => TEXTS[language][key] ?? TEXTS.en[key];
  const lookUp = (key: string, params: Params): string => {
    if (!key.endsWith("#")) return find(key) ?? key;
    const form = plural.select(Number(params["n"] ?? 0));
    return find(`${key}${form}`) ?? find(`${key}other`) ?? key;
  };
  return {
    language,
    dir: directionOf(language),
    t: (key, params = {}) =>
      lookUp(key, params).replace(/\{(\w+)\}/g, (place, name: string) => {
        const value = params[name];
        if (value === undefined) return place;
        return typeof value === "number" ? plain.format(value) : value;
      }),
    word: (group, value) => find(`${group}.${value}`) ?? spelledOut(value),
    number: (value, options) =>
      options ? new Intl.NumberFormat(locale, options).format(value) : plain.format(value),
    // A partial date (2014, 2014-03) is shown as it stands: a day would be made up.
    date: (iso) => (/^\d{4}-\d{2}-\d{2}/.test(iso) ? day.format(new Date(iso)) : iso),
    time: (iso) => (Number.isNaN(Date.parse(iso)) ? iso : moment.format(new Date(iso))),
  };
}

/** `birth_date` and `birthDate` as words. */
function spelledOut(word: string): string {
  return word.replace(/_/g, " ").replace(/(\p{Ll})(\p{Lu})/gu, (_all, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

const STORE = "crossroll.language";

/** The language chosen in this browser, else the browser's own if there are texts in it. */
export function loadLanguage(storage: Pick<Storage, "getItem">, preferred: readonly string[]): Language {
  const known = (text: string | undefined | null): Language | undefined =>
    LANGUAGES.find((language) => text?.toLowerCase().split("-")[0] === language);
  return known(storage.getItem(STORE)) ?? preferred.map(known).find((l) => l !== undefined) ?? "en";
}

export function saveLanguage(storage: Pick<Storage, "setItem">, language: Language): void {
  storage.setItem(STORE, language);
}

/** Tells the server's own pages, those of signing in, which language was chosen; for a year. */
export function languageCookie(language: Language, protocol: string): string {
  const secure = protocol === "https:" ? "; Secure" : "";
  return `crossroll-language=${language}; Path=/; Max-Age=31536000; SameSite=Strict${secure}`;
}
