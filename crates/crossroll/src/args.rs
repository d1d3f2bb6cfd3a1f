//! The command line in one place: help, man page and completions come from here.

pub(crate) mod care;
pub(crate) mod lists;
pub(crate) mod protect;
pub(crate) mod template;
pub(crate) mod users;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Who are these people, who of them is already on a list, and how sure are we?
///
/// Reads boxes of registration forms, makes people out of forms, and screens them against every
/// loaded watchlist, offline, with the evidence for every value. It proposes; a person decides.
#[derive(Debug, Parser)]
#[command(name = "crossroll", version, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 done, 1 your mistake, 2 our fault or the machine's, \
                        3 done with problems recorded.")]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Show no progress bars.
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,
    /// Say nothing but warnings and errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a case: one folder that holds everything.
    New(CaseArgs),
    /// Add files, folders or archives to a case; the source is only read.
    Add(AddArgs),
    /// Load watchlists into a case.
    Lists(lists::ListsArgs),
    /// Bring the leads of a case up to date.
    Run(RunArgs),
    /// Print the leads of a case.
    Leads(LeadsArgs),
    /// Print what became of every file of a case.
    Documents(DocumentsArgs),
    /// Check that nothing in a case has changed since it was sealed.
    Verify(CaseJsonArgs),
    /// Copy a case to another folder, while others may work on it.
    Backup(care::BackupArgs),
    /// Make a damaged case whole as far as it can be, and tell what is lost.
    Repair(CaseJsonArgs),
    /// Read forms from files without a case.
    Read(ReadArgs),
    /// Teach a layout of forms from an example, and find the pages that lack one.
    Template(template::TemplateArgs),
    /// Screen names against lists, or against those of a case.
    Screen(ScreenArgs),
    /// Find the records of one person in one table or two.
    Link(LinkArgs),
    /// Measure the shipped model on labelled data; without arguments on the built-in set.
    Eval(EvalArgs),
    /// Compare names.
    Names(NamesArgs),
    /// Show a case, the cases of a desk, or answers from lists, over HTTP.
    Serve(ServeArgs),
    /// Manage the accounts of a desk: a folder of cases that several people work on.
    Users(users::UsersArgs),
    /// Purpose, retention, categories, restriction and erasure: the people in a case.
    Protect(protect::ProtectArgs),
    /// Read and check the log of who saw and did what.
    Audit(users::AuditArgs),
    /// Show all of it on a fictional cache and list.
    Demo(DemoArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CaseArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// What to add.
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Name of the stick in the case; else that of its folder.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Who acquired the files, for the note of acquisition.
    #[arg(long, value_name = "WHO")]
    pub(crate) by: Option<String>,
    /// From whom they came.
    #[arg(long, value_name = "WHOM")]
    pub(crate) from: Option<String>,
    /// On what device they came.
    #[arg(long, value_name = "DEVICE")]
    pub(crate) device: Option<String>,
    /// Anything else that should be known of the acquisition.
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// Print the summary as JSON on stdout.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CaseJsonArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// JSON lines instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// Do everything again, also what is up to date.
    #[arg(long)]
    pub(crate) again: bool,
    /// Print the summary as JSON on stdout.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LeadsArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// JSON lines, one lead each, by rank.
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// CSV, one lead a row, by rank.
    #[arg(long)]
    pub(crate) csv: bool,
    /// Write one self-contained page with everything and its sources.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Leave fields on religion and health in the page.
    #[arg(long, requires = "html")]
    pub(crate) sensitive: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DocumentsArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// JSON lines instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// A folder, archive or file.
    pub(crate) path: PathBuf,
    /// Write the records here instead of to stdout.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write what could not be read here, as JSON lines.
    #[arg(long, value_name = "FILE")]
    pub(crate) problems: Option<PathBuf>,
    /// A taught layout; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ScreenArgs {
    /// A list: a file, archive or folder; may be given several times.
    #[arg(long, required_unless_present = "case", num_args = 1.., value_name = "FILE")]
    pub(crate) list: Vec<PathBuf>,
    /// A case: its lists, by the index that is kept in its folder.
    #[arg(long, conflicts_with_all = ["list", "map"], value_name = "CASE")]
    pub(crate) case: Option<PathBuf>,
    /// The queries: CSV with a header, or JSON lines; `-` is stdin.
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: PathBuf,
    /// The best so many are given, whatever their score.
    #[arg(long, default_value_t = 10)]
    pub(crate) top: usize,
    /// From this score on a result counts as a match.
    #[arg(long, default_value_t = 0.7, value_parser = parse_share)]
    pub(crate) threshold: f64,
    /// Results that score below are dropped.
    #[arg(long, default_value_t = 0.0, value_parser = parse_share)]
    pub(crate) cutoff: f64,
    /// Share of the queries whose entity is on the lists, for `probability`.
    #[arg(long, value_parser = parse_share)]
    pub(crate) prior: Option<f64>,
    /// Write the time of each query here, as JSON lines.
    #[arg(long, value_name = "FILE")]
    pub(crate) timings: Option<PathBuf>,
    /// Write the results here instead of to stdout.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// For an own CSV list: which property a column holds.
    #[arg(long, value_name = "COLUMN=PROPERTY", value_parser = parse_map)]
    pub(crate) map: Vec<(String, String)>,
    /// Add why: every comparison with its weight.
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LinkArgs {
    /// A table, one row a record: Parquet, or CSV with a header.
    pub(crate) left: PathBuf,
    /// A second table: its records are compared with those of the first only.
    pub(crate) right: Option<PathBuf>,
    /// The column that holds the id of a record.
    #[arg(long, default_value = "unique_id", value_name = "COLUMN")]
    pub(crate) id: String,
    /// What a column holds, for example `--map "Nom complet=name"`; `--map remarks=` leaves it out.
    #[arg(long, value_name = "COLUMN=PROPERTY", value_parser = parse_map_or_nothing)]
    pub(crate) map: Vec<(String, String)>,
    /// Write every pair with a weight of at least -10 here, Parquet or CSV.
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: Option<PathBuf>,
    /// Write the cluster of each record here, Parquet or CSV.
    #[arg(long, value_name = "FILE")]
    pub(crate) clusters: Option<PathBuf>,
    /// From this probability on a pair joins a cluster.
    #[arg(long, default_value_t = 0.95, value_parser = parse_share, value_name = "P")]
    pub(crate) threshold: f64,
    /// Clusters of an earlier run over a part of these records: they keep their ids and stay as they
    /// are, and only pairs with a new record are compared.
    #[arg(long, value_name = "CLUSTERS")]
    pub(crate) against: Option<PathBuf>,
    /// Judgements on pairs: a table with `unique_id_l`, `unique_id_r` and `judgement`, which is
    /// `same`, `different` or `unsure`.
    #[arg(long, value_name = "FILE")]
    pub(crate) judgements: Option<PathBuf>,
    /// Write here, as JSON lines, which likely pairs stand in two clusters, and why.
    #[arg(long, value_name = "FILE")]
    pub(crate) refusals: Option<PathBuf>,
    /// Write what was learnt here, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Learn nothing: take what an earlier run wrote with `--model`.
    #[arg(long, value_name = "FILE")]
    pub(crate) from_model: Option<PathBuf>,
    /// Write one self-contained page here: what was found, with every weight behind it.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Explain this pair on the page; may be given several times.
    #[arg(long, value_name = "ID_L,ID_R", value_parser = parse_pair, requires = "report")]
    pub(crate) report_pair: Vec<(String, String)>,
    /// A cluster holds one record of each table at most.
    #[arg(long, requires = "right")]
    pub(crate) one_to_one: bool,
    /// Tell the blocking rules, what each was expected to find, and what it lost.
    #[arg(long)]
    pub(crate) explain_blocking: bool,
    /// Print the summary as JSON on stdout.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Labelled pairs of entities, as JSON lines.
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: Option<PathBuf>,
    /// A list that the queries are asked against; may be given several times.
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "queries")]
    pub(crate) list: Vec<PathBuf>,
    /// Labelled queries, as JSON lines.
    #[arg(long, value_name = "FILE", requires = "list")]
    pub(crate) queries: Option<PathBuf>,
    /// Clusters as `link --clusters` writes them.
    #[arg(long, value_name = "FILE", requires = "truth")]
    pub(crate) links: Option<PathBuf>,
    /// The true cluster of each record, a table of the same shape.
    #[arg(long, value_name = "FILE", requires = "links")]
    pub(crate) truth: Option<PathBuf>,
    /// From this score on a pair or an answer counts as a match.
    #[arg(long, default_value_t = 0.7, value_parser = parse_share, value_name = "T")]
    pub(crate) threshold: f64,
    /// Share of pairs that are the same and of queries that are listed, for `probability`; taken
    /// from the labels unless given.
    #[arg(long, value_parser = parse_share, value_name = "P")]
    pub(crate) prior: Option<f64>,
    /// For an own CSV list: which property a column holds.
    #[arg(long, value_name = "COLUMN=PROPERTY", value_parser = parse_map)]
    pub(crate) map: Vec<(String, String)>,
    /// One JSON object instead of tables.
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the figures here instead of to stdout.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct NamesArgs {
    #[command(subcommand)]
    pub(crate) command: NamesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NamesCommand {
    /// Score pairs of names: lines `id TAB left TAB right` to lines `id TAB score`.
    Compare(NamesCompareArgs),
    /// Rank a pool of names for each query name.
    Rank(NamesRankArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NamesCompareArgs {
    /// The pairs; `-` is stdin.
    pub(crate) pairs: PathBuf,
    /// What the names are names of, in `FollowTheMoney`'s words.
    #[arg(long, default_value = "Person")]
    pub(crate) schema: String,
    /// JSON lines with every feature and its weight.
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NamesRankArgs {
    /// The pool: lines `id TAB name`.
    #[arg(long, value_name = "FILE")]
    pub(crate) pool: PathBuf,
    /// The queries: lines `id TAB name`.
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: PathBuf,
    /// The best so many of each; ties with the last are all given.
    #[arg(long, default_value_t = 100)]
    pub(crate) top: usize,
    /// What the names are names of, in `FollowTheMoney`'s words.
    #[arg(long, default_value = "Person")]
    pub(crate) schema: String,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The case folder.
    #[arg(required_unless_present_any = ["list", "cases"])]
    pub(crate) case: Option<PathBuf>,
    /// A list to answer queries against, `FILE` or `NAME=FILE`; may be given several times.
    #[arg(long, num_args = 1.., value_name = "[NAME=]FILE")]
    pub(crate) list: Vec<String>,
    /// A folder of cases, for several people with accounts (`crossroll users`).
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["case", "list"])]
    pub(crate) cases: Option<PathBuf>,
    /// Where to listen. Other machines are let in with `--cases` and TLS only.
    #[arg(long, default_value = "127.0.0.1:8630")]
    pub(crate) listen: SocketAddr,
    /// Your name in the journal of the case; that of the system's user unless given.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["list", "cases"])]
    pub(crate) user: Option<String>,
    /// Certificate chain for TLS, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Private key for TLS, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Let other machines in without TLS: whoever is on the way reads all, passwords included.
    #[arg(long, conflicts_with = "tls_cert")]
    pub(crate) insecure_no_tls: bool,
    /// Everybody has to set up codes of an app besides the password before they see a case.
    #[arg(long, requires = "cases")]
    pub(crate) require_codes: bool,
    /// A name that the server is reached by, besides those of this machine; may be given several
    /// times.
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The folder to make it in; it must not exist or be empty.
    #[arg(default_value = "demo")]
    pub(crate) folder: PathBuf,
    /// Stop before serving.
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8630")]
    pub(crate) listen: SocketAddr,
}

fn parse_share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1 is expected".to_owned()),
    }
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    match text.split_once(',') {
        Some((left, right)) if !left.trim().is_empty() && !right.trim().is_empty() => {
            Ok((left.trim().to_owned(), right.trim().to_owned()))
        }
        _ => Err("two ids with a comma in between are expected".to_owned()),
    }
}

fn parse_map(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((column, property)) if !column.is_empty() && !property.is_empty() => {
            Ok((column.to_owned(), property.to_owned()))
        }
        _ => Err("COLUMN=PROPERTY is expected".to_owned()),
    }
}

fn parse_map_or_nothing(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((column, property)) if !column.is_empty() => {
            Ok((column.to_owned(), property.to_owned()))
        }
        _ => Err("COLUMN=PROPERTY is expected".to_owned()),
    }
}
