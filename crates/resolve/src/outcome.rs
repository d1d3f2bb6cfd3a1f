//! Every outcome that a comparison can have: its comparison, its name in the model, its class.
//!
//! One table, so that the model file, the code and the explanation cannot disagree.

use model::Level;

macro_rules! outcomes {
    ($($variant:ident: $comparison:literal $name:literal $level:ident,)*) => {
        /// The outcome of one comparison.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Outcome {
            $($variant,)*
        }

        impl Outcome {
            /// All, in the order of the table.
            pub(crate) const ALL: &[Outcome] = &[$(Outcome::$variant,)*];

            /// The comparison it belongs to.
            pub(crate) fn comparison(self) -> &'static str {
                match self { $(Outcome::$variant => $comparison,)* }
            }

            /// Its name in the model.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Outcome::$variant => $name,)* }
            }

            /// Its class.
            pub(crate) fn level(self) -> Level {
                match self { $(Outcome::$variant => Level::$level,)* }
            }
        }
    };
}

outcomes! {
    NameSame: "name" "agree" Agree,
    NameNear: "name" "near" Near,
    NameKin: "name" "kin" Near,
    NameWeakAlias: "name" "weak_alias" Near,
    NameDifferent: "name" "different" Conflict,
    NameMissing: "name" "missing" Missing,
    KunyaSame: "kunya" "agree" Agree,
    KunyaNear: "kunya" "near" Near,
    KunyaOtherNisba: "kunya" "other_nisba" Conflict,
    KunyaDifferent: "kunya" "different" Conflict,
    KunyaMissing: "kunya" "missing" Missing,
    BirthSameDay: "birthDate" "same_day" Agree,
    BirthNearDay: "birthDate" "near_day" Agree,
    BirthSwapped: "birthDate" "swapped" Near,
    BirthDigit: "birthDate" "digit" Near,
    BirthSameMonth: "birthDate" "same_month" Agree,
    BirthSameYear: "birthDate" "same_year" Agree,
    BirthOverlap: "birthDate" "overlap" Near,
    BirthOtherDay: "birthDate" "other_day" Near,
    BirthNear: "birthDate" "near" Near,
    BirthConflict: "birthDate" "conflict" Conflict,
    BirthConflictFar: "birthDate" "conflict_far" Conflict,
    BirthConflictDecade: "birthDate" "conflict_decade" Conflict,
    BirthMissing: "birthDate" "missing" Missing,
    NationalitySame: "nationality" "agree" Agree,
    NationalityCountry: "nationality" "country" Near,
    NationalityDifferent: "nationality" "conflict" Conflict,
    NationalityOtherCountry: "nationality" "other_country" Missing,
    NationalityMissing: "nationality" "missing" Missing,
    BirthPlaceSame: "birthPlace" "agree" Agree,
    BirthPlaceNear: "birthPlace" "near" Near,
    BirthPlaceDifferent: "birthPlace" "different" Conflict,
    BirthPlaceMissing: "birthPlace" "missing" Missing,
    AddressSame: "address" "agree" Agree,
    AddressNear: "address" "near" Near,
    AddressDifferent: "address" "different" Missing,
    AddressMissing: "address" "missing" Missing,
    MotherSame: "motherName" "agree" Agree,
    MotherNear: "motherName" "near" Near,
    MotherDifferent: "motherName" "conflict" Conflict,
    MotherMissing: "motherName" "missing" Missing,
    FatherSame: "fatherName" "agree" Agree,
    FatherNear: "fatherName" "near" Near,
    FatherDifferent: "fatherName" "conflict" Conflict,
    FatherMissing: "fatherName" "missing" Missing,
    GenderSame: "gender" "agree" Agree,
    GenderDifferent: "gender" "conflict" Conflict,
    GenderImplied: "gender" "implied_conflict" Conflict,
    GenderMissing: "gender" "missing" Missing,
    DocumentSame: "document" "agree" Agree,
    DocumentNear: "document" "near" Near,
    DocumentDifferent: "document" "conflict" Conflict,
    RegisterDifferent: "document" "register_conflict" Conflict,
    DocumentMissing: "document" "missing" Missing,
    PhoneSame: "phone" "agree" Agree,
    PhoneDifferent: "phone" "different" Missing,
    PhoneMissing: "phone" "missing" Missing,
    EmailSame: "email" "agree" Agree,
    EmailNear: "email" "near" Near,
    EmailDifferent: "email" "different" Conflict,
    EmailMissing: "email" "missing" Missing,
    KindDifferent: "schema" "conflict" Conflict,
}
