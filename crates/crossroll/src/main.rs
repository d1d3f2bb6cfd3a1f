//! The binary `crossroll`: arguments in, data on stdout, talk on stderr, one exit code.
//!
//! It owns the terminal and nothing else: whatever touches a case goes through `case`.

mod args;
mod command;
mod exit;
mod fetch;
mod output;
mod progress;
mod report;
mod table;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::lists::ListsCommand;
use crate::args::template::TemplateCommand;
use crate::args::{Cli, Command, NamesCommand};
use crate::exit::Outcome;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if std::env::args_os().nth(1).is_some_and(|argument| argument == intake::ARGUMENT) {
        // Started by ourselves to read foreign bytes; there is nobody to talk to.
        return if intake::work().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return exit::of_arguments(&error),
    };
    let talk = output::Talk::new(&cli.global);
    match run(cli.command, &talk) {
        Ok(outcome) => outcome.code(),
        Err(error) => exit::of_error(&error, &talk),
    }
}

fn run(command: Command, talk: &output::Talk) -> anyhow::Result<Outcome> {
    match command {
        Command::New(args) => command::new::run(&args, talk),
        Command::Add(args) => command::add::run(&args, talk),
        Command::Lists(args) => match args.command {
            ListsCommand::Add(args) => command::lists::add(&args, talk),
            ListsCommand::Show(args) => command::lists::show(&args, talk),
            ListsCommand::Versions(args) => command::lists::versions(&args, talk),
            ListsCommand::Diff(args) => command::lists::diff(&args, talk),
            ListsCommand::Fetch(args) => command::lists::fetch(&args, talk),
            ListsCommand::Sources(args) => command::lists::sources(&args, talk),
        },
        Command::Run(args) => command::run::run(&args, talk),
        Command::Leads(args) => command::leads::run(&args, talk),
        Command::Documents(args) => command::documents::run(&args, talk),
        Command::Verify(args) => command::verify::run(&args, talk),
        Command::Backup(args) => command::backup::run(&args, talk),
        Command::Repair(args) => command::repair::run(&args, talk),
        Command::Read(args) => command::read::run(&args, talk),
        Command::Screen(args) => command::screen::run(&args, talk),
        Command::Link(args) => command::link::run(&args, talk),
        Command::Eval(args) => command::eval::run(&args, talk),
        Command::Names(args) => match args.command {
            NamesCommand::Compare(args) => command::names::compare(&args, talk),
            NamesCommand::Rank(args) => command::names::rank(&args, talk),
        },
        Command::Template(args) => match args.command {
            TemplateCommand::Learn(args) => command::template::learn(&args, talk),
            TemplateCommand::Add(args) => command::template::add(&args, talk),
            TemplateCommand::List(args) => command::template::list(&args, talk),
            TemplateCommand::Show(args) => command::template::show(&args, talk),
            TemplateCommand::Unknown(args) => command::template::unknown(&args, talk),
        },
        Command::Users(args) => command::users::run(&args.command, talk),
        Command::Protect(args) => command::protect::run(&args.command, talk),
        Command::Audit(args) => command::audit::run(&args.command, talk),
        Command::Serve(args) => command::serve::run(&args, talk),
        Command::Demo(args) => command::demo::run(&args, talk),
    }
}
