//! The language of search texts, as far as clients of yente use it: words that must all be there,
//! `OR`, `NOT`, `-word`, `+word`, brackets, `"phrases"`, `field:word`, `wor*`, `word~` and `word~1`.
//! Finds nothing itself.
//!
//! The simple language has no errors: what is no operator is a word.

use model::value::fold_words;

/// Words, signs and brackets of one query. Chosen by hand: a sentence or two.
const WORDS_MAX: usize = 100;
/// Misspelt words and patterns of one query: each goes through all words that there are, 10 ms for six public
/// lists. Chosen by hand.
const LOOSE_MAX: usize = 8;
/// Brackets in brackets. Chosen by hand.
const DEPTH_MAX: usize = 16;

/// A search text that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// A quote, bracket or slash without its partner.
    #[error("{mark} has no partner")]
    Unbalanced {
        /// The sign.
        mark: char,
    },
    /// An operator that has nothing to work on.
    #[error("there is nothing beside an operator")]
    Dangling,
    /// More words than are looked for.
    #[error("more than {max} words")]
    TooMany {
        /// So many are taken.
        max: usize,
    },
    /// More misspelt words and patterns than are looked for.
    #[error("more than {max} words with a sign for others")]
    TooManyLoose {
        /// So many are taken.
        max: usize,
    },
    /// Brackets nested too deep.
    #[error("brackets are nested too deep")]
    TooDeep,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Query {
    /// Everything.
    All,
    /// A word, in the field if one is named.
    Word { field: Option<String>, word: String, kind: Kind },
    /// Words in a row.
    Phrase { field: Option<String>, words: Vec<String> },
    /// All of these.
    And(Vec<Query>),
    /// Any of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
}

/// How a word is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// As it stands.
    Exact,
    /// With `*` and `?`.
    Pattern,
    /// So many edits away at most.
    Near(usize),
}

/// Edits that a word of this length may be away, where the query does not say: Elasticsearch's `AUTO`.
pub(super) fn edits_of(word: &str) -> usize {
    match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// Reads a search text.
pub(super) fn read(text: &str, simple: bool, fuzzy: bool) -> Result<Query, QueryError> {
    let tokens = tokens(text, simple)?;
    if tokens.len() > WORDS_MAX {
        return Err(QueryError::TooMany { max: WORDS_MAX });
    }
    let mut reader = Reader { tokens: &tokens, simple, fuzzy };
    let query = reader.any_of(0)?;
    if !simple && !reader.tokens.is_empty() {
        return Err(QueryError::Unbalanced { mark: ')' });
    }
    let query = query.unwrap_or(Query::All);
    if loose(&query) > LOOSE_MAX {
        return Err(QueryError::TooManyLoose { max: LOOSE_MAX });
    }
    Ok(query)
}

/// Words that stand for others.
fn loose(query: &Query) -> usize {
    match query {
        Query::Word { kind: Kind::Near(1..) | Kind::Pattern, .. } => 1,
        Query::And(all) | Query::Or(all) => all.iter().map(loose).sum(),
        Query::Not(not) => loose(not),
        Query::All | Query::Word { .. } | Query::Phrase { .. } => 0,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Plus,
    Word(String),
    /// With the field before it, if any.
    Phrase(Option<String>, String),
}

fn tokens(text: &str, simple: bool) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let (token, left) = match first {
            '(' => (Token::Open, after),
            ')' => (Token::Close, after),
            '|' => (Token::Or, after.strip_prefix('|').unwrap_or(after)),
            '&' if after.starts_with('&') => (Token::And, &after[1..]),
            '!' | '-' if !simple || first == '-' => (Token::Not, after),
            '+' => (Token::Plus, after),
            '"' => match after.split_once('"') {
                Some((phrase, left)) => (Token::Phrase(None, phrase.to_owned()), left),
                None if simple => (Token::Phrase(None, after.to_owned()), ""),
                None => return Err(QueryError::Unbalanced { mark: '"' }),
            },
            _ => word(rest, simple)?,
        };
        tokens.push(token);
        rest = left.trim_start();
    }
    Ok(tokens)
}

/// A word, an operator in letters, or `field:"phrase"`.
fn word(text: &str, simple: bool) -> Result<(Token, &str), QueryError> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"');
    let end = text.find(ends).unwrap_or(text.len());
    let (word, left) = text.split_at(end);
    if simple {
        return Ok((Token::Word(word.to_owned()), left));
    }
    // A slash begins and ends a pattern of letters, which nobody may run here.
    if !word.matches('/').count().is_multiple_of(2) {
        return Err(QueryError::Unbalanced { mark: '/' });
    }
    let token = match word {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        word => {
            if let (Some(field), Some(quoted)) = (word.strip_suffix(':'), left.strip_prefix('"')) {
                let phrase = quoted.split_once('"');
                let (phrase, left) = phrase.ok_or(QueryError::Unbalanced { mark: '"' })?;
                return Ok((Token::Phrase(Some(field.to_owned()), phrase.to_owned()), left));
            }
            Token::Word(word.to_owned())
        }
    };
    Ok((token, left))
}

struct Reader<'a> {
    tokens: &'a [Token],
    simple: bool,
    fuzzy: bool,
}

impl Reader<'_> {
    fn next_is(&mut self, token: &Token) -> bool {
        let is = self.tokens.first() == Some(token);
        if is {
            self.tokens = &self.tokens[1..];
        }
        is
    }

    /// Alternatives up to a closing bracket or the end.
    fn any_of(&mut self, depth: usize) -> Result<Option<Query>, QueryError> {
        if depth > DEPTH_MAX {
            return Err(QueryError::TooDeep);
        }
        let mut alternatives = Vec::new();
        loop {
            let all = self.all_of(depth)?;
            let goes_on = self.next_is(&Token::Or);
            match all {
                Some(query) => alternatives.push(query),
                None if (goes_on || !alternatives.is_empty()) && !self.simple => {
                    return Err(QueryError::Dangling);
                }
                None => {}
            }
            if !goes_on {
                break;
            }
        }
        Ok(match alternatives.len() {
            0 => None,
            1 => alternatives.pop(),
            _ => Some(Query::Or(alternatives)),
        })
    }

    fn all_of(&mut self, depth: usize) -> Result<Option<Query>, QueryError> {
        let mut all = Vec::new();
        let mut open = false;
        while let Some(token) = self.tokens.first() {
            match token {
                Token::Or | Token::Close => break,
                Token::And => {
                    self.tokens = &self.tokens[1..];
                    if (all.is_empty() || open) && !self.simple {
                        return Err(QueryError::Dangling);
                    }
                    open = true;
                }
                _ => {
                    all.extend(self.one(depth)?);
                    open = false;
                }
            }
        }
        if open && !self.simple {
            return Err(QueryError::Dangling);
        }
        Ok(match all.len() {
            0 => None,
            1 => all.pop(),
            _ => Some(Query::And(all)),
        })
    }

    fn one(&mut self, depth: usize) -> Result<Option<Query>, QueryError> {
        let Some((token, rest)) = self.tokens.split_first() else {
            return if self.simple { Ok(None) } else { Err(QueryError::Dangling) };
        };
        self.tokens = rest;
        match token {
            Token::Plus => self.one_after(depth),
            Token::Not => Ok(self.one_after(depth)?.map(|query| Query::Not(Box::new(query)))),
            Token::Open => {
                let inner = self.any_of(depth + 1)?;
                if !self.next_is(&Token::Close) && !self.simple {
                    return Err(QueryError::Unbalanced { mark: '(' });
                }
                Ok(inner)
            }
            Token::Phrase(field, text) => {
                let words: Vec<String> = fold_words(text)
                    .split(' ')
                    .filter(|w| !w.is_empty())
                    .map(str::to_owned)
                    .collect();
                Ok((!words.is_empty()).then(|| Query::Phrase { field: field.clone(), words }))
            }
            Token::Word(word) => Ok(self.word(word)),
            Token::And | Token::Or | Token::Close => {
                if self.simple {
                    Ok(None)
                } else {
                    Err(QueryError::Dangling)
                }
            }
        }
    }

    fn one_after(&mut self, depth: usize) -> Result<Option<Query>, QueryError> {
        match self.tokens.first() {
            None | Some(Token::And | Token::Or | Token::Close) if !self.simple => {
                Err(QueryError::Dangling)
            }
            _ if depth > DEPTH_MAX => Err(QueryError::TooDeep),
            _ => self.one(depth + 1),
        }
    }

    /// A word with its signs; several where it falls into pieces (`al-testan`).
    fn word(&self, text: &str) -> Option<Query> {
        let field = (!self.simple).then(|| text.split_once(':')).flatten();
        let (field, text) = match field {
            Some((field, text)) if !field.is_empty() => (Some(field.to_owned()), text),
            _ => (None, text),
        };
        if text == "*" && field.is_none() {
            return Some(Query::All);
        }
        let (text, near) = match text.rsplit_once('~') {
            Some((text, edits)) if !text.is_empty() => {
                (text, Some(edits.parse::<f32>().ok().map_or(2, |n| if n < 2.0 { 1 } else { 2 })))
            }
            _ => (text, None),
        };
        if text.contains(['*', '?']) {
            let word: String = text
                .split_inclusive(['*', '?'])
                .map(|piece| {
                    let sign = piece.chars().last().filter(|c| matches!(c, '*' | '?'));
                    let fixed = fold_words(piece).replace(' ', "");
                    sign.map_or(fixed.clone(), |sign| format!("{fixed}{sign}"))
                })
                .collect();
            return Some(Query::Word { field, word, kind: Kind::Pattern });
        }
        let folded = fold_words(text);
        let mut words: Vec<Query> = folded
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| {
                let kind = match near {
                    Some(edits) => Kind::Near(edits.min(edits_of(word))),
                    None if self.fuzzy => Kind::Near(edits_of(word)),
                    None => Kind::Exact,
                };
                Query::Word { field: field.clone(), word: word.to_owned(), kind }
            })
            .collect();
        if words.len() > 1 { Some(Query::And(words)) } else { words.pop() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strict(text: &str) -> Result<Query, QueryError> {
        read(text, false, false)
    }

    fn exact(word: &str) -> Query {
        Query::Word { field: None, word: word.to_owned(), kind: Kind::Exact }
    }

    #[test]
    fn words_are_all_wanted_and_operators_work() {
        assert_eq!(strict("Maro Testán"), Ok(Query::And(vec![exact("maro"), exact("testan")])));
        assert_eq!(strict("maro OR sila"), Ok(Query::Or(vec![exact("maro"), exact("sila")])));
        assert_eq!(
            strict("maro -(sila testan)"),
            Ok(Query::And(vec![
                exact("maro"),
                Query::Not(Box::new(Query::And(vec![exact("sila"), exact("testan")]))),
            ]))
        );
        assert_eq!(strict("  "), Ok(Query::All));
        let phrase =
            Query::Phrase { field: Some("name".into()), words: vec!["a".into(), "b".into()] };
        assert_eq!(strict("name:\"A b\""), Ok(phrase));
        let near = Query::Word { field: None, word: "testan".into(), kind: Kind::Near(1) };
        assert_eq!(strict("testan~1"), Ok(near));
        let pattern = Query::Word { field: None, word: "tes*n".into(), kind: Kind::Pattern };
        assert_eq!(strict("TES*n"), Ok(pattern));
    }

    #[test]
    fn what_is_no_query_is_told_so_unless_the_language_is_simple() {
        for text in [
            "invalid/query",
            "(maro",
            "maro)",
            "\"maro",
            "OR",
            "maro AND",
            "AND maro",
            "-",
            "a OR OR b",
        ] {
            assert!(strict(text).is_err(), "{text}");
            assert!(read(text, true, false).is_ok(), "{text}");
        }
        assert_eq!(strict(&"(".repeat(100)), Err(QueryError::TooDeep));
        assert_eq!(strict(&"-".repeat(100)), Err(QueryError::TooDeep));
        assert!(read(&"(".repeat(9_999), true, false).is_err());
        assert_eq!(strict(&"a ".repeat(300)), Err(QueryError::TooMany { max: WORDS_MAX }));
        assert_eq!(strict(&"ab*c ".repeat(9)), Err(QueryError::TooManyLoose { max: LOOSE_MAX }));
    }
}
