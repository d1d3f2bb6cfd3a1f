//! A text cut into the tokens of dates, each with its place in the text.

use crate::value::fold::fold_char;

use super::words::{self, PARTS_MAX, Word};

/// Longest text that is read; a date field is shorter by far, and the rest is never a date.
const CHARS_MAX: usize = 1000;
/// Longest number; eight digits are `yyyymmdd` and no date has more.
const DIGITS_MAX: usize = 8;

/// One token and the bytes `start..end` of the text it was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number and how many digits it has.
    Number(u32, usize),
    /// A word with a meaning in dates.
    Word(Word),
    /// A word without.
    Other,
    /// What stands between parts: `/`, `-`, `.`, or a blank.
    Join(char),
    /// What ends a date: brackets, semicolons and the like.
    Break,
    /// `:` between numbers: a time of day.
    Colon,
    /// `?` or `*`: a doubt, or a digit left open.
    Doubt,
    /// `~` or `±`.
    Tilde,
}

/// Cuts a text.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
    let chars: Vec<(char, usize, usize)> = text
        .char_indices()
        .take(CHARS_MAX)
        .flat_map(|(at, c)| fold_char(c).map(move |folded| (folded, at, at + c.len_utf8())))
        .collect();
    let pieces = cut(&chars);
    let mut tokens = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let (kind, used) = read_piece(&pieces, at);
        tokens.push(Token { kind, start: pieces[at].start, end: pieces[at + used - 1].end });
        at += used;
    }
    drop_times(&mut tokens);
    merge_joins(tokens)
}

/// Letters, digits or one sign, in a row.
struct Piece {
    text: String,
    start: usize,
    end: usize,
}

impl Piece {
    fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphabetic)
    }

    fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

fn cut(chars: &[(char, usize, usize)]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for &(c, start, end) in chars {
        // An apostrophe inside a word (sha'ban) or after a year (1960's) is no boundary.
        let last = pieces.last_mut();
        match last {
            Some(last) if c == '\'' && (last.is_word() || last.is_number()) => last.end = end,
            Some(last)
                if (c.is_alphabetic() && last.is_word())
                    || (c.is_ascii_digit() && last.is_number()) =>
            {
                last.text.push(c);
                last.end = end;
            }
            _ => pieces.push(Piece { text: c.to_string(), start, end }),
        }
    }
    pieces
}

/// The token that begins at a piece, and how many pieces it takes.
fn read_piece(pieces: &[Piece], at: usize) -> (Kind, usize) {
    let piece = &pieces[at];
    if piece.is_number() {
        let kind = match piece.text.parse() {
            Ok(value) if piece.text.len() <= DIGITS_MAX => Kind::Number(value, piece.text.len()),
            _ => Kind::Other,
        };
        return (kind, 1);
    }
    if piece.is_word() {
        return read_word(pieces, at);
    }
    let kind = match piece.text.chars().next() {
        Some(c @ ('/' | '-' | '.')) => Kind::Join(c),
        Some('\\' | '|') => Kind::Join('/'),
        Some(':') => Kind::Colon,
        Some('?' | '*') => Kind::Doubt,
        Some('~' | '±' | '≈') => Kind::Tilde,
        Some(c) if c.is_whitespace() || c == ',' => Kind::Join(' '),
        Some('_' | '\u{2026}') => {
            let run = pieces[at..].iter().take_while(|p| p.text == piece.text).count();
            return (Kind::Word(Word::Unknown), run);
        }
        _ => Kind::Break,
    };
    (kind, 1)
}

/// The longest entry of the word tables that begins here: parts may be separated by one blank,
/// hyphen, full stop or apostrophe.
fn read_word(pieces: &[Piece], at: usize) -> (Kind, usize) {
    let mut joined = String::new();
    let mut best = (Kind::Other, 1);
    let mut parts = 0;
    for (offset, piece) in pieces[at..].iter().enumerate() {
        if piece.is_word() {
            joined.push_str(&piece.text);
            parts += 1;
            if let Some(word) = words::look_up(&joined) {
                best = (Kind::Word(word), offset + 1);
            }
            if parts == PARTS_MAX {
                break;
            }
        } else if piece.is_number()
            || !piece.text.starts_with([' ', '-', '.', '\'', '\u{a0}', '\n'])
            || offset + 1 >= 2 * PARTS_MAX
        {
            break;
        }
    }
    let bracket = |index: Option<usize>, sign: &str| {
        index.and_then(|index| pieces.get(index)).is_some_and(|piece| piece.text == sign)
    };
    // `a) 1967 c) 1968`: letters of a list, not words.
    if pieces[at].text.chars().count() == 1 && best.1 == 1 && bracket(Some(at + 1), ")") {
        return (Kind::Break, 1);
    }
    best
}

/// Takes out times of day: `00:00`, `T00:00:00.000Z`.
fn drop_times(tokens: &mut [Token]) {
    let is_number = |token: Option<&Token>| {
        token.is_some_and(|token| matches!(token.kind, Kind::Number(_, 1 | 2)))
    };
    for at in 0..tokens.len() {
        if tokens[at].kind == Kind::Colon && at > 0 {
            let (before, after) = (tokens.get(at - 1), tokens.get(at + 1));
            let time_before = at >= 2 && before.is_some_and(|token| token.kind == Kind::Other);
            if is_number(after) && (is_number(before) || time_before) {
                tokens[at - 1].kind = Kind::Other;
                tokens[at + 1].kind = Kind::Other;
            }
        }
    }
    for token in tokens.iter_mut().filter(|token| token.kind == Kind::Colon) {
        token.kind = Kind::Break;
    }
}

/// Makes one join of several with at most one sign other than blanks: ` / ` is `/`.
fn merge_joins(tokens: Vec<Token>) -> Vec<Token> {
    let mut merged: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let (Some(last), Kind::Join(sign)) = (merged.last_mut(), token.kind)
            && let Kind::Join(known) = last.kind
            && (known == ' ' || sign == ' ')
        {
            last.kind = Kind::Join(if known == ' ' { sign } else { known });
            last.end = token.end;
            continue;
        }
        merged.push(token);
    }
    merged
}
