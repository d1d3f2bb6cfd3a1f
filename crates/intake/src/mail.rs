//! Mail: headers and body as text, attachments as members; mailboxes cut into mails.
//!
//! Nothing is fetched and no HTML is rendered: a body in HTML becomes its text.

use std::borrow::Cow;
use std::ops::Range;

use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use model::{Block, DocumentState, Layout, Place, Span};

use crate::read::{DocumentRead, ReadOptions};
use crate::sniff::find;

/// Multiparts within multiparts: the parser keeps one open boundary for each.
/// Honest mails nest some five (signed, mixed, related, alternative, forwarded).
const BOUNDARIES_MAX: usize = 200;

/// Why a mail cannot be opened at all.
pub(crate) type Fault = (DocumentState, &'static str);

/// A file sent with a mail.
pub(crate) struct Attachment {
    /// Its name, or a made one.
    pub(crate) name: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

/// The attachments in their order.
pub(crate) fn attachments(content: &[u8]) -> Result<Vec<Attachment>, Fault> {
    let message = parse(content)?;
    let mut members = Vec::new();
    for (number, part) in message.attachments().enumerate() {
        let name = part.attachment_name().map(str::to_owned);
        let (default, bytes) = match &part.body {
            PartType::Message(inner) => {
                (format!("attachment-{}.eml", number + 1), inner.raw_message().to_vec())
            }
            _ => (format!("attachment-{}", number + 1), part.contents().to_vec()),
        };
        let name = name.filter(|name| !name.trim().is_empty()).unwrap_or(default);
        members.push(Attachment { name, bytes });
    }
    Ok(members)
}

/// Headers and body.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let message = match parse(content) {
        Ok(message) => message,
        Err((state, reason)) => return DocumentRead::ended(state, reason),
    };
    let mut read = DocumentRead::read(Layout::default());
    let mut lines: Vec<String> = Vec::new();
    for (label, key, value) in headers(&message) {
        lines.push(format!("{label}: {value}"));
        read.metadata.insert(key.to_owned(), value);
    }
    let mut bodies = 0;
    while let Some(body) = message.body_text(bodies) {
        lines.extend(body.lines().map(str::to_owned));
        bodies += 1;
    }
    for (index, line) in (0_u32..).zip(lines) {
        if line.len() > options.limits.text_bytes_max {
            read.lower("a line is longer than the limit");
            continue;
        }
        let text = line.trim();
        if !text.is_empty() {
            let span = Span::new(text, Place::Paragraph { index });
            read.layout.blocks.push(Block::Paragraph(span));
        }
    }
    read
}

/// Cuts a mailbox (mbox) at its `From ` lines.
pub(crate) fn split_mailbox(content: &[u8]) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    if content.starts_with(b"From ") {
        starts.push(0);
    }
    while let Some(next) = find(&content[at..], b"\n\nFrom ") {
        starts.push(at + next + 2);
        at += next + 2;
    }
    let ends = starts.iter().skip(1).copied().chain([content.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let line = content[*start..end].iter().position(|byte| *byte == b'\n');
            (start + line.map_or(0, |line| line + 1))..end
        })
        .filter(|range| !range.is_empty())
        .collect()
}

fn parse(content: &[u8]) -> Result<Message<'_>, Fault> {
    let boundaries = memchr::memmem::find_iter(content, b"boundary=").take(BOUNDARIES_MAX + 1);
    if boundaries.count() > BOUNDARIES_MAX {
        return Err((DocumentState::RefusedByLimit, "its parts are nested deeper than the limit"));
    }
    MessageParser::default()
        .parse(content)
        .ok_or((DocumentState::Corrupt, "its headers cannot be read"))
}

fn headers(message: &Message<'_>) -> Vec<(&'static str, &'static str, String)> {
    let mut out = Vec::new();
    let mut put = |label, key, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            out.push((label, key, value));
        }
    };
    put("From", "author", message.from().map(addresses));
    put("To", "to", message.to().map(addresses));
    put("Cc", "cc", message.cc().map(addresses));
    put("Date", "created", message.date().map(mail_parser::DateTime::to_rfc3339));
    put("Subject", "title", message.subject().map(str::to_owned));
    let mailer = message.header("X-Mailer").and_then(HeaderValue::as_text);
    if let Some(mailer) = mailer {
        out.push(("X-Mailer", "application", mailer.to_owned()));
    }
    out
}

fn addresses(address: &Address<'_>) -> String {
    let one = |address: &mail_parser::Addr<'_>| {
        let name = address.name.as_ref().map_or(Cow::Borrowed(""), |n| Cow::Borrowed(n.as_ref()));
        match address.address.as_deref() {
            Some(mailbox) if name.is_empty() => mailbox.to_owned(),
            Some(mailbox) => format!("{name} <{mailbox}>"),
            None => name.into_owned(),
        }
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}
