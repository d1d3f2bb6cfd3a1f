//! Value types that several steps need, each with its raw text: dates, countries, phones, scripts.

pub mod country;
pub mod date;
pub mod gender;
pub mod phone;

pub use country::Country;
pub use date::{Calendar, DateValue, Precision};
pub use gender::Gender;
pub use phone::Phone;
