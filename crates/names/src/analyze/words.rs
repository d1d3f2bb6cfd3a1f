//! Owns the words of a text: where it is cut, each word as written and as folded.
//! Knows no roles. Invariant: no word is empty, and there are `WORDS_MAX` at most.

use crate::fold::{Separator, fold, separator, spell};

/// Words analysed of one name; beyond that a text is no name. The longest entry of six public
/// watchlists has 21 words.
const WORDS_MAX: usize = 48;

/// One word of the text.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) folded: String,
    /// Folded less far, see [`spell`].
    pub(super) spelled: String,
    pub(super) comma_after: bool,
    pub(super) hyphen_after: bool,
}

impl Word {
    /// Written in capitals, as lists write family names.
    pub(super) fn is_capitals(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1
            && self.text.chars().any(char::is_uppercase)
            && !self.text.chars().any(char::is_lowercase)
    }

    /// `core`, which was made of this word, in the less folded spelling; itself where it was not
    /// simply taken over or freed of its article.
    pub(super) fn spelled_like(&self, core: &str) -> String {
        if self.folded == core {
            return self.spelled.clone();
        }
        let bare = self.folded.strip_prefix("ال").filter(|bare| *bare == core);
        let spelled = bare.and_then(|_| self.spelled.strip_prefix("ال"));
        spelled.unwrap_or(core).to_owned()
    }

    pub(super) fn is_single(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() == 1
    }
}

/// Cuts the text at blanks, hyphens and punctuation and folds each word.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut piece = String::new();
    for c in text.chars().chain([' ']) {
        let Some(kind) = separator(c) else {
            piece.push(c);
            continue;
        };
        push_word(&piece, &mut words);
        piece.clear();
        if let Some(last) = words.last_mut() {
            last.comma_after |= kind == Separator::Comma;
            last.hyphen_after |= kind == Separator::Hyphen;
        }
        if words.len() >= WORDS_MAX {
            break;
        }
    }
    words
}

fn push_word(piece: &str, words: &mut Vec<Word>) {
    let folded = fold(piece);
    let split = folded.contains([' ', ',', '-']);
    for word in folded.split([' ', ',', '-']).filter(|word| !word.is_empty()) {
        words.push(Word {
            text: if split { word.to_owned() } else { piece.trim().to_owned() },
            folded: word.to_owned(),
            spelled: if split { word.to_owned() } else { spell(piece) },
            comma_after: false,
            hyphen_after: false,
        });
    }
}
