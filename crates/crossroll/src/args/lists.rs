//! Arguments of `crossroll lists`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CaseJsonArgs, parse_map};

#[derive(Debug, Args)]
pub(crate) struct ListsArgs {
    #[command(subcommand)]
    pub(crate) command: ListsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ListsCommand {
    /// Load a list: a file, an archive, or a folder of files that belong together.
    Add(ListsAddArgs),
    /// Print the loaded lists with date, hash and counts.
    Show(CaseJsonArgs),
    /// Print every version of every list that was loaded, and how much each changed.
    Versions(CaseJsonArgs),
    /// Print what changed between two versions of a list; without numbers, what the last one changed.
    Diff(ListsDiffArgs),
    /// Download the official file of a list, over the network. Nothing else in this program calls out.
    Fetch(ListsFetchArgs),
    /// Print which lists can be fetched, and from where.
    Sources(ListsSourcesArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ListsAddArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// The list.
    pub(crate) path: PathBuf,
    /// What to call it; the stem of the file unless given. For a list of the same name it is the new
    /// version.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// For an own CSV: which property a column holds, for example `--map "Nom complet=name"`.
    #[arg(long, value_name = "COLUMN=PROPERTY", value_parser = parse_map)]
    pub(crate) map: Vec<(String, String)>,
    /// Read it anew even if this version is loaded already.
    #[arg(long)]
    pub(crate) again: bool,
    /// Print the summary as JSON on stdout.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListsDiffArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// The name of the list.
    pub(crate) list: String,
    /// Number of the version to start from; else the one before the other.
    #[arg(long, value_name = "N")]
    pub(crate) from: Option<u64>,
    /// Number of the version to end at; else the last.
    #[arg(long, value_name = "N")]
    pub(crate) to: Option<u64>,
    /// JSON lines, an entity each; the last has the counts.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListsFetchArgs {
    /// The name of the list; `crossroll lists sources` tells which there are.
    pub(crate) name: String,
    /// Load it into this case.
    #[arg(long, value_name = "CASE", conflicts_with = "out")]
    pub(crate) case: Option<PathBuf>,
    /// Put the file into this folder; the current one unless given.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    /// More sources, or other addresses for those that are known.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Go through this proxy, `http://HOST:PORT`; else through that of the environment
    /// (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`).
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// The SHA-256 that the file must have; else nothing is kept.
    #[arg(long, value_name = "HEX", value_parser = parse_sha256)]
    pub(crate) sha256: Option<String>,
    /// Print the summary as JSON on stdout.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListsSourcesArgs {
    /// A case, for its own `lists.toml`.
    #[arg(long, value_name = "CASE")]
    pub(crate) case: Option<PathBuf>,
    /// More sources.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// JSON lines.
    #[arg(long)]
    pub(crate) json: bool,
}

fn parse_sha256(text: &str) -> Result<String, String> {
    if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("64 hexadecimal digits are expected".to_owned())
    }
}
