//! Owns the ways of writing a text in Latin letters that people may choose from, by name.
//! Does not compare: what a comparison reads is `romanize` of folded words, whatever is shown.

use crate::fold::fold;
use crate::romanize::romanize;
use crate::scholarly::transliterate;
use crate::spellings::usual_spelling;

/// A way of writing a text in Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// As people of such names are mostly spelled; vowels come with what is known.
    Usual,
    /// Letter by letter in plain ASCII, as comparison reads it; abjads lack their vowels.
    Plain,
    /// Letter by letter with the signs of scholars, from which the original can be told.
    Scholarly,
}

impl Scheme {
    /// `text` in Latin letters; `None` where it has no others.
    ///
    /// ```
    /// use names::Scheme;
    /// assert_eq!(Scheme::Usual.write("سمير").as_deref(), Some("Samir"));
    /// assert_eq!(Scheme::Plain.write("سمير").as_deref(), Some("smyr"));
    /// assert_eq!(Scheme::Scholarly.write("صمير").as_deref(), Some("ṣmyr"));
    /// assert_eq!(Scheme::Usual.write("Émile"), None);
    /// ```
    pub fn write(self, text: &str) -> Option<String> {
        if !text.chars().any(is_foreign) {
            return None;
        }
        let latin = match self {
            Scheme::Usual => usual_spelling(text),
            Scheme::Plain => fold(text).split(' ').map(romanize).collect::<Vec<_>>().join(" "),
            Scheme::Scholarly => transliterate(text),
        };
        let latin = latin.trim();
        (!latin.is_empty()).then(|| latin.to_owned())
    }
}

/// A letter of a script other than Latin.
fn is_foreign(c: char) -> bool {
    use crate::Script;
    !matches!(Script::of(c), None | Some(Script::Latin | Script::Other))
}
