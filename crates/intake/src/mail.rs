//! Mail: headers and body as text, attachments as members; mailboxes cut into mails.
//!
//! Nothing is fetched and no HTML is rendered: a body in HTML becomes its paragraphs and tables, and
//! is taken before a plain one if it has tables. A page saved whole (MHTML) is a mail like any other.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{
    Address, Encoding, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use model::{Block, DocumentState, Layout, Place, Span};

use crate::delimited::lines;
use crate::read::{DocumentRead, ReadOptions};
use crate::sniff::find;
use crate::{html, text};

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
    let mut headings: Vec<String> = Vec::new();
    for (label, key, value) in headers(&message) {
        headings.push(format!("{label}: {value}"));
        read.metadata.insert(key.to_owned(), value);
    }
    let index = u32::try_from(headings.len()).unwrap_or(u32::MAX);
    for (index, line) in (0_u32..).zip(headings) {
        let span = Span::new(line.trim(), Place::Paragraph { index });
        read.layout.blocks.push(Block::Paragraph(span));
    }
    add_bodies(&message, index, options, &mut read);
    read
}

/// Adds the bodies, numbered after the headers.
fn add_bodies(message: &Message<'_>, from: u32, options: &ReadOptions, read: &mut DocumentRead) {
    let pages: Vec<DocumentRead> = message
        .html_bodies()
        .filter(|part| matches!(part.body, PartType::Html(_)))
        .map(|part| html::read_text(&decoded(message, part), &options.limits))
        .collect();
    let is_table = |block: &Block| matches!(block, Block::Table(_));
    let with_tables = pages.iter().any(|page| page.layout.blocks.iter().any(is_table));
    let bodies = if with_tables {
        pages
    } else {
        let plain = |part: &MessagePart<'_>| match part.body {
            PartType::Html(_) => html::read_text(&decoded(message, part), &options.limits),
            _ => lines(&decoded(message, part), options),
        };
        message.text_bodies().map(plain).collect()
    };
    let mut next = from;
    for mut body in bodies {
        let start = next;
        for block in &mut body.layout.blocks {
            if let Block::Paragraph(span) = block
                && let Place::Paragraph { index } = &mut span.place
            {
                *index = index.saturating_add(start);
                next = next.max(index.saturating_add(1));
            }
        }
        read.layout.blocks.append(&mut body.layout.blocks);
        read.problems.append(&mut body.problems);
        if let Some(reason) = body.reason {
            read.lower(reason);
        }
    }
}

/// The text of a part. Letters that fit no charset it names, or none named, are told by their form.
fn decoded<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>) -> Cow<'m, str> {
    let text = match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.as_ref(),
        _ => "",
    };
    if text.contains('\u{fffd}') && part.encoding == Encoding::None {
        let range = (part.offset_body, part.offset_end);
        let range = usize::try_from(range.0).ok().zip(usize::try_from(range.1).ok());
        let raw = range.and_then(|(start, end)| message.raw_message().get(start..end));
        if let Some(raw) = raw {
            return Cow::Owned(text::decode(raw).text.into_owned());
        }
    }
    Cow::Borrowed(text)
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
    // A build for tests has assertions in the parser that damaged boundaries do not meet.
    let caught = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(content)));
    caught
        .map_err(|_| (DocumentState::Corrupt, "its parts are damaged"))?
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

#[cfg(test)]
mod tests;
