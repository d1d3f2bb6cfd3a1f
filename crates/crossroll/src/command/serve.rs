//! `crossroll serve [CASE] [--cases FOLDER] [--list [NAME=]FILE...]`

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use case::{Case, Catalog, Desk, ListSource, PROGRAM, progress};
use server::{Listening, Ready, ServeError, ServedLists, Subject};

use crate::args::ServeArgs;
use crate::command::lists::{describe, tell_problems};
use crate::exit::{Mistake, Outcome};
use crate::output::Talk;

pub(crate) fn run(args: &ServeArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let subject = match (&args.case, &args.cases) {
        (Some(_), _) if !args.list.is_empty() => {
            return Err(Mistake::new(
                "a case and lists cannot be served together",
                "load the lists into the case with `crossroll lists add CASE PATH`",
            )
            .into());
        }
        // The journal would take the analyst for the program.
        (Some(_), _) if args.user.as_ref().is_some_and(|u| u.eq_ignore_ascii_case(PROGRAM)) => {
            return Err(Mistake::new(
                format!("nobody can be called {PROGRAM}: the journal calls the program so"),
                "give another name with `--user NAME`",
            )
            .into());
        }
        (Some(case), _) => Subject::Case {
            case: Box::new(super::open_case(case, talk)?),
            user: args.user.clone().unwrap_or_else(super::user),
        },
        (None, Some(folder)) => open_desk(folder, talk)?,
        (None, None) => Subject::Lists(Box::new(open_lists(&args.list, talk)?)),
    };
    let listening = Listening {
        address: args.listen,
        tls: args.tls_cert.clone().zip(args.tls_key.clone()),
        is_plain_allowed: args.insecure_no_tls,
        needs_codes: args.require_codes,
        hosts: args.host.clone(),
    };
    serve(subject, &listening, talk)
}

/// Listening on this machine only.
pub(crate) fn on_this_machine(address: SocketAddr) -> Listening {
    Listening { address, tls: None, is_plain_allowed: false, needs_codes: false, hosts: Vec::new() }
}

/// Serves until Ctrl-C and tells where.
pub(crate) fn serve(
    subject: Subject,
    listening: &Listening,
    talk: &Talk,
) -> anyhow::Result<Outcome> {
    match server::serve(subject, listening, |ready| tell(&ready, talk)) {
        Ok(()) => Ok(Outcome::Done),
        Err(error @ ServeError::Listen { .. }) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let message = format!("{error}: {}", cause.unwrap_or_default());
            Err(Mistake::new(message, "choose another port with `--listen 127.0.0.1:0`").into())
        }
        Err(error @ ServeError::NotLoopback { .. }) => Err(Mistake::new(
            error.to_string(),
            "serve a folder of cases with accounts (`--cases FOLDER`), or listen on 127.0.0.1 and \
             let people in through an SSH tunnel",
        )
        .into()),
        Err(error @ ServeError::NoTls { .. }) => Err(Mistake::new(
            error.to_string(),
            "give `--tls-cert FILE --tls-key FILE`; `--insecure-no-tls` only where something in \
             front speaks TLS",
        )
        .into()),
        Err(error @ ServeError::Tls { .. }) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let message = format!("{error}: {}", cause.unwrap_or_default());
            Err(Mistake::new(message, "certificate chain and private key are PEM files").into())
        }
        Err(ServeError::Case(error)) => Err(error.into()),
        Err(error) => Err(error.into()),
    }
}

fn tell(ready: &Ready, talk: &Talk) {
    let Ready { address, scheme, token, first } = ready;
    let query = token.as_ref().map_or(String::new(), |token| format!("?token={token}"));
    talk.say(&format!("serving on {scheme}://{address}/{query} (Ctrl-C ends it)"));
    if let Some((name, link)) = first {
        talk.say(&format!(
            "nobody manages the accounts yet: set the password of `{name}` at \
             {scheme}://{address}{link} (once, within a day)"
        ));
    }
}

fn open_desk(folder: &Path, talk: &Talk) -> anyhow::Result<Subject> {
    let desk = Desk::open(folder)?;
    let mut cases: Vec<Case> = Vec::new();
    for (name, folder) in desk.cases()? {
        match super::open_case(&folder, talk) {
            Ok(case) => cases.push(case),
            // One that is damaged keeps nobody from the others.
            Err(error) => talk.warn(&format!("the case {name} cannot be opened: {error:#}")),
        }
    }
    talk.say(&format!("{} cases in {}", cases.len(), folder.display()));
    Ok(Subject::Desk { desk: Box::new(desk), cases })
}

/// Where the token stands that lets a client have the lists loaded again: a word on the command line would
/// be seen by everybody on the machine. yente's own name, so that its deployments go on working.
const UPDATE_TOKEN: &str = "YENTE_UPDATE_TOKEN";

fn open_lists(lists: &[String], talk: &Talk) -> anyhow::Result<ServedLists> {
    let sources: Vec<ListSource> = lists.iter().map(|text| split(text)).collect();
    let catalog = Catalog::open(&sources, talk.progress())?;
    for problem in &catalog.problems {
        talk.say(&format!("{}: {}", problem.path, problem.message));
    }
    for summary in &catalog.session().lists {
        tell_problems(summary, talk);
        talk.say(&describe(summary));
    }
    let reload = Box::new(move || Catalog::open(&sources, &progress::Silent));
    Ok(ServedLists { catalog, reload, update_token: std::env::var(UPDATE_TOKEN).ok() })
}

/// `NAME=FILE`, unless a file of that whole name is there.
fn split(text: &str) -> ListSource {
    let whole = PathBuf::from(text);
    match text.split_once('=') {
        Some((name, path)) if !whole.exists() && !name.is_empty() => {
            ListSource { name: Some(name.to_owned()), path: PathBuf::from(path) }
        }
        _ => ListSource { name: None, path: whole },
    }
}
