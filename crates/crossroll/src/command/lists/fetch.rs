//! `crossroll lists fetch NAME` and `crossroll lists sources`: the only commands that call out.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use case::ListOptions;
use serde_json::json;

use crate::args::lists::{ListsFetchArgs, ListsSourcesArgs};
use crate::exit::{Mistake, Outcome};
use crate::fetch::{Config, Download, Fetched, Source, download};
use crate::output::{Sink, Talk, json_line};

/// The user's own sources, in the case folder.
const CONFIG: &str = "lists.toml";

/// Where downloads for a case are while they come.
const FOLDER: &str = "fetch";

pub(crate) fn sources(args: &ListsSourcesArgs, _talk: &Talk) -> anyhow::Result<Outcome> {
    let own = args.case.as_ref().map(|case| case.join(CONFIG));
    let config = Config::read(own.as_deref(), args.config.as_deref())?;
    let mut out = Sink::open(None)?;
    for (name, source) in &config.sources {
        if args.json {
            let line = json!({"name": name, "title": source.title, "url": source.url});
            json_line(&mut out, &line)?;
        } else {
            writeln!(out, "{name}\t{}\t{}", source.title, source.url)?;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

pub(crate) fn fetch(args: &ListsFetchArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let own = args.case.as_ref().map(|case| case.join(CONFIG));
    let config = Config::read(own.as_deref(), args.config.as_deref())?;
    let source = config.source(&args.name)?;
    // That the case is one is seen before anything is asked of a server.
    let case = args.case.as_deref().map(|case| crate::command::open(case, talk)).transpose()?;
    let folder = match (&args.case, &args.out) {
        (Some(case), _) => case.join(FOLDER).join(plain(&args.name)),
        (None, Some(folder)) => folder.clone(),
        (None, None) => PathBuf::from("."),
    };
    fs::create_dir_all(&folder).map_err(|e| cannot_write(&folder, &e))?;
    let target = folder.join(&source.file);
    talk.say(&format!("downloading {}", source.url));
    let asked = Download {
        url: &source.url,
        target: &target,
        proxy: args.proxy.as_deref(),
        sha256: args.sha256.as_deref(),
        limits: config.limits,
    };
    let fetched = download(&asked, talk.progress())?;
    tell(&fetched, talk);
    let Some(mut case) = case else {
        return write(args, source, &fetched, Some(&target));
    };
    let options = ListOptions { name: Some(args.name.clone()), ..ListOptions::default() };
    let summary = case.add_list(&target, &options, talk.progress())?;
    // The case has the bytes now.
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    super::tell_problems(&summary, talk);
    super::tell_version(&summary, talk);
    talk.say(&super::describe(&summary));
    write(args, source, &fetched, None)?;
    Ok(Outcome::of_problems(summary.problems.len() as u64))
}

/// A name of a list as the name of a folder.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

fn cannot_write(folder: &Path, error: &std::io::Error) -> Mistake {
    Mistake::new(format!("cannot write {}: {error}", folder.display()), "choose another `--out`")
}

fn tell(fetched: &Fetched, talk: &Talk) {
    if fetched.resumed_at > 0 {
        talk.say(&format!("went on after {} bytes of an earlier try", fetched.resumed_at));
    }
    talk.say(&format!(
        "{} bytes, last changed {}",
        fetched.bytes,
        fetched.last_modified.as_deref().unwrap_or("at a time that the server does not tell")
    ));
}

/// The line for programs: where the file is, and its hash.
fn write(
    args: &ListsFetchArgs,
    source: &Source,
    fetched: &Fetched,
    file: Option<&Path>,
) -> anyhow::Result<Outcome> {
    let mut out = Sink::open(None)?;
    if args.json {
        let line = json!({
            "version": 1, "name": args.name, "title": source.title, "url": fetched.url,
            "bytes": fetched.bytes, "resumed_at": fetched.resumed_at, "sha256": fetched.sha256,
            "last_modified": fetched.last_modified, "file": file,
        });
        json_line(&mut out, &line)?;
    } else {
        let file = file.map_or_else(String::new, |file| format!("{}\t", file.display()));
        writeln!(out, "{file}SHA-256 {}", fetched.sha256)?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}
