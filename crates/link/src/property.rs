//! Owns what a column may hold: the properties, how they are recognised by the name of a column,
//! and the kind of comparison each asks for.
//!
//! It looks at names of columns only, never at values. Invariant: a column that is not recognised
//! is left out, it is never guessed to be something else.

use std::fmt;

/// What a column holds, in `FollowTheMoney`'s words where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// Given or first name.
    FirstName,
    /// Name between the given and the family name.
    MiddleName,
    /// Name of the father.
    FatherName,
    /// Name of the mother.
    MotherName,
    /// Family name.
    LastName,
    /// The whole name in one column.
    Name,
    /// Date of birth, whole or in part.
    BirthDate,
    /// Postal code.
    PostalCode,
    /// Place of birth.
    BirthPlace,
    /// City or town of residence.
    City,
    /// Part of a country: state, province, county.
    Region,
    /// Street, or the whole address.
    Street,
    /// Number of the house.
    HouseNumber,
    /// Country or nationality.
    Country,
    /// Telephone number.
    Phone,
    /// Electronic mail address.
    Email,
    /// Number of a document or registration.
    IdNumber,
    /// Sex or gender.
    Gender,
    /// Occupation.
    Position,
}

/// How values of a property are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A name of a person: spellings differ.
    Person,
    /// A name of a place: spellings differ, many share it.
    Place,
    /// Words: some may be left out.
    Words,
    /// A calendar date.
    Date,
    /// Letters and digits that mean one thing: a slip is possible.
    Code,
    /// A postal code: its beginning is a region.
    Postcode,
    /// One of a few values.
    Category,
}

/// Every property with its name and the names of columns that mean it, folded.
const NAMES: &[(Property, &str, &[&str])] = &[
    (
        Property::FirstName,
        "firstName",
        &[
            "firstname",
            "givenname",
            "forename",
            "fname",
            "given",
            "first",
            "prenom",
            "vorname",
            "firstnames",
            "givennames",
            "forenames",
        ],
    ),
    (Property::MiddleName, "middleName", &["middlename", "middlenames", "secondname", "middle"]),
    (
        Property::FatherName,
        "fatherName",
        &["fathername", "fathersname", "father", "patronymic", "nameoffather"],
    ),
    (Property::MotherName, "motherName", &["mothername", "mothersname", "mother", "nameofmother"]),
    (
        Property::LastName,
        "lastName",
        &[
            "lastname",
            "surname",
            "familyname",
            "lname",
            "family",
            "last",
            "nom",
            "nachname",
            "surnames",
        ],
    ),
    (
        Property::Name,
        "name",
        &[
            "name",
            "fullname",
            "personname",
            "wholename",
            "firstandsurname",
            "nomcomplet",
            "completename",
        ],
    ),
    (
        Property::BirthDate,
        "birthDate",
        &[
            "dob",
            "birthdate",
            "dateofbirth",
            "birthyear",
            "yearofbirth",
            "yob",
            "born",
            "birthday",
            "datenaissance",
            "geburtsdatum",
        ],
    ),
    (
        Property::PostalCode,
        "postalCode",
        &["postcode", "postalcode", "zip", "zipcode", "postcodefake", "plz", "pincode"],
    ),
    (
        Property::BirthPlace,
        "birthPlace",
        &["birthplace", "placeofbirth", "pob", "birthcity", "cityofbirth"],
    ),
    (
        Property::City,
        "city",
        &[
            "city",
            "town",
            "place",
            "suburb",
            "residence",
            "locality",
            "municipality",
            "village",
            "placeofresidence",
            "ville",
        ],
    ),
    (
        Property::Region,
        "region",
        &["state", "region", "province", "county", "district", "governorate"],
    ),
    (
        Property::Street,
        "street",
        &[
            "street",
            "address",
            "address1",
            "address2",
            "streetaddress",
            "streetname",
            "addressline1",
            "addressline2",
            "homeaddress",
            "adresse",
        ],
    ),
    (Property::HouseNumber, "houseNumber", &["streetnumber", "housenumber", "houseno", "streetno"]),
    (
        Property::Country,
        "country",
        &["country", "nationality", "citizenship", "countryofbirth", "countrycode"],
    ),
    (
        Property::Phone,
        "phone",
        &[
            "phone",
            "telephone",
            "mobile",
            "phonenumber",
            "tel",
            "telephonenumber",
            "mobilenumber",
            "cell",
            "msisdn",
        ],
    ),
    (Property::Email, "email", &["email", "mail", "emailaddress"]),
    (
        Property::IdNumber,
        "idNumber",
        &[
            "ssn",
            "socsecid",
            "idnumber",
            "nationalid",
            "passport",
            "passportnumber",
            "socialsecuritynumber",
            "nin",
            "taxid",
            "idno",
            "nino",
            "documentnumber",
            "nationalidnumber",
            "nationalnumber",
            "nationalidentitynumber",
            "personalnumber",
            "personalcode",
            "personalid",
            "personnummer",
            "passportno",
            "passportid",
            "identitycard",
            "identitycardnumber",
            "idcard",
            "idcardnumber",
            "identitynumber",
            "identificationnumber",
            "residencepermit",
            "residencepermitnumber",
            "drivinglicence",
            "drivinglicense",
            "driverslicense",
            "driverlicensenumber",
            "taxnumber",
            "taxidentificationnumber",
            "tin",
            "vatnumber",
            "registrationnumber",
            "socialsecurity",
            "insurancenumber",
            "nationalinsurancenumber",
            "nhsnumber",
            "ssnumber",
            "pesel",
            "bsn",
            "dni",
            "nie",
            "curp",
            "cpf",
            "aadhaar",
            "cnic",
            "codicefiscale",
            "numsecu",
            "nir",
            "imei",
            "imsi",
            "iban",
        ],
    ),
    (Property::Gender, "gender", &["gender", "sex"]),
    (Property::Position, "position", &["occupation", "profession", "job", "position", "jobtitle"]),
];

impl Property {
    /// The property that a column of this name holds, if its name says so.
    pub fn of_column(name: &str) -> Option<Self> {
        let folded = fold_name(name);
        NAMES.iter().find(|(_, _, names)| names.contains(&folded.as_str())).map(|(p, ..)| *p)
    }

    /// The property of this name, or of a name that a column of it may have.
    pub fn parse(name: &str) -> Option<Self> {
        let folded = fold_name(name);
        NAMES
            .iter()
            .find(|(_, own, _)| own.to_lowercase() == folded)
            .map(|(p, ..)| *p)
            .or_else(|| Self::of_column(name))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(p, ..)| *p == self).map_or("", |(_, name, _)| name)
    }

    /// The names of all properties.
    pub fn names() -> Vec<&'static str> {
        NAMES.iter().map(|(_, name, _)| *name).collect()
    }

    /// How its values are compared.
    pub fn kind(self) -> Kind {
        match self {
            Self::FirstName
            | Self::MiddleName
            | Self::FatherName
            | Self::MotherName
            | Self::LastName
            | Self::Name => Kind::Person,
            Self::BirthDate => Kind::Date,
            Self::PostalCode => Kind::Postcode,
            Self::BirthPlace | Self::City => Kind::Place,
            Self::Street => Kind::Words,
            Self::HouseNumber | Self::Phone | Self::Email | Self::IdNumber => Kind::Code,
            Self::Region | Self::Country | Self::Gender | Self::Position => Kind::Category,
        }
    }

    /// True for what members of one household share.
    pub(crate) fn is_shared_by_kin(self) -> bool {
        matches!(
            self,
            Self::LastName
                | Self::FatherName
                | Self::MotherName
                | Self::PostalCode
                | Self::BirthPlace
                | Self::City
                | Self::Region
                | Self::Street
                | Self::HouseNumber
                | Self::Country
                | Self::Phone
        )
    }

    /// True for what hardly ever differs between two records of one person.
    pub(crate) fn is_of_one_person(self) -> bool {
        matches!(self, Self::BirthDate | Self::Gender | Self::IdNumber | Self::FirstName)
    }

    /// True for what people of one neighbourhood share.
    pub(crate) fn is_place(self) -> bool {
        matches!(
            self,
            Self::PostalCode
                | Self::BirthPlace
                | Self::City
                | Self::Region
                | Self::Street
                | Self::Country
        )
    }

    /// True for the names of the person itself.
    pub(crate) fn is_name(self) -> bool {
        matches!(self, Self::FirstName | Self::MiddleName | Self::FatherName | Self::LastName)
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn fold_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_recognised_however_they_are_written() {
        assert_eq!(Property::of_column("First_Name"), Some(Property::FirstName));
        assert_eq!(Property::of_column(" date of birth"), Some(Property::BirthDate));
        assert_eq!(Property::of_column("remarks"), None);
        assert_eq!(Property::parse("postalCode"), Some(Property::PostalCode));
        assert_eq!(Property::parse("zip"), Some(Property::PostalCode));
    }

    #[test]
    fn every_property_has_one_name() {
        let mut names = Property::names();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NAMES.len());
    }
}
