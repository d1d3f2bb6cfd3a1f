//! Arguments of the commands that care for a case as a whole.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// The folder of the backup; it must be empty or not there, or see `--incremental`.
    pub(crate) target: PathBuf,
    /// Add to an earlier backup of this case what is new since.
    #[arg(long)]
    pub(crate) incremental: bool,
    /// Link contents instead of copying them, where case and backup are on one disk. A linked content
    /// is the same on the disk: what damages one damages both.
    #[arg(long)]
    pub(crate) link: bool,
    /// Print the summary as JSON on stdout.
    #[arg(long)]
    pub(crate) json: bool,
}
