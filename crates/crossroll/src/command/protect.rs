//! `crossroll protect show|set|restrict|category|erase`

use std::io::Write as _;

use case::{Actor, Case, Purpose};
use model::{AuditAction, Subject};
use serde_json::json;

use crate::args::protect::{
    ProtectCategoryArgs, ProtectCommand, ProtectEraseArgs, ProtectRestrictArgs, ProtectSetArgs,
    ProtectShowArgs, SubjectArgs,
};
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(command: &ProtectCommand, talk: &Talk) -> anyhow::Result<Outcome> {
    match command {
        ProtectCommand::Show(args) => show(args, talk),
        ProtectCommand::Set(args) => set(args, talk),
        ProtectCommand::Restrict(args) => restrict(args, talk),
        ProtectCommand::Category(args) => categorise(args, talk),
        ProtectCommand::Erase(args) => erase(args, talk),
    }
}

fn actor() -> Actor {
    Actor::lead(super::user())
}

/// Opens the case and tells its log what is about to be done, by ids alone.
fn open(args: &SubjectArgs, action: AuditAction) -> anyhow::Result<(Case, Subject)> {
    let case = Case::open(&args.case)?;
    let id = args.id.as_str();
    let (subject, named) = if args.lead {
        (Subject::Lead(id.into()), format!("leads/{id}"))
    } else if args.document {
        (Subject::Document(id.into()), format!("documents/{id}"))
    } else {
        (Subject::Entity(id.into()), format!("records/{id}"))
    };
    case.tell(&super::user(), action, vec![named], None)?;
    Ok((case, subject))
}

fn show(args: &ProtectShowArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = Case::open(&args.case)?;
    case.tell(&super::user(), AuditAction::View, vec!["protection".to_owned()], None)?;
    let found = case.protection()?;
    let mut out = Sink::open(None)?;
    let purpose = &found.purpose;
    if args.json {
        let categories: Vec<_> = found
            .categories
            .iter()
            .map(|(subject, all)| json!({"subject": subject, "categories": all}))
            .collect();
        json_line(
            &mut out,
            &json!({
                "version": 1, "purpose": purpose.purpose, "legal_basis": purpose.legal_basis,
                "retain_until": purpose.retain_until, "is_past": found.is_past,
                "minors": found.minors, "categories": categories,
                "restricted": found.restricted, "erased": found.erased,
            }),
        )?;
    } else {
        for (what, said) in [
            ("purpose", &purpose.purpose),
            ("legal basis", &purpose.legal_basis),
            ("keep until", &purpose.retain_until),
        ] {
            writeln!(out, "{what}\t{}", said.as_deref().unwrap_or("not stated"))?;
        }
        for id in &found.minors {
            writeln!(out, "may be a minor\t{id}")?;
        }
        for (subject, all) in &found.categories {
            for category in all {
                writeln!(out, "{category}\t{}", named(subject))?;
            }
        }
        for subject in &found.restricted {
            writeln!(out, "restricted\t{}", named(subject))?;
        }
        for (record, hash) in &found.erased {
            writeln!(out, "erased\t{record}\t{hash}")?;
        }
    }
    out.finish()?;
    if found.is_past {
        talk.warn("the case is kept longer than it may be");
    }
    Ok(Outcome::Done)
}

fn named(subject: &Subject) -> String {
    match subject {
        Subject::Lead(id) => format!("lead {id}"),
        Subject::Entity(id) => format!("record {id}"),
        Subject::Document(id) => format!("document {id}"),
        Subject::Dataset(name) => format!("dataset {name}"),
    }
}

fn set(args: &ProtectSetArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut case = super::open_case_to_change(&args.case, "protection", talk)?;
    case.set_purpose(&Purpose {
        purpose: args.purpose.clone(),
        legal_basis: args.legal_basis.clone(),
        retain_until: args.retain_until.clone(),
    })?;
    case.close()?;
    Ok(Outcome::Done)
}

fn restrict(args: &ProtectRestrictArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let (mut case, subject) = open(&args.subject, AuditAction::Edit)?;
    case.restrict(subject, !args.lift, &actor(), &args.reason)?;
    case.close()?;
    talk.say(if args.lift { "shown to all again" } else { "hidden from all but the case lead" });
    Ok(Outcome::Done)
}

fn categorise(args: &ProtectCategoryArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let (mut case, subject) = open(&args.subject, AuditAction::Edit)?;
    let reason = args.reason.as_deref();
    case.categorise(subject, &args.category, !args.remove, &actor(), reason)?;
    case.close()?;
    talk.say(&format!("{}: {}", args.category, if args.remove { "no" } else { "yes" }));
    Ok(Outcome::Done)
}

fn erase(args: &ProtectEraseArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    if args.reason.trim().is_empty() {
        let hint = "say on what ground, without naming whom";
        return Err(Mistake::new("erasing needs a reason", hint).into());
    }
    let (mut case, subject) = open(&args.subject, AuditAction::Erase)?;
    let erased = case.erase(&subject, args.with_document, &actor(), &args.reason)?;
    case.run(false, talk.progress())?;
    let mut out = Sink::open(None)?;
    for one in &erased {
        writeln!(out, "{}\t{} statements", one.hash, one.statements)?;
        if one.others > 0 {
            talk.warn(&format!(
                "the document stays: {} other records stand on it, and its bytes still name this one",
                one.others
            ));
        } else if !one.is_document_gone {
            talk.warn("the bytes of the document stay, and still name whom was erased");
            talk.hint("`--with-document` deletes them too");
        }
        for container in &one.containers {
            talk.warn(&format!("{container} holds the document as well, and stays"));
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}
