//! Project chores, run as `cargo xtask NAME`.

mod blend;
mod cells;
mod country_names;
mod demo;
mod frequencies;
mod ftm_labels;
mod load;
mod make_forms;
mod multigram;
mod photograph;
mod random;
mod scans;
mod sharpen;
mod sketch;
mod spellings;
mod train_digits;
mod train_names;

use std::path::{Path, PathBuf};

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make-demo"] => demo::make(&root(), false),
        ["make-demo", "--check"] => demo::make(&root(), true),
        ["make-forms", count, out, "--seed", seed] => {
            make_forms::run(count.parse()?, Path::new(out), seed.parse()?)
        }
        ["make-forms", count, out] => make_forms::run(count.parse()?, Path::new(out), 1),
        ["make-scans", count, out, "--seed", seed] => {
            scans::run(count.parse()?, Path::new(out), seed.parse()?)
        }
        ["make-scans", count, out] => scans::run(count.parse()?, Path::new(out), 1),
        ["photograph", scans, out] => photograph::run(Path::new(scans), Path::new(out)),
        ["train-names", options @ ..] => train_names::run(options),
        ["train-digits", options @ ..] => train_digits::run(&root(), options),
        ["country-names", package] => country_names::run(&root(), Path::new(package)),
        ["load", options @ ..] => load::run(options),
        ["ftm-labels", model] => ftm_labels::run(&root(), Path::new(model)),
        ["name-cells"] => cells::run(),
        ["name-frequencies"] => frequencies::run(),
        ["name-spellings"] => spellings::run(),
        _ => bail!(
            "usage: cargo xtask make-demo [--check] | make-forms N OUT [--seed S] | \
             make-scans N OUT [--seed S] | photograph SCANS OUT | \
             train-names [--check] | train-digits [FOLDER OF FONTS] | name-cells | \
             name-frequencies | name-spellings | country-names FOLDER | ftm-labels MODEL.json | \
             load ADDRESS"
        ),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}
