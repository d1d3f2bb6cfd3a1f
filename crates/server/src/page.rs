//! The pages, as HTML text. One set of templates for the file that `leads --html` writes and for
//! the server, so both show the same.

use std::borrow::Borrow;

use askama::Template;
use case::{EvidenceValue, LeadView, Report};
use model::{DocumentId, Lead, Level, Method, Status};

const STYLE: &str = include_str!("../templates/style.css");

/// Where the links of a page lead.
pub(crate) struct Links<'a> {
    /// True if the leads stand on the page itself.
    pub(crate) embedded: bool,
    /// What the paths of the case begin with: nothing, or `/cases/NAME`.
    pub(crate) home: &'a str,
}

impl Links<'_> {
    fn lead(&self, lead: &Lead) -> String {
        if self.embedded {
            format!("#lead-{}", lead.id)
        } else {
            format!("{}/leads/{}", self.home, lead.id)
        }
    }

    /// Where the document's pages are shown, if anywhere.
    fn pages(&self, document: &DocumentId) -> Option<String> {
        (!self.embedded).then(|| format!("{}/documents/{document}", self.home))
    }
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    style: &'static str,
    report: &'a Report,
    links: Links<'a>,
}

#[derive(Template)]
#[template(path = "lead.html")]
struct LeadPage<'a> {
    style: &'static str,
    view: &'a LeadView,
    home: &'a str,
    links: Links<'a>,
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage<'a> {
    style: &'static str,
    home: &'a str,
    path: &'a str,
    id: &'a DocumentId,
    pages: u32,
    text: &'a str,
}

/// The whole case as one self-contained page.
pub fn render_report(report: &Report) -> String {
    render(&ReportPage { style: STYLE, report, links: Links { embedded: true, home: "" } })
}

/// The overview of the server; leads and documents have pages of their own, below `home`.
pub(crate) fn render_overview(report: &Report, home: &str) -> String {
    render(&ReportPage { style: "", report, links: Links { embedded: false, home } })
}

/// One lead.
pub(crate) fn render_lead(view: &LeadView, home: &str) -> String {
    render(&LeadPage { style: "", view, home, links: Links { embedded: false, home } })
}

/// One document.
pub(crate) fn render_document(
    path: &str,
    id: &DocumentId,
    pages: u32,
    text: &str,
    home: &str,
) -> String {
    render(&DocumentPage { style: "", home, path, id, pages, text })
}

/// A name as one segment of a path: all but plain letters and digits is escaped.
pub(crate) fn path_segment(name: &str) -> String {
    name.bytes().fold(String::new(), |out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out + char::from(byte).encode_utf8(&mut [0; 4])
        } else {
            out + &format!("%{byte:02X}")
        }
    })
}

pub(crate) fn render(template: &impl Template) -> String {
    template.render().expect("a template writes to memory and calls nothing that fails")
}

/// `GET /style.css`: pages of the server link it, so that they need no style of their own.
pub(crate) async fn style() -> impl axum::response::IntoResponse {
    ([("content-type", "text/css; charset=utf-8")], STYLE)
}

/// What to call a person on a page.
pub(crate) fn name_of(lead: &Lead) -> &str {
    lead.names.first().map_or("(no name)", String::as_str)
}

/// `birth_date` and `birthDate` as words.
pub(crate) fn words(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        match c {
            '_' => out.push(' '),
            c if c.is_uppercase() => {
                out.push(' ');
                out.extend(c.to_lowercase());
            }
            c => out.push(c),
        }
    }
    out
}

/// Place, method and confidence of a value.
pub(crate) fn place_of(value: &EvidenceValue) -> String {
    let Some(citation) = &value.citation else { return String::new() };
    let place = citation.place.describe();
    match citation.method {
        Method::Ocr => format!("{place}, read by OCR, confidence {:.2}", citation.confidence),
        Method::Typed => format!("{place}, typed"),
        Method::Text | Method::Record => place,
    }
}

pub(crate) fn proposal(status: impl Borrow<Status>) -> &'static str {
    match status.borrow() {
        Status::NotFound => "ruled out or too weak",
        status => status.label(),
    }
}

/// A sign beside the word, so that nothing depends on color.
pub(crate) fn level_sign(level: impl Borrow<Level>) -> &'static str {
    match level.borrow() {
        Level::Agree => "=",
        Level::Near => "≈",
        Level::Missing => "–",
        Level::Conflict => "≠",
    }
}

pub(crate) fn level_word(level: impl Borrow<Level>) -> &'static str {
    match level.borrow() {
        Level::Agree => "agree",
        Level::Near => "near",
        Level::Missing => "missing",
        Level::Conflict => "conflict",
    }
}

pub(crate) fn weight(weight: impl Borrow<f64>) -> String {
    format!("{:+.1}", weight.borrow())
}

pub(crate) fn decimals(value: impl Borrow<f64>) -> String {
    format!("{:.2}", value.borrow())
}
