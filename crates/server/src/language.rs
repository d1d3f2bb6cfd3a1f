//! The language of the pages by which people sign in and manage their account: the one chosen in the
//! screens, else the browser's. Texts stand in `texts/`, one file a language, under the same keys.
//! Invariant: every language has every text; a test holds it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::OnceLock;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;

/// The cookie in which the screens leave the chosen language; it says nothing of a person.
const COOKIE_NAME: &str = "crossroll-language";
/// Languages of a browser that are looked at; browsers send few.
const ASKED_MAX: usize = 16;

/// The texts of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Texts(Language);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    English,
    Arabic,
    French,
}

const LANGUAGES: [(Language, &str); 3] =
    [(Language::English, "en"), (Language::Arabic, "ar"), (Language::French, "fr")];

impl Texts {
    /// In the language that the headers of a request ask for.
    pub(crate) fn of(headers: &HeaderMap) -> Texts {
        let chosen =
            headers.get(COOKIE).and_then(|value| value.to_str().ok()).and_then(|cookies| {
                let pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
                pairs.filter(|(name, _)| *name == COOKIE_NAME).find_map(|(_, tag)| known(tag))
            });
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Texts(chosen.or_else(|| asked.and_then(preferred)).unwrap_or(Language::English))
    }

    /// The text of a key; the key itself where there is none, which a test rules out.
    pub(crate) fn say(self, key: &str) -> &str {
        self.table().get(key).map_or(key, String::as_str)
    }

    /// The text of a key with `value` in its place `{}`.
    pub(crate) fn say_with(self, key: &str, value: &str) -> String {
        self.say(key).replacen("{}", value, 1)
    }

    /// The tag of the language (BCP 47).
    pub(crate) fn lang(self) -> &'static str {
        LANGUAGES.iter().find(|(language, _)| *language == self.0).map_or("en", |(_, tag)| tag)
    }

    /// `rtl` or `ltr`.
    pub(crate) fn dir(self) -> &'static str {
        if self.0 == Language::Arabic { "rtl" } else { "ltr" }
    }

    fn table(self) -> &'static BTreeMap<String, String> {
        static TABLES: [OnceLock<BTreeMap<String, String>>; 3] =
            [OnceLock::new(), OnceLock::new(), OnceLock::new()];
        let (at, text) = match self.0 {
            Language::English => (0, include_str!("../texts/en.json")),
            Language::Arabic => (1, include_str!("../texts/ar.json")),
            Language::French => (2, include_str!("../texts/fr.json")),
        };
        TABLES[at].get_or_init(|| serde_json::from_str(text).unwrap_or_default())
    }
}

impl<S: Sync> FromRequestParts<S> for Texts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Texts::of(&parts.headers))
    }
}

/// The language of a tag, its region left aside: `ar-SY` is Arabic.
fn known(tag: &str) -> Option<Language> {
    let primary = tag.trim().split('-').next()?;
    let found = LANGUAGES.iter().find(|(_, known)| known.eq_ignore_ascii_case(primary));
    found.map(|(language, _)| *language)
}

/// The first known one of `Accept-Language` by weight (RFC 9110, 12.5.4); of equals the first said.
fn preferred(asked: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for range in asked.split(',').take(ASKED_MAX) {
        let (tag, rest) = range.split_once(';').unwrap_or((range, ""));
        let weight = rest.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse).unwrap_or(0.0);
        let Some(language) = known(tag).filter(|_| weight > 0.0) else { continue };
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(cookie: &str, accept: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookie.parse().unwrap());
        headers.insert(ACCEPT_LANGUAGE, accept.parse().unwrap());
        Texts::of(&headers).lang()
    }

    #[test]
    fn the_chosen_language_comes_before_that_of_the_browser() {
        assert_eq!(asked("a=b; crossroll-language=ar", "fr"), "ar");
        assert_eq!(asked("crossroll-language=tlh", "fr-CA, en;q=0.9"), "fr");
        assert_eq!(asked("", "de, en;q=0.2, ar-SY;q=0.7"), "ar");
        assert_eq!(asked("", "ar;q=0, fr;q=x, de"), "en");
        assert_eq!(asked("", ""), "en");
    }

    #[test]
    fn every_language_has_every_text_with_the_same_place() {
        let english = Texts(Language::English).table();
        assert!(english.len() > 30);
        for (language, tag) in LANGUAGES {
            let table = Texts(language).table();
            let mut missing: Vec<_> = english.keys().filter(|k| !table.contains_key(*k)).collect();
            missing.extend(table.keys().filter(|k| !english.contains_key(*k)));
            assert_eq!(missing, Vec::<&String>::new(), "{tag}");
            for (key, text) in table {
                assert_eq!(text.contains("{}"), english[key].contains("{}"), "{tag}: {key}");
                assert!(!text.trim().is_empty(), "{tag}: {key}");
            }
        }
    }

    /// Every key that pages and code name has a text.
    #[test]
    fn no_page_names_a_key_without_text() {
        let sources = [
            include_str!("../templates/login.html"),
            include_str!("../templates/welcome.html"),
            include_str!("../templates/account.html"),
            include_str!("../templates/home.html"),
            include_str!("../templates/own.html"),
            include_str!("auth/login.rs"),
            include_str!("auth/account.rs"),
            include_str!("auth/password.rs"),
        ];
        let mut named = 0;
        for source in sources {
            for quoted in source.split('"').skip(1).step_by(2) {
                let is_key = ["login.", "welcome.", "account.", "home.", "password.", "own."]
                    .iter()
                    .any(|group| quoted.starts_with(group));
                if is_key && !quoted.contains(".html") {
                    named += 1;
                    assert!(Texts(Language::English).table().contains_key(quoted), "{quoted}");
                }
            }
        }
        assert!(named > 30, "{named}");
    }
}
