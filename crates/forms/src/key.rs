//! The keys of the entry form, in the order of its questions.
//!
//! What a key's label looks like is the lexicon's business, what its answer may hold the
//! normaliser's; here are only the names and the kinds of value.

use std::fmt;

/// One place of the form that an answer can stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Name and surname.
    FullName,
    /// Kunya: Abu or Umm and a name, often with a nisba.
    Kunya,
    /// Mother's name; a mention, not a subject.
    MotherName,
    /// Blood type.
    BloodType,
    /// Date of birth.
    BirthDate,
    /// Nationality.
    Nationality,
    /// Marital status.
    MaritalStatus,
    /// Number of children.
    Children,
    /// Address and place of residence.
    Residence,
    /// Level of education.
    Education,
    /// Level of religious knowledge.
    ShariaLevel,
    /// Occupation before.
    Occupation,
    /// Countries travelled through.
    Travelled,
    /// Point of entry.
    EntryPoint,
    /// Through whom; a mention.
    Facilitator,
    /// Recommended by whom; a mention.
    Recommender,
    /// Date of entry.
    EntryDate,
    /// Previous experience, and where.
    PriorJihad,
    /// Role chosen.
    Role,
    /// Speciality.
    Speciality,
    /// Current place of work.
    Workplace,
    /// Belongings left in trust.
    Deposits,
    /// Level of obedience.
    Obedience,
    /// Address or number to contact; often the family's.
    Contact,
    /// Date of death.
    DeathDate,
    /// Place of death.
    DeathPlace,
    /// Remarks.
    Notes,
}

impl Key {
    /// All keys in the order of the questions.
    pub const ALL: [Key; 27] = [
        Key::FullName,
        Key::Kunya,
        Key::MotherName,
        Key::BloodType,
        Key::BirthDate,
        Key::Nationality,
        Key::MaritalStatus,
        Key::Children,
        Key::Residence,
        Key::Education,
        Key::ShariaLevel,
        Key::Occupation,
        Key::Travelled,
        Key::EntryPoint,
        Key::Facilitator,
        Key::Recommender,
        Key::EntryDate,
        Key::PriorJihad,
        Key::Role,
        Key::Speciality,
        Key::Workplace,
        Key::Deposits,
        Key::Obedience,
        Key::Contact,
        Key::DeathDate,
        Key::DeathPlace,
        Key::Notes,
    ];

    /// The word used on the wire and in the `Form` schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Key::FullName => "full_name",
            Key::Kunya => "kunya",
            Key::MotherName => "mother_name",
            Key::BloodType => "blood_type",
            Key::BirthDate => "birth_date",
            Key::Nationality => "nationality",
            Key::MaritalStatus => "marital_status",
            Key::Children => "children",
            Key::Residence => "residence",
            Key::Education => "education",
            Key::ShariaLevel => "sharia_level",
            Key::Occupation => "occupation",
            Key::Travelled => "travelled",
            Key::EntryPoint => "entry_point",
            Key::Facilitator => "facilitator",
            Key::Recommender => "recommender",
            Key::EntryDate => "entry_date",
            Key::PriorJihad => "prior_jihad",
            Key::Role => "role",
            Key::Speciality => "speciality",
            Key::Workplace => "workplace",
            Key::Deposits => "deposits",
            Key::Obedience => "obedience",
            Key::Contact => "contact",
            Key::DeathDate => "death_date",
            Key::DeathPlace => "death_place",
            Key::Notes => "notes",
        }
    }

    /// The key named by the word.
    pub fn parse(word: &str) -> Option<Key> {
        Self::ALL.into_iter().find(|key| key.as_str() == word)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_parses_from_its_word_and_stands_in_order() {
        for (i, key) in Key::ALL.into_iter().enumerate() {
            assert_eq!(Key::parse(key.as_str()), Some(key));
            assert_eq!(key as usize, i);
        }
        assert_eq!(Key::parse("shoe_size"), None);
    }
}
