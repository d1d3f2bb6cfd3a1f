//! Algorithms by name. There is one, ours; the names of yente's are taken for it, so that clients that
//! ask for them go on working, and every answer says which one was used.

use axum::Json;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::ApiError;

/// The name of our algorithm.
pub(crate) const OWN: &str = "crossroll";
/// The name that stands for the best there is.
pub(crate) const BEST: &str = "best";

/// What our comparisons look at, in the words of `crates/resolve`; their names are those in the explanations.
const FEATURES: [(&str, &str); 12] = [
    ("name", "How alike the names are, by script, spelling and rarity of their parts."),
    ("kunya", "Whether one is called after the same child as the other."),
    ("birthDate", "Whether the birth dates agree, at the precision that both have."),
    ("birthPlace", "Whether the birth places agree."),
    ("nationality", "Whether the nationalities or countries agree, and how rare they are."),
    ("gender", "Whether the sexes agree."),
    ("document", "Whether a passport, card, tax or registration number is the same."),
    ("phone", "Whether a phone number is the same."),
    ("email", "Whether an e-mail address is the same."),
    ("address", "Whether the addresses agree."),
    ("fatherName", "Whether the fathers have the same name."),
    ("motherName", "Whether the mothers have the same name."),
];

/// yente's algorithms, each with the settings that it knows.
const ALIASES: [(&str, &[(&str, &str, Default)]); 6] = [
    (
        "logic-v2",
        &[
            ("nm_name_property", "string", Default::None),
            ("nm_number_mismatch", "float", Default::Number(0.3)),
            ("nm_extra_query_name", "float", Default::Number(0.8)),
            ("nm_extra_result_name", "float", Default::Number(0.2)),
            ("nm_family_name_weight", "float", Default::Number(1.3)),
            ("nm_fuzzy_cutoff_factor", "float", Default::Number(1.0)),
        ],
    ),
    ("ofac", &[]),
    ("name-based", &[]),
    ("name-qualified", &[]),
    ("logic-v1", &[]),
    ("regression-v1", &[]),
];

/// The default of a setting.
#[derive(Clone, Copy, Debug)]
enum Default {
    None,
    Number(f64),
}

/// An algorithm that a client named.
#[derive(Clone, Debug)]
pub(crate) struct Algorithm {
    name: &'static str,
    settings: &'static [(&'static str, &'static str, Default)],
}

impl Algorithm {
    /// The algorithm of a name, in any case.
    ///
    /// # Errors
    /// [`ApiError::Bad`] if there is none.
    pub(crate) fn find(name: &str) -> Result<Self, ApiError> {
        let plain = name.trim().to_ascii_lowercase();
        if plain == OWN || plain == BEST {
            return Ok(Self { name: OWN, settings: &[] });
        }
        let known = ALIASES.iter().find(|(own, _)| *own == plain);
        let known = known.ok_or_else(|| ApiError::Bad(format!("Invalid algorithm: {name}")))?;
        Ok(Self { name: known.0, settings: known.1 })
    }

    /// Checks that only settings are named which the algorithm of this name knows. They change nothing:
    /// the weights of ours are not set by clients. What stands for the best takes all of them.
    ///
    /// # Errors
    /// [`ApiError::Bad`] for another one.
    pub(crate) fn check(&self, config: &Map<String, Value>) -> Result<(), ApiError> {
        let knows = |settings: &[(&str, &str, Default)], key: &String| {
            settings.iter().any(|(name, ..)| name == key)
        };
        let unknown = config.keys().find(|key| {
            let any = self.name == OWN && ALIASES.iter().any(|(_, own)| knows(own, key));
            !any && !knows(self.settings, key)
        });
        match unknown {
            None => Ok(()),
            Some(key) => Err(ApiError::Bad(format!(
                "Invalid configuration parameter: {key} for algorithm {}",
                self.name
            ))),
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct AlgorithmsAnswer {
    algorithms: Vec<AlgorithmAnswer>,
    default: &'static str,
    best: &'static str,
}

#[derive(Debug, Serialize)]
struct AlgorithmAnswer {
    name: &'static str,
    description: String,
    features: Map<String, Value>,
    docs: Docs,
}

#[derive(Debug, Serialize)]
struct Docs {
    name: &'static str,
    description: String,
    config: Map<String, Value>,
    features: Map<String, Value>,
}

pub(crate) async fn algorithms() -> Json<AlgorithmsAnswer> {
    let own = "Compares whole entities by a match weight (Fellegi and Sunter): the weights of all \
               comparisons add up, and the explanation of a score is that sum."
        .to_owned();
    let mut algorithms = vec![describe(OWN, own, &[])];
    algorithms.extend(ALIASES.iter().map(|(name, settings)| {
        let text =
            format!("Another name of {OWN}, for clients that ask for it. Settings have no effect.");
        describe(name, text, settings)
    }));
    Json(AlgorithmsAnswer { algorithms, default: BEST, best: OWN })
}

fn describe(
    name: &'static str,
    description: String,
    settings: &[(&str, &str, Default)],
) -> AlgorithmAnswer {
    let feature = |(name, text): &(&str, &str)| {
        let value = json!({"description": text, "coefficient": 1.0, "url": ""});
        ((*name).to_owned(), value)
    };
    let setting = |(name, kind, default): &(&str, &str, Default)| {
        let default = match default {
            Default::None => Value::Null,
            Default::Number(number) => json!(number),
        };
        let text = "A setting of yente's; taken and without effect.";
        ((*name).to_owned(), json!({"type": kind, "description": text, "default": default}))
    };
    let features: Map<String, Value> = FEATURES.iter().map(feature).collect();
    let docs = Docs {
        name,
        description: description.clone(),
        config: settings.iter().map(setting).collect(),
        features: features.clone(),
    };
    AlgorithmAnswer { name, description, features, docs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_yente_are_taken_and_others_are_not() {
        assert!(Algorithm::find("Logic-V2 ").is_ok() && Algorithm::find("best").is_ok());
        assert!(matches!(Algorithm::find("neural-net"), Err(ApiError::Bad(_))));
    }

    #[test]
    fn settings_belong_to_an_algorithm() {
        let config = |key: &str| Map::from_iter([(key.to_owned(), json!(0.4))]);
        let logic = Algorithm::find("logic-v2").unwrap();
        assert!(logic.check(&config("nm_number_mismatch")).is_ok());
        assert!(logic.check(&config("invalid_option")).is_err());
        assert!(Algorithm::find("best").unwrap().check(&config("nm_number_mismatch")).is_ok());
        assert!(Algorithm::find("logic-v1").unwrap().check(&config("nm_number_mismatch")).is_err());
    }
}
