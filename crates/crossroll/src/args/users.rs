//! Arguments of `users` and `audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct UsersArgs {
    #[command(subcommand)]
    pub(crate) command: UsersCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UsersCommand {
    /// Add an account and print the link that sets its password.
    Add(UsersAddArgs),
    /// Print the accounts with their cases.
    List(UsersListArgs),
    /// Take password, codes, sessions and tokens from an account, and print a link to begin anew.
    Reset(UserArgs),
    /// Shut an account: nobody comes in with it any more.
    Disable(UserArgs),
    /// Open a shut account again.
    Enable(UserArgs),
    /// Put an account into a case, or out of it.
    Member(UsersMemberArgs),
}

#[derive(Debug, Args)]
pub(crate) struct UserArgs {
    /// The folder of cases.
    pub(crate) folder: PathBuf,
    /// The account.
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct UsersAddArgs {
    /// The folder of cases.
    pub(crate) folder: PathBuf,
    /// The account.
    pub(crate) name: String,
    /// It manages accounts, and sees no case unless it is a member.
    #[arg(long)]
    pub(crate) admin: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UsersListArgs {
    /// The folder of cases.
    pub(crate) folder: PathBuf,
    /// JSON lines instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UsersMemberArgs {
    /// The folder of cases.
    pub(crate) folder: PathBuf,
    /// The case: the name of its folder.
    pub(crate) case: String,
    /// The account.
    pub(crate) name: String,
    /// `reader`, `analyst`, `reviewer`, `lead`, or `none` to put it out.
    pub(crate) role: String,
}

#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    #[command(subcommand)]
    pub(crate) command: AuditCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Find entries that were removed, moved or changed.
    Verify(AuditVerifyArgs),
    /// Print the log.
    Show(AuditShowArgs),
}

#[derive(Debug, Args)]
pub(crate) struct AuditVerifyArgs {
    /// The case folder, or the folder of cases for its own log.
    pub(crate) case: PathBuf,
    /// Where the log ended once, `COUNT:HASH` as `verify` printed it and you noted it elsewhere.
    #[arg(long, value_name = "COUNT:HASH", value_parser = parse_head)]
    pub(crate) head: Option<case::AuditHead>,
    /// JSON lines instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AuditShowArgs {
    /// The case folder, or the folder of cases for its own log.
    pub(crate) case: PathBuf,
    /// JSON lines instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

fn parse_head(text: &str) -> Result<case::AuditHead, String> {
    case::parse_head(text).ok_or_else(|| "COUNT:HASH as `audit verify` prints it".to_owned())
}
