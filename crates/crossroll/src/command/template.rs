//! `crossroll template learn|add|list|show|unknown`

use std::io::Write as _;
use std::path::Path;

use case::{Case, CaseError, LearnOptions, Mark, Template, UnknownLayout};
use serde_json::json;

use crate::args::CaseJsonArgs;
use crate::args::template::{LearnArgs, TemplateAddArgs, TemplateShowArgs, UnknownArgs, mark};
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk, json_line};

/// Labels of an unknown layout shown in the table.
const LABELS_SHOWN: usize = 4;

pub(crate) fn learn(args: &LearnArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut marks = args.mark.clone();
    if let Some(path) = &args.marks {
        marks.extend(read_marks(path)?);
    }
    if marks.is_empty() {
        let hint = "name answers with `--mark full_name=\"Sample Person\" --mark KEY=TEXT …`";
        return Err(Mistake::new("nothing is marked", hint).into());
    }
    let options = LearnOptions {
        name: args.name.clone().unwrap_or_else(|| name_of(&args.example)),
        language: args.language.clone(),
        origin: String::new(),
        answers: args.answers.map(Into::into),
    };
    let template = case::learn_template(
        &args.example,
        &marks,
        options,
        &super::readers(talk)?,
        talk.progress(),
    )?;
    let mut out = Sink::open(args.out.as_deref())?;
    write!(out, "{}", template.to_text()?)?;
    out.finish()?;
    talk.say(&describe(&template));
    match &args.out {
        Some(path) => talk.hint(&format!(
            "look at it, then `crossroll read PATH --template {0}` or `crossroll template add CASE {0}`",
            path.display()
        )),
        None => talk.hint("keep it with `--out FILE`"),
    }
    Ok(Outcome::Done)
}

pub(crate) fn add(args: &TemplateAddArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = super::open_case_to_change(&args.case, "template/add", talk)?;
    let template = case.add_template(&args.file)?;
    let mut out = Sink::open(None)?;
    writeln!(out, "{}", describe(&template))?;
    out.finish()?;
    talk.hint("`crossroll run CASE` reads the documents with it");
    Ok(Outcome::Done)
}

pub(crate) fn list(args: &CaseJsonArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let templates = Case::open(&args.case)?.templates()?;
    let mut out = Sink::open(None)?;
    for template in &templates {
        if args.json {
            let file = template.file();
            let line = json!({
                "version": 1, "name": file.name, "language": file.language,
                "origin": file.origin, "answers": file.answers, "labels": file.labels,
            });
            json_line(&mut out, &line)?;
        } else {
            writeln!(out, "{}", describe(template))?;
        }
    }
    out.finish()?;
    if templates.is_empty() {
        talk.hint(
            "the case has no templates; `crossroll template unknown CASE` tells what to teach",
        );
    }
    Ok(Outcome::Done)
}

pub(crate) fn show(args: &TemplateShowArgs, _talk: &Talk) -> anyhow::Result<Outcome> {
    let template = match &args.name {
        None => case::load_template(&args.path)?,
        Some(name) => {
            let templates = Case::open(&args.path)?.templates()?;
            let found = templates.into_iter().find(|template| template.file().name == *name);
            found.ok_or_else(|| {
                Mistake::new(
                    format!("the case has no template called {name}"),
                    "`crossroll template list CASE` names them",
                )
            })?
        }
    };
    let mut out = Sink::open(None)?;
    write!(out, "{}", template.to_text()?)?;
    out.finish()?;
    Ok(Outcome::Done)
}

pub(crate) fn unknown(args: &UnknownArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let layouts = match Case::open(&args.path) {
        Ok(case) => case.unknown_layouts(talk.progress())?,
        Err(_) => unknown_of_files(args, talk)?,
    };
    let mut out = Sink::open(None)?;
    for layout in &layouts {
        if args.json {
            let line = json!({
                "version": 1, "example": layout.example, "pages": layout.pages,
                "labels": layout.labels, "paths": layout.paths,
            });
            json_line(&mut out, &line)?;
        } else {
            let labels: Vec<&str> =
                layout.labels.iter().take(LABELS_SHOWN).map(String::as_str).collect();
            writeln!(out, "{}\t{}\t{} …", layout.pages, layout.example, labels.join(" | "))?;
        }
    }
    out.finish()?;
    hint_unknown(&layouts, talk);
    Ok(Outcome::Done)
}

fn unknown_of_files(args: &UnknownArgs, talk: &Talk) -> anyhow::Result<Vec<UnknownLayout>> {
    let templates = args.template.iter().map(|path| case::load_template(path));
    let templates = templates.collect::<Result<Vec<Template>, CaseError>>()?;
    let summary = case::read_path(
        &args.path,
        &super::readers(talk)?,
        templates,
        talk.progress(),
        |_| -> Result<(), CaseError> { Ok(()) },
        |_| Ok(()),
    )?;
    Ok(summary.unknown)
}

/// Says that pages share a layout that nothing tells, and how to teach it.
pub(crate) fn hint_unknown(layouts: &[UnknownLayout], talk: &Talk) {
    let Some(largest) = layouts.first() else { return };
    let more = match layouts.len() {
        1 => String::new(),
        n => format!(", and there are {} more such layouts", n - 1),
    };
    talk.hint(&format!(
        "{} pages share a layout that no template knows{more}; teach it: \
         crossroll template learn {:?} --mark KEY=TEXT …",
        largest.pages, largest.example
    ));
}

fn describe(template: &Template) -> String {
    let file = template.file();
    let with_key = file.labels.iter().filter(|label| label.key.is_some()).count();
    let answers = serde_json::to_value(file.answers).unwrap_or_default();
    let elsewhere = match file.labels.iter().filter(|label| label.answers.is_some()).count() {
        0 => String::new(),
        n => format!(", {n} elsewhere"),
    };
    format!(
        "{}: {} labels, {with_key} of them with a key; answers stand {}{elsewhere}; {}",
        file.name,
        file.labels.len(),
        answers.as_str().unwrap_or_default(),
        file.origin
    )
}

fn name_of(example: &Path) -> String {
    let stem = example.file_stem().unwrap_or_default().to_string_lossy();
    let sound = |c: char| if c.is_alphanumeric() || "-_".contains(c) { c } else { '-' };
    stem.chars().map(sound).collect()
}

fn read_marks(path: &Path) -> anyhow::Result<Vec<Mark>> {
    let broken = |message: String| {
        let hint = "the file is CSV with a header: key,text or key,place";
        Mistake::new(format!("{}: {message}", path.display()), hint)
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .map_err(|e| broken(e.to_string()))?;
    let mut marks = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| broken(e.to_string()))?;
        let (key, text) = (row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default());
        marks.push(mark(key, text).map_err(broken)?);
    }
    Ok(marks)
}
