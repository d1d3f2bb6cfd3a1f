//! Owns the words of a text: where it is cut, each word as written and as folded.
//! Knows no roles. Invariant: no word is empty, and there are `WORDS_MAX` at most.

use super::mrz;
use crate::Script;
use crate::fold::{Separator, fold, is_format, separator, spell};
use crate::lexicon::{self, Role};
use crate::part::Kind;

/// Words analysed of one name; beyond that a text is no name. The longest entry of six public
/// watchlists has 21 words.
const WORDS_MAX: usize = 48;

/// One word of the text.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one observation on the writing")]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) folded: String,
    /// Folded less far, see [`spell`].
    pub(super) spelled: String,
    pub(super) comma_after: bool,
    pub(super) hyphen_after: bool,
    pub(super) slash_after: bool,
    pub(super) dot_after: bool,
    /// In brackets or quotation marks.
    pub(super) is_aside: bool,
}

impl Word {
    /// Written in capitals, as lists write family names.
    pub(super) fn is_capitals(&self) -> bool {
        self.text.chars().any(char::is_uppercase)
            && !self.text.chars().any(char::is_lowercase)
            && self.text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
    }

    pub(super) fn has_small_letter(&self) -> bool {
        self.text.chars().any(char::is_lowercase)
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
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some() && letters.next().is_none()
    }

    /// Followed by what stands in abbreviations: "M/V", "M.T.".
    pub(super) fn is_cut_off(&self) -> bool {
        self.slash_after || self.dot_after
    }

    pub(super) fn is_number(&self) -> bool {
        self.folded.bytes().all(|b| b.is_ascii_digit())
    }
}

/// Cuts the text at blanks, hyphens and punctuation and folds each word.
pub(super) fn words(text: &str, kind: Kind) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut piece = String::new();
    let mut before = ' ';
    let mut aside = None;
    let (document, text) = mrz::split_document(text);
    if let Some(document) = document {
        words.push(Word {
            text: document.to_owned(),
            folded: fold(document).replace(' ', ""),
            spelled: String::new(),
            ..Word::default()
        });
    }
    for c in text.chars().chain([' ']) {
        // The number sign often stands right before the digits.
        let separates = separator(c).or((c == '№').then_some(Separator::Blank));
        let Some(kind_of_gap) = separates else {
            piece.push(c);
            before = c;
            continue;
        };
        push_piece(&piece, kind, aside.is_some(), &mut words);
        piece.clear();
        if c == '№' {
            push_piece("№", kind, aside.is_some(), &mut words);
        } else if let Some(last) = words.last_mut() {
            // Two fillers part the family name from the others in the machine readable zone.
            last.comma_after |= kind_of_gap == Separator::Comma || c == '<' && before == '<';
            last.hyphen_after |= kind_of_gap == Separator::Hyphen;
            last.slash_after |= c == '/';
            last.dot_after |= matches!(c, '.' | '·' | '・' | '‧');
        }
        aside = match (aside, closing(c)) {
            (None, end) => end,
            (Some(end), _) if end == c => None,
            (inside, _) => inside,
        };
        before = c;
        if words.len() >= WORDS_MAX {
            break;
        }
    }
    if text.contains('<') {
        mrz::decode(&mut words);
    }
    words
}

/// What ends the aside that `c` begins.
fn closing(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '[' => ']',
        '"' => '"',
        '«' => '»',
        '\u{201C}' | '\u{201E}' => '\u{201D}',
        _ => return None,
    })
}

fn push_piece(piece: &str, kind: Kind, is_aside: bool, words: &mut Vec<Word>) {
    let mut rest = piece;
    while let Some(at) = limit_within(rest, kind) {
        let (head, tail) = rest.split_at(at);
        push_piece(head, kind, is_aside, words);
        rest = tail;
    }
    push_word(rest, is_aside, words);
}

/// Where a piece without blanks goes over into another word: from Arabic to Latin letters or back,
/// and in names of persons at a capital after a small letter (`AbuHamid`, `SamirQandil`).
fn limit_within(piece: &str, kind: Kind) -> Option<usize> {
    if kind != Kind::Person
        && let Some(at) = limit_of_number(piece)
    {
        return Some(at);
    }
    let turns_capital = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    if piece.is_ascii() && !piece.as_bytes().windows(2).any(turns_capital) {
        return None;
    }
    if kind != Kind::Person
        && let Some(at) = limit_of_form(piece)
    {
        return Some(at);
    }
    if kind == Kind::Organization
        && let Some(at) = limit_of_class(piece)
    {
        return Some(at);
    }
    let mut before: Option<(char, Script)> = None;
    for (at, c) in piece.char_indices() {
        let Some(script) = Script::of(c) else { continue };
        if let Some((last, other)) = before {
            let turns = script != other && (script == Script::Arabic || other == Script::Arabic);
            let capital = kind == Kind::Person && last.is_lowercase() && c.is_uppercase();
            if turns || capital && parts_names(&piece[..at], &piece[at..]) {
                return Some(at);
            }
        }
        before = Some((c, script));
    }
    None
}

/// Before digits that close a piece and follow the letters of a name: "QANDIL4", not "B12".
fn limit_of_number(piece: &str) -> Option<usize> {
    const LETTERS_MIN: usize = 3;
    let name = piece.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_name = name.len() < piece.len()
        && !name.is_empty()
        && name.chars().all(char::is_alphabetic)
        && (name.chars().count() >= LETTERS_MIN || name.chars().all(is_syllabic));
    is_name.then_some(name.len())
}

/// Chinese, Japanese and Korean write class words as one with the name, one behind the other.
fn limit_of_class(piece: &str) -> Option<usize> {
    if !piece.chars().all(is_syllabic) || lexicon::legal_form(piece).is_some() {
        return None;
    }
    match class_prefix(piece) {
        Some(at) if at < piece.len() => return Some(at),
        Some(_) => return None,
        None => {}
    }
    let is_classes = |mut rest: &str| {
        while let Some(at) = class_prefix(rest) {
            rest = &rest[at..];
        }
        rest.is_empty()
    };
    piece.char_indices().skip(1).map(|(at, _)| at).find(|&at| is_classes(&piece[at..]))
}

fn is_syllabic(c: char) -> bool {
    matches!(Script::of(c), Some(Script::Han | Script::Hangul | Script::Kana)) || c == 'ー'
}

/// Bytes of the longest class word of two characters or more that `piece` begins with.
fn class_prefix(piece: &str) -> Option<usize> {
    const CHARACTERS_MAX: usize = 6;
    let ends = piece.char_indices().map(|(at, _)| at).skip(2).chain([piece.len()]);
    ends.take(CHARACTERS_MAX)
        .filter(|&end| {
            lexicon::lookup_organizational(&piece[..end])
                .is_some_and(|(role, _)| matches!(role, Role::ClassWord | Role::Place))
        })
        .last()
}

/// Chinese, Japanese and Korean write the legal form as one with the name, before or behind it.
fn limit_of_form(piece: &str) -> Option<usize> {
    const FORMS: [&str; 7] = [
        "股份有限公司",
        "有限责任公司",
        "有限責任公司",
        "有限公司",
        "株式会社",
        "有限会社",
        "주식회사",
    ];
    if piece.starts_with(|c: char| c.is_ascii()) {
        return None;
    }
    FORMS.iter().find_map(|form| match (piece.strip_prefix(form), piece.strip_suffix(form)) {
        (Some(name), _) if !name.is_empty() => Some(form.len()),
        (_, Some(name)) if !name.is_empty() => Some(name.len()),
        _ => None,
    })
}

/// `McQandil` and `DeQandil` are one word; a head that is no article or link needs the length of a
/// name.
fn parts_names(head: &str, tail: &str) -> bool {
    match lexicon::role(&fold(head)) {
        Some(Role::Mac | Role::Particle | Role::FamilyParticle | Role::Suffix) => false,
        Some(_) => tail.chars().count() > 1,
        None => head.chars().count() > 3 && tail.chars().count() > 2,
    }
}

fn push_word(piece: &str, is_aside: bool, words: &mut Vec<Word>) {
    let folded = fold(piece);
    let split = folded.contains([' ', ',', '-']);
    for word in folded.split([' ', ',', '-']).filter(|word| !word.is_empty()) {
        words.push(Word {
            text: if split { word.to_owned() } else { bare_text(piece).to_owned() },
            folded: word.to_owned(),
            spelled: if split { word.to_owned() } else { spell(piece) },
            is_aside,
            ..Word::default()
        });
    }
}

/// The word as written, without controls of direction around it.
fn bare_text(piece: &str) -> &str {
    piece.trim_matches(|c: char| c.is_whitespace() || is_format(c))
}
