//! What the program did not expect: told with its causes on its terminal, where whoever runs it reads or
//! keeps it, and to nobody else.

use std::error::Error;
use std::io::Write as _;

/// Longest line; what a damaged file says of itself may have any length.
const LINE_MAX: usize = 2_000;

/// Tells of a failure.
pub(crate) fn tell(error: &dyn Error) {
    let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    // Where nobody listens any more nothing is lost by not being heard.
    let _ = writeln!(std::io::stderr().lock(), "{time} {}", line_of(error));
}

/// A failure with its causes on one line, without signs that would make a terminal do something.
fn line_of(error: &dyn Error) -> String {
    let mut line = format!("a request failed: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line.chars().take(LINE_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer\u{1b}[2J")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn a_failure_is_told_with_its_causes_on_one_line() {
        let error = Outer(std::io::Error::other("inner\nforged line"));
        assert_eq!(line_of(&error), "a request failed: outer [2J: inner forged line");
    }
}
