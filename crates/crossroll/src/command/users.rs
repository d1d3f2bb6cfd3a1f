//! `crossroll users …`: the accounts of a desk, for whoever has its folder.

use std::io::Write as _;

use case::{Desk, Secret};
use model::Role;
use serde_json::json;

use crate::args::users::{UserArgs, UsersAddArgs, UsersCommand, UsersListArgs, UsersMemberArgs};
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(command: &UsersCommand, talk: &Talk) -> anyhow::Result<Outcome> {
    match command {
        UsersCommand::Add(args) => add(args, talk),
        UsersCommand::List(args) => list(args),
        UsersCommand::Reset(args) => reset(args, talk),
        UsersCommand::Disable(args) => shut(args, true, talk),
        UsersCommand::Enable(args) => shut(args, false, talk),
        UsersCommand::Member(args) => member(args, talk),
    }
}

fn add(args: &UsersAddArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut desk = Desk::open(&args.folder)?;
    let account = desk.add_account(&args.name, args.admin, &super::user())?;
    let secret = desk.link(&account)?;
    talk.say(&format!("added {}", account.name));
    tell_link(&secret, talk)?;
    if !args.admin {
        talk.hint("`crossroll users member FOLDER CASE NAME ROLE` puts it into a case");
    }
    Ok(Outcome::Done)
}

fn reset(args: &UserArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let secret = Desk::open(&args.folder)?.reset(&args.name, &super::user())?;
    talk.say(&format!("{} can sign in again once this link was used", args.name));
    tell_link(&secret, talk)?;
    Ok(Outcome::Done)
}

/// The link is data: it is what the command was given for.
fn tell_link(secret: &Secret, talk: &Talk) -> anyhow::Result<()> {
    let mut out = Sink::open(None)?;
    writeln!(out, "/welcome?code={}", secret.as_str())?;
    out.finish()?;
    talk.hint("put the address of the server before it; it sets a password once, within a day");
    Ok(())
}

fn list(args: &UsersListArgs) -> anyhow::Result<Outcome> {
    let desk = Desk::open(&args.folder)?;
    let mut out = Sink::open(None)?;
    for account in desk.accounts.accounts().map_err(case::CaseError::from)? {
        let cases = desk.accounts.cases_of(account.id).map_err(case::CaseError::from)?;
        if args.json {
            let cases: serde_json::Map<_, _> =
                cases.into_iter().map(|(case, role)| (case, json!(role.as_str()))).collect();
            json_line(
                &mut out,
                &json!({
                    "name": account.name, "is_admin": account.is_admin,
                    "is_disabled": account.is_disabled, "has_password": account.has_password,
                    "has_codes": account.has_totp, "cases": cases,
                }),
            )?;
            continue;
        }
        let mut words = Vec::new();
        words.extend(account.is_admin.then_some("admin"));
        words.extend(account.is_disabled.then_some("shut"));
        words.extend((!account.has_password).then_some("no password yet"));
        words.extend(account.has_totp.then_some("codes"));
        let cases: Vec<String> = cases.iter().map(|(c, role)| format!("{c} ({role})")).collect();
        writeln!(out, "{}\t{}\t{}", account.name, words.join(", "), cases.join(", "))?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn shut(args: &UserArgs, shut: bool, talk: &Talk) -> anyhow::Result<Outcome> {
    Desk::open(&args.folder)?.set_disabled(&args.name, shut, &super::user())?;
    talk.say(&format!("{} is {}", args.name, if shut { "shut" } else { "open again" }));
    Ok(Outcome::Done)
}

fn member(args: &UsersMemberArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let role = match args.role.as_str() {
        "none" => None,
        word => Some(Role::parse(word).filter(|role| *role != Role::Admin).ok_or_else(|| {
            Mistake::new(
                format!("{word} is no role in a case"),
                "roles are reader, analyst, reviewer, lead; none puts the account out",
            )
        })?),
    };
    Desk::open(&args.folder)?.set_member(&args.case, &args.name, role, &super::user())?;
    let told = role.map_or("in it no more".to_owned(), |role| format!("a {role} in it"));
    talk.say(&format!("{}: {} is {told}", args.case, args.name));
    Ok(Outcome::Done)
}
