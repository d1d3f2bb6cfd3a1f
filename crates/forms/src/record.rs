//! Filling a form: the answers of its questions under their keys.

use model::layout::Reading;
use model::{Place, Span};

use crate::Key;
use crate::agree::settle;
use crate::fold::fold;
use crate::form::{AnswerState, FilledForm, Other};
use crate::lexicon::{Target, lexicon};
use crate::question::Question;
use crate::reading::{Context, cite, read_answer};
use crate::split::split;

/// Puts the answers under their keys; what belongs to no key is kept beside them.
pub(crate) fn fill(
    form: &mut FilledForm,
    questions: &[Question],
    targets: &[Option<Target>],
    joined_name: Option<Question>,
    ctx: &Context<'_>,
) {
    for (question, target) in questions.iter().zip(targets) {
        match target {
            Some(Target::One(key)) => put(form, *key, &question.answer, &question.place, ctx),
            Some(Target::Two(first, second)) => put_two(form, (*first, *second), question, ctx),
            Some(Target::NamePart(_) | Target::Matter(_) | Target::Else(_)) | None => {
                keep(form, question, *target, ctx);
            }
        }
    }
    if let Some(name) = joined_name {
        put(form, Key::FullName, &name.answer, &name.place, ctx);
        if let Some(answer) = form.fields.get_mut(&Key::FullName) {
            answer.notes.push("joined from several answers".to_owned());
        }
    }
    settle(form, ctx.order);
}

fn put(form: &mut FilledForm, key: Key, spans: &[Span], place: &Place, ctx: &Context<'_>) {
    form.fields.insert(key, read_answer(key, spans, place, ctx));
}

fn put_two(form: &mut FilledForm, keys: (Key, Key), question: &Question, ctx: &Context<'_>) {
    let whole = crate::grid::text_of(&question.answer);
    let (mut first, mut second) = split(keys.0, keys.1, &whole);
    let mut chosen = None;
    for i in 0..question.answer.iter().map(|s| s.readings.len()).max().unwrap_or(0) {
        // Another reading may part where the first does not.
        let other: Vec<Span> = question.answer.iter().map(|s| reading(s, i)).collect();
        let parts = split(keys.0, keys.1, &crate::grid::text_of(&other));
        if worth(keys, &parts) > worth(keys, &(first.clone(), second.clone())) + 0.1 {
            (first, second) = parts;
            chosen = Some(other);
        }
    }
    let spans = chosen.as_ref().unwrap_or(&question.answer);
    for (key, part) in [(keys.0, first), (keys.1, second)] {
        let mut spans: Vec<Span> = match &part {
            Some(text) => part_spans(spans, text),
            None => Vec::new(),
        };
        if let [span] = spans.as_mut_slice() {
            span.readings = part_readings(keys, key, question);
        }
        put(form, key, &spans, &question.place, ctx);
    }
}

/// What the readings of a double answer have for one of its keys.
fn part_readings(keys: (Key, Key), key: Key, question: &Question) -> Vec<Reading> {
    let [span] = question.answer.as_slice() else { return Vec::new() };
    let part = |text: &str| {
        let (first, second) = split(keys.0, keys.1, text);
        if key == keys.0 { first } else { second }
    };
    let parts = span.readings.iter().filter_map(|reading| {
        Some(Reading { text: part(&reading.text)?, confidence: reading.confidence })
    });
    parts.collect()
}

fn worth(keys: (Key, Key), parts: &(Option<String>, Option<String>)) -> f32 {
    let fit = |key, part: &Option<String>| part.as_deref().map_or(0.0, |t| crate::fit::fit(key, t));
    fit(keys.0, &parts.0) + fit(keys.1, &parts.1)
}

fn reading(span: &Span, i: usize) -> Span {
    let mut out = Span { readings: Vec::new(), ..span.clone() };
    if let Some(reading) = span.readings.get(i) {
        out.text.clone_from(&reading.text);
        out.confidence = reading.confidence.min(0.99);
    }
    out
}

/// The part of an answer as one span that keeps place and confidence of the whole.
fn part_spans(spans: &[Span], text: &str) -> Vec<Span> {
    let holds = |span: &&Span| fold(&span.text).contains(&fold(text));
    let Some(source) = spans.iter().find(holds).or_else(|| spans.first()) else {
        return Vec::new();
    };
    let recognised = spans.iter().any(|s| s.confidence < 1.0 || !s.readings.is_empty());
    let confidence = if recognised { source.confidence.min(0.99) } else { source.confidence };
    vec![Span { text: text.to_owned(), readings: Vec::new(), confidence, ..source.clone() }]
}

fn keep(form: &mut FilledForm, question: &Question, target: Option<Target>, ctx: &Context<'_>) {
    let written = question.answer_text();
    if let Some(citation) = cite(&question.answer, &question.place, ctx)
        && !fold(&written).is_empty()
    {
        let kind = target.and_then(|t| lexicon().name_of(t)).map(str::to_owned);
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let normalized = match target {
            Some(Target::Matter(matter)) => matter.normalize(&written, ctx.order),
            _ => None,
        };
        let label = question.label.clone();
        form.others.push(Other { kind, label, written, normalized, citation });
    }
}

/// How many keys of a form have something written under them.
pub(crate) fn stated(form: &FilledForm) -> usize {
    form.fields.values().filter(|answer| answer.state == AnswerState::Stated).count()
}

/// How many keys of a form are asked for.
pub(crate) fn asked(form: &FilledForm) -> usize {
    form.fields.values().filter(|answer| answer.state != AnswerState::NotOnForm).count()
}
