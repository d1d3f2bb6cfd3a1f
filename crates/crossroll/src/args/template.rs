//! The arguments of `crossroll template`.

use std::path::PathBuf;

use case::{AnswerPlace, Key, Mark};
use clap::{Args, Subcommand, ValueEnum};

use super::CaseJsonArgs;

#[derive(Debug, Args)]
pub(crate) struct TemplateArgs {
    #[command(subcommand)]
    pub(crate) command: TemplateCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TemplateCommand {
    /// Learn a layout from an example in which some answers are marked.
    Learn(LearnArgs),
    /// Put a template into a case; the next run reads with it.
    Add(TemplateAddArgs),
    /// Print the templates of a case.
    List(CaseJsonArgs),
    /// Print what a template says.
    Show(TemplateShowArgs),
    /// Print the layouts that several pages share and nothing tells.
    Unknown(UnknownArgs),
}

#[derive(Debug, Args)]
pub(crate) struct LearnArgs {
    /// The example: a filled-in form, or a register.
    pub(crate) example: PathBuf,
    /// Which key an answer belongs to: its text, or its place as `table 1, row 3, column 2`.
    #[arg(long, value_name = "KEY=TEXT", value_parser = parse_mark)]
    pub(crate) mark: Vec<Mark>,
    /// The marks as CSV: columns `key`, and `text` or `place`.
    #[arg(long, value_name = "FILE")]
    pub(crate) marks: Option<PathBuf>,
    /// What to call the layout; the stem of the example unless given.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The language of its labels, for example `fr`.
    #[arg(long, default_value = "")]
    pub(crate) language: String,
    /// Where answers stand, seen from their labels; found out unless given.
    #[arg(long, value_enum)]
    pub(crate) answers: Option<Answers>,
    /// Write the template here instead of to stdout.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Where answers stand.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Answers {
    /// In the next cell.
    After,
    /// In the cell before.
    Before,
    /// In the cell or line below.
    Below,
    /// In the cell or line above.
    Above,
    /// In the same cell or line.
    Same,
    /// In the column below a header.
    Column,
}

impl From<Answers> for AnswerPlace {
    fn from(answers: Answers) -> Self {
        match answers {
            Answers::After => AnswerPlace::After,
            Answers::Before => AnswerPlace::Before,
            Answers::Below => AnswerPlace::Below,
            Answers::Above => AnswerPlace::Above,
            Answers::Same => AnswerPlace::Same,
            Answers::Column => AnswerPlace::Column,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct TemplateAddArgs {
    /// The case folder.
    pub(crate) case: PathBuf,
    /// The template.
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct TemplateShowArgs {
    /// A template's file, or a case folder.
    pub(crate) path: PathBuf,
    /// In a case: the name of the template.
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct UnknownArgs {
    /// A case folder, or files to read.
    pub(crate) path: PathBuf,
    /// A taught layout, for files; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Vec<PathBuf>,
    /// JSON lines with all paths instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}

fn parse_mark(text: &str) -> Result<Mark, String> {
    let (key, text) = text.split_once('=').ok_or("write KEY=TEXT")?;
    mark(key, text)
}

/// A mark of two words of an argument or a file.
pub(crate) fn mark(key: &str, text: &str) -> Result<Mark, String> {
    let known = || {
        let keys = Key::ALL.map(Key::as_str).join(", ");
        format!("no key is called {:?}; keys are {keys}", key.trim())
    };
    let key = Key::parse(key.trim()).ok_or_else(known)?;
    if text.trim().is_empty() {
        return Err(format!("{key} is marked with nothing"));
    }
    Ok(Mark { key, text: text.trim().to_owned() })
}
