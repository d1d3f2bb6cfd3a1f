//! What can be fetched, from where, within which limits: the built-in `lists.toml`, and those of the
//! user over it.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use toml::{Table, Value};

use crate::exit::Mistake;

const BUILT_IN: &str = include_str!("../../data/lists.toml");

const HINT: &str = "it holds [lists.NAME] with url, file and title, and [limits]; the built-in one is \
                    printed by `crossroll lists sources`";

/// A list that can be fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// What the publisher calls it.
    pub(crate) title: String,
    /// Where it is.
    pub(crate) url: String,
    /// What to call its file: the ending tells the format to people, the content to the program.
    pub(crate) file: String,
}

/// What a download may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Bytes of a file, at most.
    pub(crate) bytes_max: u64,
    /// To reach a server.
    pub(crate) connect: Duration,
    /// Without a byte.
    pub(crate) stall: Duration,
    /// Bytes a second over a minute, at least.
    pub(crate) rate_min: u64,
}

/// Everything that can be fetched.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// By name.
    pub(crate) sources: BTreeMap<String, Source>,
    /// For each.
    pub(crate) limits: Limits,
}

impl Config {
    /// The built-in file, and over it those of these paths that are there.
    pub(crate) fn read(optional: Option<&Path>, named: Option<&Path>) -> anyhow::Result<Self> {
        let limits =
            Limits { bytes_max: 0, connect: Duration::ZERO, stall: Duration::ZERO, rate_min: 0 };
        let mut config = Self { sources: BTreeMap::new(), limits };
        config.merge(BUILT_IN, "the built-in list of lists")?;
        for path in optional.filter(|path| path.exists()).into_iter().chain(named) {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Mistake::new(format!("cannot read {}: {e}", path.display()), HINT))?;
            config.merge(&text, &path.display().to_string())?;
        }
        Ok(config)
    }

    fn merge(&mut self, text: &str, what: &str) -> anyhow::Result<()> {
        let wrong = |reason: String| Mistake::new(format!("{what} does not hold: {reason}"), HINT);
        let table: Table = text.parse().map_err(|e: toml::de::Error| wrong(e.message().into()))?;
        for (key, value) in &table {
            match (key.as_str(), value) {
                ("lists", Value::Table(lists)) => {
                    for (name, list) in lists {
                        self.merge_list(name, list).map_err(wrong)?;
                    }
                }
                ("limits", Value::Table(limits)) => {
                    for (name, limit) in limits {
                        self.merge_limit(name, limit).map_err(wrong)?;
                    }
                }
                _ => return Err(wrong(format!("`{key}` is not known")).into()),
            }
        }
        Ok(())
    }

    fn merge_list(&mut self, name: &str, list: &Value) -> Result<(), String> {
        let list = list.as_table().ok_or_else(|| format!("`lists.{name}` is no table"))?;
        let source = self.sources.entry(name.to_owned()).or_default();
        for (key, value) in list {
            let text =
                value.as_str().ok_or_else(|| format!("`lists.{name}.{key}` is no text"))?.trim();
            match key.as_str() {
                "title" => text.clone_into(&mut source.title),
                "url" => text.clone_into(&mut source.url),
                "file" if is_file_name(text) => text.clone_into(&mut source.file),
                "file" => return Err(format!("`lists.{name}.file` is no name of a file")),
                _ => return Err(format!("`lists.{name}.{key}` is not known")),
            }
        }
        if source.url.is_empty() {
            return Err(format!("`lists.{name}` has no url"));
        }
        if source.file.is_empty() {
            source.file = format!("{name}.list");
            if !is_file_name(&source.file) {
                return Err(format!("`lists.{name}` needs a `file`"));
            }
        }
        Ok(())
    }

    fn merge_limit(&mut self, name: &str, limit: &Value) -> Result<(), String> {
        let number = limit
            .as_integer()
            .and_then(|n| u64::try_from(n).ok())
            .ok_or_else(|| format!("`limits.{name}` is no whole number"))?;
        match name {
            "bytes_max" => self.limits.bytes_max = number,
            "connect_seconds" => self.limits.connect = Duration::from_secs(number),
            "stall_seconds" => self.limits.stall = Duration::from_secs(number),
            "bytes_per_second_min" => self.limits.rate_min = number,
            _ => return Err(format!("`limits.{name}` is not known")),
        }
        Ok(())
    }

    /// The source of a name.
    pub(crate) fn source(&self, name: &str) -> anyhow::Result<&Source> {
        let known = || {
            let names: Vec<&str> = self.sources.keys().map(String::as_str).collect();
            format!("no list is called {name}; known are {}", names.join(", "))
        };
        self.sources.get(name).with_context(known).map_err(|error| {
            Mistake::new(error.to_string(), "add it to a file and name that with `--config`").into()
        })
    }
}

/// True for a plain name, without a path in it.
fn is_file_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('.')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> anyhow::Result<Config> {
        let mut config = Config::read(None, None)?;
        config.merge(text, "sample")?;
        Ok(config)
    }

    #[test]
    fn the_built_in_addresses_are_secure_and_have_plain_names() {
        let config = Config::read(None, None).unwrap();
        assert!(config.sources.len() >= 8);
        for source in config.sources.values() {
            assert!(source.url.starts_with("https://"), "{}", source.url);
            assert!(is_file_name(&source.file) && !source.title.is_empty());
        }
        assert!(config.limits.bytes_max > 0 && config.limits.stall > Duration::ZERO);
    }

    #[test]
    fn an_entry_overrides_what_it_names_and_nothing_else() {
        let config = parsed("[lists.un]\nurl = \"https://mirror.invalid/un\"").unwrap();
        let un = config.source("un").unwrap();
        assert_eq!((un.url.as_str(), un.file.as_str()), ("https://mirror.invalid/un", "un.xml"));
        assert!(config.source("nothing").is_err());
        for wrong in [
            "[lists.own]\nfile = \"own.csv\"",
            "[lists.own]\nurl = \"https://a.invalid\"\nfile = \"../own.csv\"",
            "[lists.own]\nurl = 3",
            "[limits]\nstall_seconds = -1",
            "[other]",
        ] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}
