//! Owns the writing of HTML: escaped text, numbers, tables. The only place where text becomes markup.
//!
//! Invariant: every text that comes from the data goes through [`escape`] or [`value`].

use std::fmt::Display;
use std::fmt::Write as _;

/// Text as HTML shows it, in elements and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A control character or a mark of direction must not act on what stands around it.
            c if (c.is_control() && c != '\n') || is_direction(c) => {
                let _ = write!(out, "&#xfffd;");
            }
            c => out.push(c),
        }
    }
    out
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters of a value that are shown: a cell may hold a whole document.
const SHOWN_MAX: usize = 200;

/// A value from the data, in its own direction; a dash where there is none, cut where it is long.
pub(crate) fn value(text: &str) -> String {
    if text.is_empty() {
        return "<span class=\"none\">–</span>".to_owned();
    }
    if let Some((end, _)) = text.char_indices().nth(SHOWN_MAX) {
        return format!("<bdi dir=\"auto\">{}…</bdi>", escape(&text[..end]));
    }
    format!("<bdi dir=\"auto\">{}</bdi>", escape(text))
}

/// A whole number with its thousands apart.
pub(crate) fn count(number: impl Display) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// An expected number: no more digits than it is worth.
pub(crate) fn expected(number: f64) -> String {
    if number < 99.95 { format!("{number:.1}") } else { count(format!("{number:.0}")) }
}

/// A weight, with its sign.
pub(crate) fn weight(weight: f64) -> String {
    // No minus before a zero.
    let rounded = (weight * 100.0).round() / 100.0 + 0.0;
    format!("{rounded:+.2}").replace('-', "−")
}

/// A share as a percentage.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// A chance, small ones by their power of ten.
pub(crate) fn chance(chance: f64) -> String {
    if chance >= 1e-4 { format!("{chance:.4}") } else { format!("{chance:.1e}") }
}

/// A probability that never says 0 or 1.
pub(crate) fn probability(probability: f64) -> String {
    if probability > 0.99995 {
        return format!("1 − {:.0e}", 1.0 - probability);
    }
    chance(probability)
}

/// How the cells of a column stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// Text, from its start.
    Text,
    /// A number, at the end.
    Number,
}

/// A table with a caption; cells are HTML already, the first of a row is its heading.
pub(crate) fn table(
    caption: &str,
    columns: &[(&str, Column)],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n\
         <table>\n<caption>{0}</caption>\n<thead><tr>",
        escape(caption)
    );
    for (name, column) in columns {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(*column), escape(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let column = columns.get(i).map_or(Column::Text, |c| c.1);
            let _ = if i == 0 {
                write!(out, "<th scope=\"row\"{}>{cell}</th>", class(column))
            } else {
                write!(out, "<td{}>{cell}</td>", class(column))
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    out
}

fn class(column: Column) -> &'static str {
    if column == Column::Number { " class=\"number\"" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_the_data_becomes_markup() {
        assert_eq!(escape("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
        assert_eq!(escape("a\u{202e}b\u{7}"), "a&#xfffd;b&#xfffd;");
        assert_eq!(value("سامي"), "<bdi dir=\"auto\">سامي</bdi>");
        assert_eq!(value(&"ك".repeat(900)).chars().filter(|c| *c == 'ك').count(), SHOWN_MAX);
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!([count(7), count(1234), count(1_234_567)], ["7", "1,234", "1,234,567"]);
        assert_eq!([expected(3.04), expected(12_345.6)], ["3.0", "12,346"]);
        assert_eq!([weight(-0.001), weight(-3.456), weight(2.0)], ["+0.00", "−3.46", "+2.00"]);
        assert_eq!([probability(0.5), probability(0.999_999)], ["0.5000", "1 − 1e-6"]);
        assert_eq!(chance(0.000_012), "1.2e-5");
    }
}
