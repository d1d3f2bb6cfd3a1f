//! Arguments of `protect`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct ProtectArgs {
    #[command(subcommand)]
    pub(crate) command: ProtectCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProtectCommand {
    /// Print purpose, retention, categories, minors, restrictions and tombstones.
    Show(ProtectShowArgs),
    /// Say why the case is kept, and until when.
    Set(ProtectSetArgs),
    /// Hide a record, lead or document from all but the case lead.
    Restrict(ProtectRestrictArgs),
    /// Say what somebody is to the case: suspect, victim, minor, kin, contact, guarantor.
    Category(ProtectCategoryArgs),
    /// Erase a record, or all of a lead; a tombstone stays.
    Erase(ProtectEraseArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ProtectShowArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// One JSON object instead of lines.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ProtectSetArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// What the case is for.
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: Option<String>,
    /// The law that allows it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) legal_basis: Option<String>,
    /// The last day that it may be kept, for example 2027-12-31.
    #[arg(long, value_name = "DAY")]
    pub(crate) retain_until: Option<String>,
}

/// What is meant: a record, unless said otherwise.
#[derive(Debug, Args)]
pub(crate) struct SubjectArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// Id of the record.
    pub(crate) id: String,
    /// The id is that of a lead.
    #[arg(long, conflicts_with = "document")]
    pub(crate) lead: bool,
    /// The id is the SHA-256 of a document.
    #[arg(long)]
    pub(crate) document: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ProtectRestrictArgs {
    #[command(flatten)]
    pub(crate) subject: SubjectArgs,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Show it to all again.
    #[arg(long)]
    pub(crate) lift: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ProtectCategoryArgs {
    #[command(flatten)]
    pub(crate) subject: SubjectArgs,
    /// The category.
    pub(crate) category: String,
    /// They are not that.
    #[arg(long)]
    pub(crate) remove: bool,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ProtectEraseArgs {
    #[command(flatten)]
    pub(crate) subject: SubjectArgs,
    /// Why; it stays, so it must not name whom it is about.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Delete the bytes of the document too, if no other record stands on it.
    #[arg(long)]
    pub(crate) with_document: bool,
}
