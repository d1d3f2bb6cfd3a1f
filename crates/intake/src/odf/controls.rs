//! Controls of a form in a text document: what they show stands apart from where they stand.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use crate::ooxml::xml;

/// What each control shows, by its id.
#[derive(Debug, Default)]
pub(super) struct Controls(BTreeMap<String, String>);

/// A sheet has some hundred controls.
const CONTROLS_MAX: usize = 10_000;

impl Controls {
    /// Takes note of a control.
    pub(super) fn add(&mut self, name: &str, start: &BytesStart<'_>) {
        let value = |name| xml::attribute(start, name);
        let shown = match name {
            "form:checkbox" | "form:radio" => {
                let on = matches!(value("current-state").as_deref(), Some("checked"))
                    || matches!(value("current-selected").as_deref(), Some("true"));
                let label = value("label").unwrap_or_default();
                let mark = if on { "☒" } else { "☐" };
                format!("{mark} {label}").trim_end().to_owned()
            }
            "form:text" | "form:textarea" | "form:combobox" | "form:formatted-text" => {
                value("current-value").unwrap_or_default()
            }
            _ => return,
        };
        if let Some(id) = value("id").filter(|_| self.0.len() < CONTROLS_MAX) {
            self.0.insert(id, shown);
        }
    }

    /// What the control shows that stands here.
    pub(super) fn shown(&self, start: &BytesStart<'_>) -> Option<&str> {
        let id = xml::attribute(start, "control")?;
        self.0.get(&id).map(String::as_str)
    }
}
