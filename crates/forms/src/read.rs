//! The way from a layout to filled forms.

use model::{DocumentId, Layout, Problem};

use crate::FilledForm;

/// What may be set about reading.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Whether `3/4/1990` is the third of April; the forms' languages all put the day first.
    pub day_first: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { day_first: true }
    }
}

/// What a document's layout holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormsRead {
    /// What kind of sheet it is, for example `entry_form` or `register`; `None` if no form.
    pub template: Option<String>,
    /// The records, by row.
    pub records: Vec<FilledForm>,
    /// What could not be read. `path` is the one given.
    pub problems: Vec<Problem>,
}

/// Reads all forms and register rows of a document. Text that is no form gives no records.
///
/// Never panics, whatever the layout holds.
pub fn read(
    _path: &str,
    _document: &DocumentId,
    _layout: &Layout,
    _options: &Options,
) -> FormsRead {
    FormsRead::default()
}
