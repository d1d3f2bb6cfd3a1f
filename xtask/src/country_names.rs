//! `cargo xtask country-names FOLDER`: the names of countries in six languages, out of CLDR.
//!
//! FOLDER is the package `cldr-localenames-full` of the registry of npm, unpacked. Only countries of
//! `countries.tsv` are taken, and only as the reader of that file expects them: no region, no union.
//! Demonyms are not in CLDR; those stand in `countries.tsv` or follow from the names.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

/// Languages in the order of the columns.
const LANGUAGES: [&str; 6] = ["en", "fr", "ar", "ru", "tr", "de"];

/// Further names of a country that CLDR has beside the first.
const OTHERS: [&str; 3] = ["-alt-short", "-alt-variant", "-alt-chagos"];

pub(crate) fn run(root: &Path, package: &Path) -> anyhow::Result<()> {
    let data = root.join("crates/model/data");
    let known = fs::read_to_string(data.join("countries.tsv"))?;
    let codes = known.lines().filter(|line| !line.starts_with('#')).filter_map(|l| l.get(..2));
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let path = package.join("main").join(language).join("territories.json");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let json: Value = serde_json::from_str(&text)?;
        languages.push(json["main"][language]["localeDisplayNames"]["territories"].clone());
    }
    let version: Value = serde_json::from_str(&fs::read_to_string(package.join("package.json"))?)?;
    let mut out = format!(
        "# Names of countries out of CLDR {}. Copyright © 2004-2026 Unicode, Inc.; Unicode License v3\n\
         # (https://www.unicode.org/license.txt). Made by `cargo xtask country-names`; the columns are \
         those of\n# countries.tsv.\n",
        version["version"].as_str().unwrap_or("of no version")
    );
    for code in codes.collect::<BTreeSet<_>>() {
        let columns = languages.iter().map(|names| column(names, code)).collect::<Vec<_>>();
        if columns.iter().any(|column| !column.is_empty()) {
            writeln!(out, "{code}\t\t{}", columns.join("\t"))?;
        }
    }
    fs::write(data.join("country-names.tsv"), out)?;
    Ok(())
}

/// All names of a country in one language.
fn column(names: &Value, code: &str) -> String {
    let others = OTHERS.iter().map(|suffix| format!("{code}{suffix}"));
    let keys = std::iter::once(code.to_owned()).chain(others);
    keys.filter_map(|key| names[key.as_str()].as_str()).collect::<Vec<_>>().join("|")
}
