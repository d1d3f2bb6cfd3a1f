//! Streaming XML: a file as a sequence of whole record elements, each a small tree.
//!
//! Only the record in hand is in memory, so a file of any size needs little. Names are local names:
//! the lists use one namespace each, under changing prefixes. White space is folded to single
//! blanks, since the publishers wrap and indent text at will.
//!
//! Deliberately absent: document types. They are passed over, so no entity but the five of XML and
//! numeric references is ever resolved; a reference to any other stays in the text as written.
//!
//! Invariants: depth, size of a record and size of a single tag or text are bounded; after damage
//! the records before it have been given and the damage is the last item.

use std::io::{self, BufRead, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::{ListError, Member, ReadContext};

/// Elements within elements. The deepest known list (OFAC Advanced) has 11.
const DEPTH_MAX: usize = 64;
/// Elements of one record. The largest known record (reference values of OFAC) has some 10,000.
const RECORD_ELEMENTS_MAX: usize = 200_000;
/// Bytes of text and attributes of one record; the largest known has some 1 MB.
const RECORD_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Bytes of one tag, text or comment; the longest known text has some 30 KB.
const EVENT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Bytes that are looked at for the encoding.
const DECLARATION_BYTES_MAX: usize = 256;

/// An element with everything below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Local name.
    pub(crate) name: String,
    /// Attributes by local name, in order.
    attributes: Vec<(String, String)>,
    /// Child elements, in order.
    pub(crate) children: Vec<Element>,
    /// Its own text, white space folded.
    text: String,
}

impl Element {
    /// An attribute; empty if it is not there.
    pub(crate) fn attr(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Its own text, without that of its children.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// All elements of a name below, however deep, but not inside each other.
    pub(crate) fn below(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            } else {
                found.extend(child.below(name));
            }
        }
        found
    }

    /// All elements at a path of names below: `INDIVIDUAL_ALIAS/ALIAS_NAME`.
    pub(crate) fn all(&self, path: &str) -> Vec<&Element> {
        let mut found = vec![self];
        for name in path.split('/') {
            found = found
                .into_iter()
                .flat_map(|element| element.children.iter().filter(|child| child.name == name))
                .collect();
        }
        found
    }

    /// The texts at a path that are not blank.
    pub(crate) fn texts(&self, path: &str) -> Vec<&str> {
        self.all(path).into_iter().map(Element::text).filter(|text| !text.is_empty()).collect()
    }

    /// The texts of elements of a name below that are not blank.
    pub(crate) fn texts_below(&self, name: &str) -> Vec<&str> {
        self.below(name).into_iter().map(Element::text).filter(|text| !text.is_empty()).collect()
    }

    /// The first text at a path; empty if there is none.
    pub(crate) fn text_at(&self, path: &str) -> &str {
        self.texts(path).first().copied().unwrap_or_default()
    }
}

/// What comes out of a file, in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A start tag outside the records, without its children; the root comes first.
    Tag(Element),
    /// A record and its running number in the file, from 1; an aside has the number 0.
    Record(Element, u64),
    /// A record that was passed over, and why.
    Refused(u64, String),
    /// The file is damaged from this byte on; nothing follows.
    Broken(u64, String),
}

/// The names of the elements that are given whole, wherever they stand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted<'w> {
    /// Elements that say something of the list or of many records; they are not counted.
    pub(crate) asides: &'w [&'w str],
    /// The records.
    pub(crate) records: &'w [&'w str],
}

/// Reads the records and asides of a file, in order.
pub(crate) struct Records<'w, R: Read> {
    reader: Reader<Metered<Decoded<R>>>,
    buffer: Vec<u8>,
    wanted: Wanted<'w>,
    /// Elements open outside a record.
    depth: usize,
    number: u64,
    ended: bool,
}

impl<'w, R: Read> Records<'w, R> {
    pub(crate) fn new(input: R, wanted: Wanted<'w>) -> Self {
        let metered = Metered { inner: Decoded::new(input), left: EVENT_BYTES_MAX };
        let mut reader = Reader::from_reader(metered);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), wanted, depth: 0, number: 0, ended: false }
    }

    fn step(&mut self) -> Result<Step, String> {
        self.buffer.clear();
        self.reader.get_mut().left = EVENT_BYTES_MAX;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(tag)) => Ok(Step::Open(open(&tag))),
            Ok(Event::End(_)) => Ok(Step::Close),
            Ok(Event::Text(text)) => Ok(Step::Text(text.xml10_content().into_owned())),
            Ok(Event::CData(text)) => Ok(Step::Text(text.xml10_content().into_owned())),
            Ok(Event::GeneralRef(reference)) => Ok(Step::Text(resolve(&reference))),
            Ok(Event::Eof) => Ok(Step::End),
            Ok(_) => Ok(Step::Nothing),
            Err(error) => Err(error.to_string()),
        }
    }

    fn next_item(&mut self) -> Result<Option<Item>, String> {
        loop {
            match self.step()? {
                Step::Open(element) if self.wanted.records.contains(&element.name.as_str()) => {
                    self.number += 1;
                    return self.record(element, self.number).map(Some);
                }
                Step::Open(element) if self.wanted.asides.contains(&element.name.as_str()) => {
                    return self.record(element, 0).map(Some);
                }
                Step::Open(element) => {
                    self.depth += 1;
                    if self.depth > DEPTH_MAX {
                        return Err(format!("elements nested deeper than {DEPTH_MAX}"));
                    }
                    return Ok(Some(Item::Tag(element)));
                }
                Step::Close => self.depth = self.depth.saturating_sub(1),
                Step::End if self.depth > 0 => return Err("the file ends too early".to_owned()),
                Step::End => return Ok(None),
                Step::Text(_) | Step::Nothing => {}
            }
        }
    }

    /// Reads to the end of the record that `root` opened.
    fn record(&mut self, root: Element, number: u64) -> Result<Item, String> {
        let mut open = vec![root];
        let (mut elements, mut bytes) = (1, 0);
        let mut refused = None;
        let mut below = 0_usize;
        loop {
            let step = self.step()?;
            if refused.is_some() {
                match step {
                    Step::Open(_) => below += 1,
                    Step::Close if below == 0 => break,
                    Step::Close => below -= 1,
                    Step::End => return Err("the file ends inside a record".to_owned()),
                    Step::Text(_) | Step::Nothing => {}
                }
                continue;
            }
            match step {
                Step::Open(element) => {
                    elements += 1;
                    bytes += element.attributes.iter().map(|(_, value)| value.len()).sum::<usize>();
                    open.push(element);
                }
                Step::Text(text) => {
                    bytes += text.len();
                    open.last_mut().expect("a record is open").text.push_str(&text);
                }
                Step::Close => {
                    let mut closed = open.pop().expect("a record is open");
                    closed.text = fold_blanks(&closed.text);
                    match open.last_mut() {
                        Some(parent) => parent.children.push(closed),
                        None => return Ok(Item::Record(closed, number)),
                    }
                }
                Step::End => return Err("the file ends inside a record".to_owned()),
                Step::Nothing => {}
            }
            refused = over_limit(open.len(), elements, bytes);
            if refused.is_some() {
                below = open.len() - 1;
                open = Vec::new();
            }
        }
        Ok(Item::Refused(number, refused.unwrap_or_default()))
    }
}

impl<R: Read> Iterator for Records<'_, R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        match self.next_item() {
            Ok(Some(item)) => Some(item),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(reason) => {
                self.ended = true;
                Some(Item::Broken(self.reader.buffer_position(), reason))
            }
        }
    }
}

/// Calls `on` with every start tag outside the records, every aside and every record of a file (the
/// last with its number). What cannot be read is reported; a record on which `on` fails costs
/// itself only.
pub(crate) fn for_each_record(
    member: &Member,
    context: &mut ReadContext,
    wanted: Wanted,
    mut on: impl FnMut(&mut ReadContext, &Element, Option<u64>),
) -> Result<(), ListError> {
    for item in Records::new(member.open()?, wanted) {
        let (element, number) = match item {
            Item::Tag(element) => (element, None),
            Item::Record(element, number) => (element, (number > 0).then_some(number)),
            Item::Refused(number, reason) => {
                context.skipped(member, number, "record_too_large", reason);
                continue;
            }
            Item::Broken(at, reason) => {
                let reason = format!("{reason}, near byte {at}");
                return Err(ListError::Damaged { file: member.name.clone(), reason });
            }
        };
        let result = catch_unwind(AssertUnwindSafe(|| on(context, &element, number)));
        if result.is_err() {
            let message = "the reader failed on this record";
            context.skipped(member, number.unwrap_or(0), "reader_failed", message);
        }
    }
    Ok(())
}

enum Step {
    Open(Element),
    Close,
    Text(String),
    Nothing,
    End,
}

fn over_limit(depth: usize, elements: usize, bytes: usize) -> Option<String> {
    if depth > DEPTH_MAX {
        Some(format!("elements nested deeper than {DEPTH_MAX}"))
    } else if elements > RECORD_ELEMENTS_MAX {
        Some(format!("more than {RECORD_ELEMENTS_MAX} elements"))
    } else if bytes > RECORD_BYTES_MAX {
        Some(format!("more than {RECORD_BYTES_MAX} bytes of text"))
    } else {
        None
    }
}

fn open(tag: &BytesStart) -> Element {
    let attributes = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
            (local_name(attribute.key.as_ref()).to_owned(), fold_blanks(&value))
        })
        .collect();
    Element { name: local_name(tag.name().as_ref()).to_owned(), attributes, ..Element::default() }
}

fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The text of a reference; as written if it is none of those that XML defines by itself.
fn resolve(reference: &quick_xml::events::BytesRef) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = reference;
    match quick_xml::escape::resolve_xml_entity(name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

/// Folds white space, no-break spaces included, to single blanks and takes it off both ends.
pub(crate) fn fold_blanks(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Gives at most so many bytes until the meter is set again, so that no single tag or text can fill
/// the memory.
struct Metered<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let message = format!("a tag or text of more than {EVENT_BYTES_MAX} bytes");
            return Err(io::Error::other(message));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.inner.consume(count);
    }
}

/// Bytes in any encoding as UTF-8; what is none becomes U+FFFD, so that one bad byte does not cost
/// the rest of the file.
struct Decoded<R> {
    inner: BufReader<R>,
    decoder: Option<Decoder>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    fn new(inner: R) -> Self {
        let inner = BufReader::with_capacity(64 * 1024, inner);
        Self { inner, decoder: None, text: Vec::new(), at: 0, ended: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        let input = self.inner.fill_buf()?;
        let decoder = self.decoder.get_or_insert_with(|| encoding_of(input).new_decoder());
        let last = input.is_empty();
        let room = decoder.max_utf8_buffer_length(input.len()).unwrap_or(4 * input.len() + 64);
        self.text.clear();
        self.text.resize(room, 0);
        self.at = 0;
        let (result, read, written, _) = decoder.decode_to_utf8(input, &mut self.text, last);
        debug_assert_eq!(result, CoderResult::InputEmpty, "the room was reckoned for all of it");
        self.text.truncate(written);
        self.inner.consume(read);
        self.ended = last;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.text.len() && !self.ended {
            self.decode_more()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
    }
}

/// The encoding that the XML declaration names; UTF-8 without one. A byte order mark goes first,
/// but the decoder sees to that itself.
fn encoding_of(head: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(&head[..head.len().min(DECLARATION_BYTES_MAX)]);
    let declared = head
        .split_once("encoding=")
        .filter(|(before, _)| before.trim_start().starts_with("<?xml") && !before.contains("?>"))
        .and_then(|(_, after)| after.split(['"', '\'']).nth(1));
    declared.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(xml: &str) -> Vec<Item> {
        Records::new(xml.as_bytes(), Wanted { asides: &[], records: &["r"] }).collect()
    }

    fn records(bytes: &[u8]) -> Vec<Element> {
        Records::new(bytes, Wanted { asides: &[], records: &["r"] })
            .filter_map(|item| match item {
                Item::Record(element, _) => Some(element),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn records_come_whole_and_with_their_number() {
        let xml = "<a:list date='2026'><x/><r n='1'><p>One\n  &amp; <![CDATA[<two>]]></p></r><r/></a:list>";
        let items = items(xml);
        let Item::Tag(root) = &items[0] else { panic!("no root: {items:?}") };
        assert_eq!((root.name.as_str(), root.attr("date")), ("list", "2026"));
        let Item::Record(first, 1) = &items[2] else { panic!("no record: {items:?}") };
        assert_eq!((first.attr("n"), first.text_at("p")), ("1", "One & <two>"));
        assert!(matches!(&items[3], Item::Record(_, 2)), "{items:?}");
        assert_eq!(items.len(), 4);
    }

    #[test]
    fn entities_of_a_document_type_are_never_resolved() {
        let xml = "<!DOCTYPE l [<!ENTITY e SYSTEM 'file:///etc/hostname'><!ENTITY b 'x'>]>\
                   <l><r><p>&e;&b;&#65;&lt;</p><p a='&b;'/></r></l>";
        let found = records(xml.as_bytes());
        assert_eq!(found[0].text_at("p"), "&e;&b;A<");
        assert_eq!(found[0].children[1].attr("a"), "&b;");
    }

    #[test]
    fn damage_comes_last_and_keeps_what_stood_before() {
        for xml in ["<l><r/><r><p>", "<l><r/><r></q></l>", "<l><r/>"] {
            let items = items(xml);
            assert!(matches!(items[1], Item::Record(_, 1)), "{items:?}");
            assert!(matches!(items.last(), Some(Item::Broken(..))), "{items:?}");
        }
    }

    #[test]
    fn a_record_that_is_too_deep_is_passed_over_alone() {
        let deep = format!("<l><r>{}{}</r><r>2</r></l>", "<d>".repeat(99), "</d>".repeat(99));
        let items = items(&deep);
        assert!(matches!(items[1], Item::Refused(1, _)), "{items:?}");
        let Item::Record(second, 2) = &items[2] else { panic!("{items:?}") };
        assert_eq!(second.text(), "2");
    }

    #[test]
    fn a_text_without_end_does_not_fill_the_memory() {
        let endless = format!("<l><r/><r>{}", "x".repeat(EVENT_BYTES_MAX + 100_000));
        let items = items(&endless);
        assert!(matches!(items.last(), Some(Item::Broken(..))));
    }

    #[test]
    fn other_encodings_are_read() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><l><r><p>Ren\xe9</p></r></l>";
        assert_eq!(records(latin)[0].text_at("p"), "René");
        let utf16: Vec<u8> =
            "\u{feff}<?xml version='1.0' encoding='UTF-16'?><l><r><p>سعيد</p></r></l>"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect();
        assert_eq!(records(&utf16)[0].text_at("p"), "سعيد");
        let bad = b"<l><r><p>Ren\xe9 Two</p></r><r/></l>";
        assert_eq!(records(bad)[0].text_at("p"), "Ren\u{fffd} Two");
        assert_eq!(records(bad).len(), 2);
    }
}
