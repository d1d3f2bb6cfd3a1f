//! Owns the origin of names where no label says it: told from the script, and for Latin letters from
//! the parts that the name engine finds.
//!
//! It is coarse on purpose: it tells whom the program treats differently, not where anybody is from.

use model::Entity;
use names::{Engine, Kind, Script, Tag};

/// The properties that names stand in.
const NAMES: [&str; 3] = ["name", "alias", "weakAlias"];
/// Words of Arabic names in Latin letters that no other names have.
const ARABIC_WORDS: [&str; 9] = ["al", "el", "bin", "ibn", "bint", "abu", "abou", "umm", "abd"];

/// The origin of these entities' names, as a word.
pub(crate) fn tell(entities: &[&Entity]) -> &'static str {
    let schema = entities.first().map_or("Person", |e| &*e.schema);
    match schema {
        "Vessel" | "Airplane" | "Vehicle" => return "craft",
        "Company" | "Organization" | "PublicBody" | "LegalEntity" => return "organization",
        _ => {}
    }
    let names = || entities.iter().flat_map(|e| NAMES.iter().flat_map(|prop| e.values(prop)));
    let script = names().map(Script::of_text).find(|s| !matches!(s, Script::Latin | Script::Other));
    match script {
        Some(script) => script.as_str(),
        None if names().any(is_arabic) => "latin-arabic",
        None => "latin",
    }
}

/// True if a name in Latin letters is built as Arabic names are.
fn is_arabic(name: &str) -> bool {
    let words = || name.split([' ', '-', '\'']).map(str::to_lowercase);
    words().any(|word| ARABIC_WORDS.contains(&word.as_str()))
        || Engine::bundled()
            .prepare(name, Kind::Person)
            .parts()
            .iter()
            .any(|part| matches!(part.tag(), Tag::Kunya | Tag::Nisba))
}

#[cfg(test)]
mod tests {
    use model::Statement;

    use super::*;

    fn entity(schema: &str, name: &str) -> Entity {
        let statement = Statement::new("x".into(), schema, "name", name, "sample".into());
        Entity::fold([statement]).remove(0)
    }

    #[test]
    fn scripts_and_builds_of_names_are_told() {
        for (schema, name, origin) in [
            ("Person", "سامر الترميدي", "arabic"),
            ("Person", "Руслан Окуневский", "cyrillic"),
            ("Person", "Abu Talha al-Zarquni", "latin-arabic"),
            ("Person", "Agnes Pellworthing", "latin"),
            ("Vessel", "Tarmuq Pride", "craft"),
            ("Company", "Вострак", "organization"),
        ] {
            assert_eq!(tell(&[&entity(schema, name)]), origin, "{name}");
        }
    }
}
