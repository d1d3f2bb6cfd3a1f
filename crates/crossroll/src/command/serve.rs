//! `crossroll serve [CASE] [--list [NAME=]FILE...]`

use std::net::SocketAddr;
use std::path::PathBuf;

use case::{Catalog, ListSource, progress};
use server::{ServeError, ServedLists, Subject};

use crate::args::ServeArgs;
use crate::command::lists::{describe, tell_problems};
use crate::exit::{Mistake, Outcome};
use crate::output::Talk;

pub(crate) fn run(args: &ServeArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let subject = match &args.case {
        Some(_) if !args.list.is_empty() => {
            return Err(Mistake::new(
                "a case and lists cannot be served together",
                "load the lists into the case with `crossroll lists add CASE PATH`",
            )
            .into());
        }
        Some(case) => Subject::Case(Box::new(super::open_case(case, talk)?)),
        None => Subject::Lists(Box::new(open_lists(&args.list, talk)?)),
    };
    serve(subject, args.listen, talk)
}

/// Serves until Ctrl-C and tells where.
pub(crate) fn serve(subject: Subject, address: SocketAddr, talk: &Talk) -> anyhow::Result<Outcome> {
    let served = server::serve(subject, address, |address| {
        talk.say(&format!("serving on http://{address}/ (Ctrl-C ends it)"));
    });
    match served {
        Ok(()) => Ok(Outcome::Done),
        Err(error @ ServeError::Listen { .. }) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let message = format!("{error}: {}", cause.unwrap_or_default());
            Err(Mistake::new(message, "choose another port with `--listen 127.0.0.1:0`").into())
        }
        Err(error @ ServeError::NotLoopback { .. }) => Err(Mistake::new(
            error.to_string(),
            "listen on 127.0.0.1 and let people in through an SSH tunnel",
        )
        .into()),
        Err(error) => Err(error.into()),
    }
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
