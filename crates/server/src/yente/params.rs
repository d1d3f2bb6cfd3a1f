//! Parameters of a query string, with what is wrong about them in `FastAPI`'s words. A parameter may be
//! given often; those that nobody asks for are left alone, as yente does.

use std::fmt::Display;
use std::str::FromStr;

use serde_json::{Value, json};

use super::ApiError;
use super::error::Invalid;

/// The time format of yente's filters.
const TIME_PATTERN: &str = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$";
/// The same, digit for digit: a time is a beginning of it that ends at a field.
const TIME_SHAPE: &str = "dddd-dd-ddTdd:dd:dd";
/// Parameters read of one request; the longest path and query hold some thousands.
const PARAMS_MAX: usize = 2_000;

/// What is wrong with a request, gathered so that a client is told everything at once.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Invalid>);

impl Problems {
    /// Adds one.
    pub(crate) fn add(
        &mut self,
        kind: &'static str,
        loc: &[&str],
        msg: impl Into<String>,
        input: Value,
        ctx: Value,
    ) {
        let loc = loc.iter().map(|part| json!(part)).collect();
        self.0.push(Invalid { kind, loc, msg: msg.into(), input, ctx });
    }

    /// An error if there is any.
    pub(crate) fn done(self) -> Result<(), ApiError> {
        if self.0.is_empty() { Ok(()) } else { Err(ApiError::Invalid(self.0)) }
    }
}

/// The parameters of a request.
#[derive(Debug)]
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
    /// What is wrong with those read so far.
    pub(crate) problems: Problems,
}

impl Params {
    /// Reads a query string.
    pub(crate) fn read(query: Option<&str>) -> Self {
        Self::of_form(query.unwrap_or_default().as_bytes())
    }

    /// Reads a form.
    pub(crate) fn of_form(bytes: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(bytes).into_owned().take(PARAMS_MAX).collect();
        Self { pairs, problems: Problems::default() }
    }

    /// All values of a parameter.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let own = self.pairs.iter().filter(|(own, _)| own == name);
        own.map(|(_, value)| value.clone()).collect()
    }

    /// The last value of a parameter.
    pub(crate) fn last(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Values of a parameter, at most so many.
    pub(crate) fn some(&mut self, name: &str, most: usize) -> Vec<String> {
        let values = self.all(name);
        if values.len() > most {
            let msg = format!(
                "List should have at most {most} items after validation, not {}",
                values.len()
            );
            let ctx =
                json!({"field_type": "List", "max_length": most, "actual_length": values.len()});
            self.problems.add("too_long", &["query", name], msg, json!(values), ctx);
        }
        values
    }

    /// A whole number up to a limit; what is below zero is zero.
    pub(crate) fn count(&mut self, name: &str, default: usize, most: Option<usize>) -> usize {
        let Some(text) = self.last(name).map(str::to_owned) else { return default };
        let number = self.parsed::<i64>(name, &text, "int_parsing", "integer");
        let number = usize::try_from(number.unwrap_or(0).max(0)).unwrap_or(usize::MAX);
        if let Some(most) = most.filter(|most| number > *most) {
            let msg = format!("Input should be less than or equal to {most}");
            let ctx = json!({"le": most});
            self.problems.add("less_than_equal", &["query", name], msg, json!(text), ctx);
            return default;
        }
        number
    }

    /// A number.
    pub(crate) fn number(&mut self, name: &str, default: f64) -> f64 {
        let Some(text) = self.last(name).map(str::to_owned) else { return default };
        let number = self.parsed::<f64>(name, &text, "float_parsing", "number");
        number.filter(|number| number.is_finite()).unwrap_or(default)
    }

    fn parsed<T: FromStr + Display>(
        &mut self,
        name: &str,
        text: &str,
        kind: &'static str,
        what: &str,
    ) -> Option<T> {
        let parsed = text.trim().parse().ok();
        if parsed.is_none() {
            let msg = format!(
                "Input should be a valid {what}, unable to parse string as a{} {what}",
                if what == "integer" { "n" } else { "" }
            );
            self.problems.add(kind, &["query", name], msg, json!(text), Value::Null);
        }
        parsed
    }

    /// Yes or no, in any of the words that yente takes.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        let text = self.last(name)?.to_owned();
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "on" | "t" | "yes" | "y" => Some(true),
            "false" | "0" | "off" | "f" | "no" | "n" => Some(false),
            _ => {
                let msg = "Input should be a valid boolean, unable to interpret input";
                let loc = ["query", name];
                self.problems.add("bool_parsing", &loc, msg, json!(text), Value::Null);
                None
            }
        }
    }

    /// A time from the year to the second.
    pub(crate) fn time(&mut self, name: &str) -> Option<String> {
        let text = self.last(name)?.to_owned();
        let fits = [10, 13, 16, 19].contains(&text.len())
            && text.bytes().zip(TIME_SHAPE.bytes()).all(|(own, shape)| match shape {
                b'd' => own.is_ascii_digit(),
                sign => own == sign,
            });
        if fits {
            return Some(text);
        }
        let msg = format!("String should match pattern '{TIME_PATTERN}'");
        let ctx = json!({"pattern": TIME_PATTERN});
        self.problems.add("string_pattern_mismatch", &["query", name], msg, json!(text), ctx);
        None
    }

    /// Values that are words of a list.
    pub(crate) fn words<T: Copy>(&mut self, name: &str, known: &[(&str, T)]) -> Vec<T> {
        let mut found = Vec::new();
        for text in self.all(name) {
            if let Some((_, value)) = known.iter().find(|(word, _)| *word == text) {
                found.push(*value);
            } else {
                let words: Vec<String> =
                    known.iter().map(|(word, _)| format!("'{word}'")).collect();
                let expected = words.join(" or ");
                let msg = format!("Input should be {expected}");
                let ctx = json!({"expected": expected});
                self.problems.add("enum", &["query", name], msg, json!(text), ctx);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(params: &Params) -> Vec<&'static str> {
        params.problems.0.iter().map(|problem| problem.kind).collect()
    }

    #[test]
    fn parameters_are_read_and_mistakes_are_named() {
        let mut params = Params::read(Some("limit=7&a=x&a=y&flag=YES&since=2024-01-31T10"));
        assert_eq!(params.count("limit", 5, Some(10)), 7);
        assert_eq!(params.count("offset", 3, None), 3);
        assert_eq!(params.all("a"), ["x", "y"]);
        assert_eq!((params.flag("flag"), params.flag("none")), (Some(true), None));
        assert_eq!(params.time("since").as_deref(), Some("2024-01-31T10"));
        assert!(params.problems.done().is_ok());
        let mut params = Params::read(Some("limit=11&n=x&f=maybe&t=2024-1-1&w=a&w=c&l=1&l=2"));
        params.count("limit", 5, Some(10));
        params.number("n", 0.5);
        params.flag("f");
        params.time("t");
        assert_eq!(params.words("w", &[("a", 1), ("b", 2)]), [1]);
        params.some("l", 1);
        let expected = [
            "less_than_equal",
            "float_parsing",
            "bool_parsing",
            "string_pattern_mismatch",
            "enum",
            "too_long",
        ];
        assert_eq!(kinds(&params), expected);
    }

    #[test]
    fn numbers_below_zero_are_zero_and_times_end_at_a_field() {
        let mut params = Params::read(Some("limit=-5&t=2024-01-31T1&n=nan"));
        assert_eq!(params.count("limit", 5, Some(10)), 0);
        assert!((params.number("n", 0.5) - 0.5).abs() < f64::EPSILON);
        assert_eq!(params.time("t"), None);
        assert_eq!(kinds(&params), ["string_pattern_mismatch"]);
    }
}
