//! Mails and other items of Outlook: headers and body as text, attachments as members.
//!
//! Nothing is fetched and no HTML is rendered. A message within a message becomes a file of its
//! own, made of the same streams.
//! Invariants: attachments have together no more bytes than the file, as streams of an honest one
//! do not overlap; storages are entered once each.

mod lzfu;

use std::collections::BTreeSet;

use model::{Block, DocumentState, Layout, Place, Span};

use crate::mail::{Attachment, Fault};
use crate::ole::properties::{code_page, time};
use crate::ole::write::{Node, container};
use crate::ole::{Member, Ole, ROOT, Storage, u16_at, u32_at, u64_at};
use crate::read::{DocumentRead, ReadOptions};
use crate::{html, rtf, text};

const DAMAGED: Fault = (DocumentState::Corrupt, "the container of the message is damaged");
const OVERLAPPING: Fault =
    (DocumentState::RefusedByLimit, "its attachments have more bytes than the file");

const PROPERTIES: &str = "__properties_version1.0";

/// Numbers of properties, by Microsoft's MS-OXPROPS.
mod tag {
    pub(super) const SUBJECT: u16 = 0x0037;
    pub(super) const SUBMITTED: u16 = 0x0039;
    pub(super) const TRANSPORT_HEADERS: u16 = 0x007d;
    pub(super) const RECIPIENT_KIND: u16 = 0x0c15;
    pub(super) const SENDER_NAME: u16 = 0x0c1a;
    pub(super) const SENDER_ADDRESS: u16 = 0x0c1f;
    pub(super) const DISPLAY_CC: u16 = 0x0e03;
    pub(super) const DISPLAY_TO: u16 = 0x0e04;
    pub(super) const DELIVERED: u16 = 0x0e06;
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const RTF: u16 = 0x1009;
    pub(super) const HTML: u16 = 0x1013;
    pub(super) const DISPLAY_NAME: u16 = 0x3001;
    pub(super) const ADDRESS: u16 = 0x3003;
    pub(super) const MODIFIED: u16 = 0x3008;
    pub(super) const DATA: u16 = 0x3701;
    pub(super) const SHORT_NAME: u16 = 0x3704;
    pub(super) const LONG_NAME: u16 = 0x3707;
    pub(super) const SMTP_ADDRESS: u16 = 0x39fe;
    pub(super) const INTERNET_PAGE: u16 = 0x3fde;
    pub(super) const PAGE: u16 = 0x3ffd;
    pub(super) const SENDER_SMTP: u16 = 0x5d01;
}

/// A storage with properties: the message, a recipient, an attachment.
struct Item<'o, 'c> {
    ole: &'o Ole<'c>,
    members: Vec<(&'o str, Member)>,
    fixed: Vec<u8>,
}

impl<'o, 'c> Item<'o, 'c> {
    fn new(ole: &'o Ole<'c>, storage: Storage) -> Self {
        let members = ole.members(storage);
        let mut item = Self { ole, members, fixed: Vec::new() };
        item.fixed = item.stream(PROPERTIES).unwrap_or_default();
        item
    }

    fn member(&self, name: &str) -> Option<&Member> {
        let at = self.members.binary_search_by(|(other, _)| (*other).cmp(name)).ok()?;
        Some(&self.members[at].1)
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        match self.member(name)? {
            Member::Stream(at) => self.ole.stream_at(*at),
            Member::Storage(_) => None,
        }
    }

    fn bytes(&self, tag: u16) -> Option<Vec<u8>> {
        self.stream(&format!("__substg1.0_{tag:04X}0102"))
    }

    /// A text, in UTF-16 or in the code page of the message.
    fn text(&self, tag: u16) -> Option<String> {
        if let Some(wide) = self.stream(&format!("__substg1.0_{tag:04X}001F")) {
            return Some(encoding_rs::UTF_16LE.decode_without_bom_handling(&wide).0.into_owned());
        }
        let narrow = self.stream(&format!("__substg1.0_{tag:04X}001E"))?;
        Some(self.decode(&narrow))
    }

    fn line(&self, tag: u16) -> Option<String> {
        let text = self.text(tag)?;
        let text = text.trim_matches(['\0', ' ', '\r', '\n', '\t']);
        (!text.is_empty()).then(|| text.replace(['\r', '\n'], " "))
    }

    fn decode(&self, narrow: &[u8]) -> String {
        let page = [tag::INTERNET_PAGE, tag::PAGE].into_iter().find_map(|tag| self.number(tag));
        match page.and_then(|page| u16::try_from(page).ok()) {
            Some(page) => code_page(page).decode_without_bom_handling(narrow).0.into_owned(),
            None => text::decode(narrow).text.into_owned(),
        }
    }

    /// The eight bytes of a property of fixed length.
    fn fixed(&self, tag: u16) -> Option<&[u8]> {
        const ENTRY: usize = 16;
        // The head has 32 bytes in a file, 24 in a message within, 8 elsewhere.
        let heads: &[usize] = if self.fixed.len().is_multiple_of(ENTRY) { &[32] } else { &[24, 8] };
        heads.iter().find_map(|head| {
            let entries = self.fixed.get(*head..)?.chunks_exact(ENTRY);
            let mut entries = entries.filter(|entry| u16_at(entry, 2) == Some(tag));
            entries.next().map(|entry| &entry[8..])
        })
    }

    fn number(&self, tag: u16) -> Option<u32> {
        u32_at(self.fixed(tag)?, 0)
    }

    fn time(&self, tag: u16) -> Option<String> {
        time(u64_at(self.fixed(tag)?, 0)?)
    }

    /// Storages within whose names begin so, in their order.
    fn storages(&self, prefix: &str) -> Vec<Storage> {
        let named = self.members.iter().filter(|(name, _)| name.starts_with(prefix));
        named
            .filter_map(|(_, member)| match member {
                Member::Storage(storage) => Some(*storage),
                Member::Stream(_) => None,
            })
            .collect()
    }
}

/// The attachments in their order.
pub(crate) fn attachments(content: &[u8]) -> Result<Vec<Attachment>, Fault> {
    let ole = Ole::open(content).ok_or(DAMAGED)?;
    let message = Item::new(&ole, ROOT);
    let mut left = content.len();
    let mut out = Vec::new();
    for (number, storage) in (1..).zip(message.storages("__attach_version1.0_")) {
        let item = Item::new(&ole, storage);
        let inner = item.member(&format!("__substg1.0_{:04X}000D", tag::DATA));
        let name = [tag::LONG_NAME, tag::SHORT_NAME, tag::DISPLAY_NAME];
        let name = name.into_iter().find_map(|tag| item.line(tag));
        let attachment = if let Some(Member::Storage(inner)) = inner {
            let mut walk = Copy { ole: &ole, seen: BTreeSet::new(), left };
            let members = walk.members(*inner, true, 0).ok_or(OVERLAPPING)?;
            left = walk.left;
            let bytes = container(members).ok_or(OVERLAPPING)?;
            let name = name.unwrap_or_else(|| format!("attachment-{number}"));
            let name = if name.contains('.') { name } else { format!("{name}.msg") };
            Attachment { name, bytes }
        } else {
            let bytes = item.bytes(tag::DATA).unwrap_or_default();
            left = left.checked_sub(bytes.len()).ok_or(OVERLAPPING)?;
            Attachment { name: name.unwrap_or_else(|| format!("attachment-{number}")), bytes }
        };
        out.push(attachment);
    }
    Ok(out)
}

/// Copies a storage with all that lies in it.
struct Copy<'o, 'c> {
    ole: &'o Ole<'c>,
    seen: BTreeSet<usize>,
    left: usize,
}

impl Copy<'_, '_> {
    /// The members; `None` where storages or streams overlap.
    fn members(&mut self, storage: Storage, top: bool, depth: usize) -> Option<Vec<Node>> {
        /// A message in a message takes three levels; nothing honest was seen beyond 5 messages.
        const DEPTH_MAX: usize = 32;
        if depth > DEPTH_MAX {
            return None;
        }
        let mut nodes = Vec::new();
        for (name, member) in self.ole.members(storage) {
            match member {
                Member::Stream(at) => {
                    let mut bytes = self.ole.stream_at(at)?;
                    self.left = self.left.checked_sub(bytes.len())?;
                    if top && name == PROPERTIES {
                        as_file(&mut bytes);
                    }
                    nodes.push(Node::Stream(name.to_owned(), bytes));
                }
                Member::Storage(inner) => {
                    if !self.seen.insert(inner.number()) {
                        return None;
                    }
                    nodes.push(Node::Storage(
                        name.to_owned(),
                        self.members(inner, false, depth + 1)?,
                    ));
                }
            }
        }
        Some(nodes)
    }
}

/// The head of the properties of a message within is shorter than that of a file.
fn as_file(properties: &mut Vec<u8>) {
    const WITHIN: usize = 24;
    if properties.len() >= WITHIN && properties.len() % 16 == WITHIN % 16 {
        properties.splice(WITHIN..WITHIN, [0; 8]);
    }
}

/// Headers and body.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let Some(ole) = Ole::open(content) else {
        return DocumentRead::ended(DAMAGED.0, DAMAGED.1);
    };
    let message = Item::new(&ole, ROOT);
    let mut read = DocumentRead::read(Layout::default());
    let mut lines = Vec::new();
    for (label, key, value) in headers(&message) {
        if let Some(value) = value {
            lines.push(format!("{label}: {value}"));
            read.metadata.insert(key.to_owned(), value);
        }
    }
    let headers = message.text(tag::TRANSPORT_HEADERS).unwrap_or_default();
    if let Some(mailer) = headers.lines().find_map(|line| line.strip_prefix("X-Mailer: ")) {
        read.metadata.insert("application".to_owned(), mailer.trim().to_owned());
    }
    if let Some(modified) = message.time(tag::MODIFIED) {
        read.metadata.insert("modified".to_owned(), modified);
    }
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    for (index, line) in (0..).zip(lines) {
        let span = Span::new(line, Place::Paragraph { index });
        read.layout.blocks.push(Block::Paragraph(span));
    }
    let mut body = body(&message, options);
    shift(&mut body.layout.blocks, count);
    read.layout.blocks.append(&mut body.layout.blocks);
    read.problems.append(&mut body.problems);
    if let Some(reason) = body.reason {
        read.lower(reason);
    }
    read
}

/// Paragraphs of the body are numbered after those of the headers.
fn shift(blocks: &mut [Block], by: u32) {
    for block in blocks {
        if let Block::Paragraph(span) = block
            && let Place::Paragraph { index } = &mut span.place
        {
            *index = index.saturating_add(by);
        }
    }
}

fn headers(message: &Item<'_, '_>) -> [(&'static str, &'static str, Option<String>); 5] {
    let from = message.line(tag::SENDER_NAME);
    let address = [tag::SENDER_SMTP, tag::SENDER_ADDRESS].into_iter();
    let address = address.filter_map(|tag| message.line(tag)).find(|a| a.contains('@'));
    let date = message.time(tag::SUBMITTED).or_else(|| message.time(tag::DELIVERED));
    [
        ("From", "author", with_address(from, address)),
        ("To", "to", recipients(message, 1).or_else(|| message.line(tag::DISPLAY_TO))),
        ("Cc", "cc", recipients(message, 2).or_else(|| message.line(tag::DISPLAY_CC))),
        ("Date", "created", date),
        ("Subject", "title", message.line(tag::SUBJECT)),
    ]
}

fn recipients(message: &Item<'_, '_>, kind: u32) -> Option<String> {
    /// A mail to a large list has some hundred.
    const RECIPIENTS_MAX: usize = 1000;
    let mut out = Vec::new();
    for storage in message.storages("__recip_version1.0_").into_iter().take(RECIPIENTS_MAX) {
        let item = Item::new(message.ole, storage);
        if item.number(tag::RECIPIENT_KIND).unwrap_or(1) != kind {
            continue;
        }
        let address = [tag::SMTP_ADDRESS, tag::ADDRESS].into_iter();
        let address = address.filter_map(|tag| item.line(tag)).find(|a| a.contains('@'));
        out.extend(with_address(item.line(tag::DISPLAY_NAME), address));
    }
    (!out.is_empty()).then(|| out.join(", "))
}

fn with_address(name: Option<String>, address: Option<String>) -> Option<String> {
    match (name, address) {
        (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
        (name, address) => name.or(address),
    }
}

/// The body in the form that shows most: with tables, if one has any, else as plain text.
fn body(message: &Item<'_, '_>, options: &ReadOptions) -> DocumentRead {
    let has_table = |read: &DocumentRead| {
        read.layout.blocks.iter().any(|block| matches!(block, Block::Table(_)))
    };
    let page = message.bytes(tag::HTML).map(|bytes| html::read(&bytes, options));
    let page =
        page.or_else(|| message.text(tag::HTML).map(|t| html::read_text(&t, &options.limits)));
    if let Some(page) = page.as_ref().filter(|page| has_table(page)) {
        return page.clone();
    }
    let bytes_max = usize::try_from(options.limits.xml_bytes_max).unwrap_or(usize::MAX);
    let rich = message.bytes(tag::RTF).and_then(|packed| lzfu::unpack(&packed, bytes_max));
    let rich = rich.map(|bytes| rtf::read(&bytes, options));
    if let Some(rich) = rich.as_ref().filter(|rich| has_table(rich)) {
        return rich.clone();
    }
    let plain = message.text(tag::BODY).map(|text| plain(&text, options));
    let plain = plain.filter(|plain| !plain.layout.blocks.is_empty());
    plain.or(page).or(rich).unwrap_or_else(|| DocumentRead::read(Layout::default()))
}

fn plain(text: &str, options: &ReadOptions) -> DocumentRead {
    let text = text.trim_end_matches('\0');
    crate::delimited::lines(text, options)
}

#[cfg(test)]
mod tests;
