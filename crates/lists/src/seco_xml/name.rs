//! A name of the Swiss list: parts in order, each with spelling variants in other languages and
//! scripts. A full name is made for every combination of the variants of one language and script.

use crate::xml::Element;

/// Full names that one name may give; a name of five parts with two variants each gives 32.
const COMBINATIONS_MAX: usize = 64;

/// A full name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FullName {
    /// The parts in the order of the list.
    pub(super) text: String,
    /// Language as written; empty for the name itself.
    pub(super) lang: String,
    /// Script as written; empty for the name itself.
    pub(super) script: String,
}

/// The full names of a name, the name itself first.
pub(super) fn full_names(name: &Element) -> Vec<FullName> {
    let mut parts = name.all("name-part");
    parts.sort_by_key(|part| part.attr("order").parse::<u32>().unwrap_or(u32::MAX));
    parts.retain(|part| !["title", "maiden-name"].contains(&part.attr("name-part-type")));
    let base: Vec<Vec<&str>> = parts.iter().map(|part| part.texts("value")).collect();
    let mut names = combine(&base, "", "");
    let mut kinds: Vec<(&str, &str)> = Vec::new();
    for variant in parts.iter().flat_map(|part| part.all("spelling-variant")) {
        let kind = (variant.attr("lang"), variant.attr("script"));
        if !variant.text().is_empty() && !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for (lang, script) in kinds {
        let variants: Vec<Vec<&str>> = parts
            .iter()
            .zip(&base)
            .map(|(part, values)| {
                let own: Vec<&str> = part
                    .all("spelling-variant")
                    .into_iter()
                    .filter(|variant| {
                        (variant.attr("lang"), variant.attr("script")) == (lang, script)
                    })
                    .map(Element::text)
                    .filter(|text| !text.is_empty())
                    .collect();
                if own.is_empty() { values.clone() } else { own }
            })
            .collect();
        names.extend(combine(&variants, lang, script));
    }
    names
}

/// One name for each way to take one text of every part.
fn combine(parts: &[Vec<&str>], lang: &str, script: &str) -> Vec<FullName> {
    let mut texts = vec![String::new()];
    for choices in parts.iter().filter(|choices| !choices.is_empty()) {
        texts = texts
            .iter()
            .flat_map(|start| choices.iter().map(move |choice| format!("{start} {choice}")))
            .take(COMBINATIONS_MAX)
            .collect();
    }
    texts
        .into_iter()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .map(|text| FullName { text, lang: lang.to_owned(), script: script.to_owned() })
        .collect()
}
