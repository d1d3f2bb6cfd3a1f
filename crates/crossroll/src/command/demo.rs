//! `crossroll demo [FOLDER]`: a fictional cache and list through all of it.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use case::{Acquisition, AddOptions, Case, ListOptions};
use server::Subject;

use crate::args::DemoArgs;
use crate::command::lists::describe;
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk};
use crate::report;

/// The fictional cache and list, made by `cargo xtask make-demo`. Nobody in it exists.
const DEMO: &[u8] = include_bytes!("../../../../corpus/demo/demo.zip");

pub(crate) fn run(args: &DemoArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let folder = &args.folder;
    let taken = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(Mistake::new(
            format!("{} is not empty", folder.display()),
            "name another folder, or delete this one",
        )
        .into());
    }
    unpack(folder)?;
    talk.say(&format!("made a fictional cache and list in {}", folder.display()));
    let mut case = Case::create(&folder.join("case"))?.with_readers(super::readers(talk)?);
    let options = AddOptions {
        acquisition: Acquisition {
            by: Some("a sample analyst".to_owned()),
            from: Some("nobody: all of it is made up".to_owned()),
            ..Acquisition::default()
        },
        ..AddOptions::default()
    };
    let added = case.add(&folder.join("cache"), &options, talk.progress())?;
    talk.say(&added.accounting.to_string());
    let list = folder.join("watchlist.csv");
    let list = case.add_list(&list, &ListOptions::default(), talk.progress())?;
    talk.say(&describe(&list));
    case.run(false, talk.progress())?;
    let leads = case.leads()?;
    let mut out = Sink::open(None)?;
    report::write_table(&mut out, &leads)?;
    out.finish()?;
    let page = folder.join("leads.html");
    let mut file = Sink::open(Some(&page))?;
    let mut report = case.report()?;
    report.leave_sensitive_out();
    file.write_all(server::page::render_report(&report).as_bytes())?;
    file.finish()?;
    talk.say(&format!("wrote {}", page.display()));
    if args.no_serve {
        return Ok(Outcome::Done);
    }
    let subject = Subject::Case { case: Box::new(case), user: super::user() };
    super::serve::serve(subject, &super::serve::on_this_machine(args.listen), talk)
}

fn unpack(folder: &Path) -> anyhow::Result<()> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(DEMO))
        .context("the demo inside the program is damaged")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot write {}", folder.display()))?;
    archive.extract(folder).with_context(|| format!("cannot write {}", folder.display()))
}
