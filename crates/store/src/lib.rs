//! Nouns to SQLite and back; the only crate that speaks SQL.
