//! Value types that several steps need, each with its raw text: dates, countries, phones, scripts.
//!
//! A parser here turns a text into a value or says that it cannot; it never guesses in silence.
//! Where a text allows several readings, the value holds them all.

pub mod country;
pub mod date;
pub(crate) mod fold;
pub mod gender;
pub mod phone;
pub mod script;

pub use country::{Country, find_countries, parse_country, parse_country_fuzzy};
pub use date::{Calendar, DateOrder, DateValue, Precision, parse_date, parse_dates};
pub use fold::fold_words;
pub use gender::{Gender, parse_gender};
pub use phone::{Phone, parse_phone, parse_phones};
pub use script::{Script, dominant_script, fold_digits, has_script};
