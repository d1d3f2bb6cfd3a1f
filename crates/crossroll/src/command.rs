//! One module a command: takes its arguments, calls `case` or a step, writes the answer.

pub(crate) mod add;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod demo;
pub(crate) mod documents;
pub(crate) mod eval;
pub(crate) mod leads;
pub(crate) mod link;
pub(crate) mod lists;
pub(crate) mod names;
pub(crate) mod new;
pub(crate) mod protect;
pub(crate) mod read;
pub(crate) mod repair;
pub(crate) mod run;
pub(crate) mod screen;
pub(crate) mod serve;
pub(crate) mod template;
pub(crate) mod users;
pub(crate) mod verify;

use std::path::Path;

use case::{Case, Readers};
use model::AuditAction;

use crate::output::Talk;

/// Who reads foreign bytes: processes of this program. What the system cannot keep them from is
/// told.
pub(crate) fn readers(talk: &Talk) -> anyhow::Result<Readers> {
    #[cfg(target_os = "linux")]
    let readers = Readers::processes(std::env::current_exe()?);
    #[cfg(not(target_os = "linux"))]
    let readers = Readers::here();
    for lack in readers.unprotected()? {
        talk.warn(&format!("this system does not isolate the readers of files fully: {lack}"));
    }
    Ok(readers)
}

/// Who sits here, for journal and log: the system's user.
pub(crate) fn user() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.trim().is_empty()));
    named.unwrap_or_else(|| "analyst".to_owned())
}

/// Opens a case that is about to be changed, and tells its log first by what command.
pub(crate) fn open_case_to_change(
    folder: &Path,
    command: &str,
    talk: &Talk,
) -> anyhow::Result<Case> {
    let case = open_case(folder, talk)?;
    case.tell(&user(), AuditAction::Edit, vec![command.to_owned()], None)?;
    if case.restrictions()?.is_past {
        talk.warn("the case is kept longer than it may be; see `crossroll protect show CASE`");
    }
    Ok(case)
}

/// Opens a case, and tells if it had an earlier layout.
pub(crate) fn open(folder: &Path, talk: &Talk) -> anyhow::Result<Case> {
    let case = Case::open(folder)?;
    if let Some(kept) = case.upgraded_from() {
        talk.say(&format!(
            "the case was brought to the layout of this release; its database as it was is kept in \
             {}",
            kept.display()
        ));
        talk.hint("delete that file when you are sure not to need an earlier release");
    }
    Ok(case)
}

/// Opens a case of which files are to be read.
pub(crate) fn open_case(folder: &Path, talk: &Talk) -> anyhow::Result<Case> {
    Ok(open(folder, talk)?.with_readers(readers(talk)?))
}
