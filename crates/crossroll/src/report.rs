//! Leads as a table for the terminal and as CSV for spreadsheets.

use std::io::{self, Write};

use case::LeadView;

/// Widths of the table's columns: rank, status, life, records, name. The rest is the reason.
const STATUS_WIDTH: usize = 21;
const NAME_WIDTH: usize = 30;

/// One line a lead.
pub(crate) fn write_table(out: &mut impl Write, leads: &[LeadView]) -> io::Result<()> {
    writeln!(
        out,
        "{:>5}  {:<STATUS_WIDTH$}  {:>7}  {:<NAME_WIDTH$}  reason",
        "rank", "status", "records", "name"
    )?;
    for LeadView { lead, records } in leads {
        let name = lead.names.first().map_or("(no name)", String::as_str);
        writeln!(
            out,
            "{:>5}  {:<STATUS_WIDTH$}  {:>7}  {}  {}",
            lead.rank,
            lead.status.as_str(),
            records.len(),
            pad(name, NAME_WIDTH),
            lead.reasons.first().map_or("", String::as_str),
        )?;
    }
    Ok(())
}

/// One row a lead. Cells that a spreadsheet would run as a formula are quoted by an apostrophe.
pub(crate) fn write_csv(out: &mut impl Write, leads: &[LeadView]) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "rank",
        "lead_id",
        "status",
        "life",
        "names",
        "records",
        "best_match_dataset",
        "best_match_id",
        "best_match_caption",
        "best_match_probability",
        "reasons",
    ])?;
    for LeadView { lead, records } in leads {
        let sources: Vec<String> =
            records.iter().map(|r| format!("{} row {}", r.path, r.row)).collect();
        let best = lead.matches.first();
        let text = |value: Option<&str>| safe_cell(value.unwrap_or(""));
        writer.write_record([
            lead.rank.to_string(),
            safe_cell(lead.id.as_str()),
            lead.status.as_str().to_owned(),
            serde_json::to_value(lead.life)?.as_str().unwrap_or("").to_owned(),
            safe_cell(&lead.names.join("; ")),
            safe_cell(&sources.join("; ")),
            text(best.map(|m| m.dataset.as_str())),
            text(best.map(|m| m.entity_id.as_str())),
            text(best.map(|m| m.caption.as_str())),
            best.map_or_else(String::new, |m| format!("{:.4}", m.probability)),
            safe_cell(&lead.reasons.join("; ")),
        ])?;
    }
    writer.flush()?;
    Ok(())
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection").
fn safe_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Pads or cuts to a width in characters; the terminal does the rest for wide scripts.
fn pad(text: &str, width: usize) -> String {
    let count = text.chars().count();
    if count > width {
        let mut cut: String = text.chars().take(width - 1).collect();
        cut.push('…');
        return cut;
    }
    format!("{text}{}", " ".repeat(width - count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(safe_cell("=1+1"), "'=1+1");
        assert_eq!(safe_cell("+999 555"), "'+999 555");
        assert_eq!(safe_cell("Sample"), "Sample");
    }

    #[test]
    fn names_fill_their_column() {
        assert_eq!(pad("abc", 5), "abc  ");
        assert_eq!(pad("abcdef", 5), "abcd…");
    }
}
