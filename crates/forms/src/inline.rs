//! Questions with their answers in one text: `label: answer`, `label ..... answer`, a label on the
//! first line of a cell.
//!
//! Says nothing of where else answers may stand; `question` does.

use model::Span;

use crate::fit::fit;
use crate::fold::{fold, words};
use crate::labels::Labels;
use crate::lexicon::{Label, Match, Target, strip_number};
use crate::question::{LABEL_WORDS_MAX, Question};
use crate::{boxes, vocabulary};

/// Score from which a cell counts as a label by itself. Chosen by hand.
pub(crate) const LABEL_LEAST: f32 = 0.8;
/// The same for labels that are about none of the keys: only near-exact ones, since answers such as
/// "passport" resemble them. Chosen by hand.
const ELSE_LEAST: f32 = 0.95;
/// Score of a label before a colon. Chosen by hand: the colon is evidence too.
pub(crate) const COLON_LEAST: f32 = 0.7;
/// Score of a label that no answer reaches by chance. Chosen by hand.
pub(crate) const CLEAR_LEAST: f32 = 0.96;
/// Score of an exact label without any sign behind it: less than that of a label known by its place or
/// by a sign, for a title may begin with such words too. Chosen by hand.
const PREFIXED: f32 = 0.78;
/// How much more likely a label begins after a sign that ends an answer. Chosen by hand.
const BOUNDARY_BONUS: f32 = 0.08;

/// What parts a label from its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignKind {
    /// A colon or the like, or a line of dots to write on.
    Strong,
    /// A dash between blanks, which labels and answers hold too.
    Dash,
    /// A box to tick, which belongs to the answer.
    Box,
}

struct Sign {
    from: usize,
    to: usize,
    kind: SignKind,
}

pub(crate) fn score(matches: &[Match]) -> f32 {
    matches.first().map_or(0.0, |m| m.score)
}

/// Whether a text is a label by its wording.
pub(crate) fn is_label(matches: &[Match], least: f32) -> bool {
    matches.first().is_some_and(|m| match m.target {
        Target::Else(_) => m.score >= ELSE_LEAST,
        _ => m.score >= least,
    })
}

/// Questions with their answers in one cell: `label: answer`, or a label on the first line.
pub(crate) fn inner_questions(spans: &[Span], alone: bool, labels: &Labels<'_>) -> Vec<Question> {
    let mut out: Vec<Question> = Vec::new();
    for (i, span) in spans.iter().enumerate() {
        let found = sign_questions(span, alone, labels);
        if !found.is_empty() {
            out.extend(found);
            continue;
        }
        let label = strip_number(&span.text);
        let matches = labels.matches(&label.text);
        let is_head = is_label(&matches, LABEL_LEAST)
            && !vocabulary::is_answer_word(&label.text)
            && !boxes::has_box(&label.text)
            && spans
                .get(i + 1)
                .is_some_and(|next| !is_rest_of_label(&label, &matches, next, labels));
        if is_head {
            out.push(asked(label, matches, span));
        } else if let Some(last) = out.last_mut() {
            last.answer.push(span.clone());
        } else if let Some(question) = prefixed(span, labels).filter(|_| alone) {
            out.push(question);
        }
    }
    out
}

/// Whether a text holds a sign, other than a colon, that may part a label from its answer.
pub(crate) fn has_sign(text: &str) -> bool {
    signs(text).iter().any(|sign| &text[sign.from..sign.to] != ":")
}

/// Whether a text is a label with its answer after a sign, as far as signs tell: what follows the
/// sign is no label, nor is the whole a label for two things.
pub(crate) fn is_parted(text: &str, labels: &Labels<'_>) -> bool {
    let Some((_, rest)) = cut(text) else { return false };
    let double = |m: &Match| matches!(m.target, Target::Two(..)) && m.score >= LABEL_LEAST;
    has_sign(text)
        && rest.contains(char::is_alphanumeric)
        && !is_label(&labels.matches(rest), LABEL_LEAST)
        && !labels.matches(&strip_number(text).text).first().is_some_and(double)
}

/// The first part and the rest of a text with a sign between.
pub(crate) fn cut(text: &str) -> Option<(&str, &str)> {
    let all = signs(text);
    let strong = all.iter().find(|sign| sign.kind != SignKind::Dash);
    let sign = strong.or_else(|| all.first())?;
    let (head, rest) = (text[..sign.from].trim(), &text[sign.to..]);
    (!head.is_empty()).then_some((head, rest))
}

/// A part of a span as an answer, without the dots to write on.
pub(crate) fn answer_span(span: &Span, text: &str) -> Vec<Span> {
    let line = |c: char| c.is_whitespace() || "._…|".contains(c);
    let text = text.trim_matches(line);
    if text.is_empty() {
        return Vec::new();
    }
    vec![Span { text: text.to_owned(), readings: Vec::new(), ..span.clone() }]
}

/// A question that is surely one, its answer still to come.
fn asked(label: Label, matches: Vec<Match>, span: &Span) -> Question {
    Question {
        label: label.text,
        number: label.number,
        matches,
        is_sure: true,
        answer: Vec::new(),
        place: span.place.clone(),
        row: 0,
    }
}

/// Whether the next line belongs to the label: it makes a better label with it or one of ours, or is
/// one itself.
fn is_rest_of_label(label: &Label, matches: &[Match], next: &Span, labels: &Labels<'_>) -> bool {
    let own = labels.matches(&strip_number(&next.text).text);
    if is_label(&own, CLEAR_LEAST) {
        return true;
    }
    let joined = format!("{} {}", label.text, next.text);
    labels.exact(&joined).is_some() || score(&labels.matches(&joined)) > score(matches)
}

/// `label: answer`, possibly several times in one line. Where nothing else parts them and the line
/// stands alone, a dash may.
fn sign_questions(span: &Span, alone: bool, labels: &Labels<'_>) -> Vec<Question> {
    let text = span.text.as_str();
    let all = signs(text);
    let mut out: Vec<Question> = Vec::new();
    let mut begin = 0;
    for sign in all.iter().filter(|sign| sign.kind != SignKind::Dash) {
        let before = &text[begin..sign.from];
        let boxed = sign.kind == SignKind::Box;
        if boxed && boxes::has_box(before) {
            continue;
        }
        let Some((from, label, matches)) = label_at_end(before, out.is_empty(), labels) else {
            continue;
        };
        let answer_word = || vocabulary::is_answer_word(&label.text);
        if boxed && (!is_label(&matches, LABEL_LEAST) || answer_word()) {
            continue;
        }
        if let Some(last) = out.last_mut() {
            last.answer = answer_span(span, trim_end(&before[..from]));
        } else if from > 0 && !before[..from].trim().is_empty() {
            continue;
        }
        begin = sign.to;
        out.push(asked(label, matches, span));
    }
    if let Some(last) = out.last_mut() {
        last.answer = answer_span(span, &text[begin..]);
    } else if alone && let Some(sign) = all.first().filter(|s| s.kind == SignKind::Dash) {
        out.extend(dash_question(span, sign, labels));
    }
    out
}

/// `label - answer`, unless both sides together are a label.
fn dash_question(span: &Span, sign: &Sign, labels: &Labels<'_>) -> Option<Question> {
    let text = span.text.as_str();
    let label = strip_number(&text[..sign.from]);
    let matches = labels.matches(&label.text);
    let rest = &text[sign.to..];
    if !is_label(&matches, LABEL_LEAST) || vocabulary::is_answer_word(&label.text) {
        return None;
    }
    let whole = labels.matches(&strip_number(text).text);
    let double = matches!(whole.first(), Some(m) if matches!(m.target, Target::Two(..)));
    if is_label(&labels.matches(rest), LABEL_LEAST) || double && score(&whole) >= LABEL_LEAST {
        return None;
    }
    Some(Question {
        label: label.text,
        number: label.number,
        matches,
        is_sure: true,
        answer: answer_span(span, rest),
        place: span.place.clone(),
        row: 0,
    })
}

/// The signs of a text in their order.
fn signs(text: &str) -> Vec<Sign> {
    let mut out: Vec<Sign> = Vec::new();
    let leader = |c: char| matches!(c, '.' | '_' | '…' | '·');
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        let mut to = end;
        if matches!(c, ':' | '：' | '=' | '\t') {
            out.push(Sign { from: at, to, kind: SignKind::Strong });
        } else if leader(c) {
            let run = text[at..].find(|c: char| !leader(c)).unwrap_or(text.len() - at);
            to = at + run;
            let ends = !text[to..].contains(char::is_alphanumeric);
            if (run > 2 || c == '…') && !ends {
                out.push(Sign { from: at, to, kind: SignKind::Strong });
            }
        } else if matches!(c, '-' | '–' | '—' | '−') {
            let open = text[..at].ends_with(char::is_whitespace)
                && text[end..].starts_with(char::is_whitespace);
            if open {
                out.push(Sign { from: at, to, kind: SignKind::Dash });
            }
        } else if boxes::starts_with_box(&text[at..]) {
            out.push(Sign { from: at, to: at, kind: SignKind::Box });
        }
        at = to;
    }
    out
}

fn trim_end(text: &str) -> &str {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ";؛,،|/•".contains(c));
    text.strip_suffix(" -").or_else(|| text.strip_suffix(" –")).unwrap_or(text).trim_end()
}

/// The label that ends a text, and where it begins; `whole` if nothing may stand before it.
fn label_at_end(
    text: &str,
    whole: bool,
    labels: &Labels<'_>,
) -> Option<(usize, Label, Vec<Match>)> {
    let starts: Vec<usize> = text
        .split_whitespace()
        .map(|word| word.as_ptr() as usize - text.as_ptr() as usize)
        .collect();
    let starts = if whole { &starts[..starts.len().min(1)] } else { &starts[..] };
    let skip = starts.len().saturating_sub(LABEL_WORDS_MAX);
    let mut best: Option<(f32, usize, Label, Vec<Match>)> = None;
    for start in &starts[skip..] {
        let label = strip_number(&text[*start..]);
        let matches = labels.matches(&label.text);
        let bounded = text[..*start].trim_end().ends_with([';', '؛', '.', '|', '،', ',']);
        let worth = score(&matches) + if bounded { BOUNDARY_BONUS } else { 0.0 };
        let better = best.as_ref().is_none_or(|(known, ..)| worth > *known);
        if is_label(&matches, COLON_LEAST) && better {
            best = Some((worth, *start, label, matches));
        }
    }
    best.map(|(_, start, label, matches)| (start, label, matches))
}

/// A label without any sign between it and its answer, told by an exact wording.
fn prefixed(span: &Span, labels: &Labels<'_>) -> Option<Question> {
    let Label { number, text } = strip_number(&span.text);
    let ends: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).collect();
    for end in ends.iter().rev().filter(|end| words(&fold(&text[..**end])).count() <= 9) {
        let (head, rest) = text.split_at(*end);
        let Some(target) = labels.exact(head) else { continue };
        let one_word = words(&fold(head)).count() < 2;
        let fits = match target {
            Target::One(key) => fit(key, rest),
            Target::Two(first, second) => fit(first, rest).max(fit(second, rest)),
            Target::Matter(matter) => matter.fit(rest),
            Target::NamePart(_) | Target::Else(_) => 0.0,
        };
        if fits < if one_word { 0.5 } else { -0.25 } {
            continue;
        }
        return Some(Question {
            label: head.trim().to_owned(),
            number,
            matches: vec![Match { target, score: PREFIXED }],
            is_sure: true,
            answer: answer_span(span, rest),
            place: span.place.clone(),
            row: 0,
        });
    }
    None
}
