//! `crossroll new CASE`

use case::Case;
use model::AuditAction;

use crate::args::CaseArgs;
use crate::exit::Outcome;
use crate::output::Talk;

pub(crate) fn run(args: &CaseArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = Case::create(&args.case)?;
    case.tell(&super::user(), AuditAction::Edit, vec!["new".to_owned()], None)?;
    talk.say(&format!("made the case {}", case.folder().display()));
    talk.hint("next: `crossroll add CASE PATH` and `crossroll lists add CASE LIST`");
    Ok(Outcome::Done)
}
