//! HTML cut into tags and text. Comments, declarations, scripts and styles are left out.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::escape::resolve_html5_entity;

/// A piece of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// Text, entities as they are.
    Text(&'t str),
    /// A tag that opens an element.
    Open(Tag<'t>),
    /// The name of an element that ends.
    Close(String),
}

/// A tag that opens.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'t> {
    /// Name in lower case.
    pub(super) name: String,
    attributes: &'t str,
}

/// Elements whose content is no text of the page.
const RAW: &[&str] = &["script", "style", "template", "noframes", "svg", "math", "xml"];

/// The pieces of a page, in order.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// From here on no comment, quote or raw element ends any more.
    comments_end: bool,
    quotes_end: [bool; 2],
    raw_end: bool,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, comments_end: false, quotes_end: [false; 2], raw_end: false }
    }

    /// Where the tag that begins at `at` ends: at the first `>` outside quotes.
    fn tag_end(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut place = at;
        loop {
            let next = memchr::memchr3(b'>', b'"', b'\'', &bytes[place..])? + place;
            let quote = bytes[next];
            if quote == b'>' {
                return Some(next);
            }
            // A quote counts where a value begins; elsewhere it is a slip of the writer.
            let opens = bytes[at..next].iter().rev().find(|b| !b.is_ascii_whitespace());
            let known = &mut self.quotes_end[usize::from(quote == b'"')];
            place = next + 1;
            if opens == Some(&b'=') && !*known {
                match memchr::memchr(quote, &bytes[place..]) {
                    Some(length) => place += length + 1,
                    None => *known = true,
                }
            }
        }
    }

    /// Past what begins with `<!` or `<?`.
    fn declaration(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("<!--") && !self.comments_end {
            if let Some(length) = memmem::find(&rest.as_bytes()[4..], b"-->") {
                self.at += 4 + length + 3;
                return;
            }
            self.comments_end = true;
        }
        self.at += memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
    }

    /// Past the content and the end of a raw element.
    fn skip_raw(&mut self, name: &str) {
        if self.raw_end {
            return;
        }
        let bytes = self.text.as_bytes();
        let mut place = self.at;
        while let Some(found) = memmem::find(&bytes[place..], b"</") {
            place += found + 2;
            let named = bytes.get(place..place + name.len());
            if named.is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes())) {
                let end = memchr::memchr(b'>', &bytes[place..]);
                self.at = end.map_or(bytes.len(), |end| place + end + 1);
                return;
            }
        }
        self.raw_end = true;
        // A script that never ends swallows the rest, as in browsers.
        self.at = bytes.len();
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let bytes = rest.as_bytes();
            let begins = bytes[0] == b'<';
            match bytes.get(1) {
                Some(b'!' | b'?') if begins => {
                    self.declaration();
                    continue;
                }
                Some(second) if begins && (second.is_ascii_alphabetic() || *second == b'/') => {}
                _ => {
                    let from = usize::from(begins);
                    let end = memchr::memchr(b'<', &bytes[from..]).map_or(rest.len(), |e| e + from);
                    self.at += end;
                    return Some(Token::Text(&rest[..end]));
                }
            }
            let Some(end) = self.tag_end(self.at) else {
                self.at = self.text.len();
                return None;
            };
            let inside = &self.text[self.at + 1..end];
            self.at = end + 1;
            if let Some(name) = inside.strip_prefix('/') {
                return Some(Token::Close(name_of(name)));
            }
            let name = name_of(inside);
            let attributes = &inside[name.len().min(inside.len())..];
            if RAW.contains(&name.as_str()) && !inside.ends_with('/') {
                self.skip_raw(&name);
                continue;
            }
            return Some(Token::Open(Tag { name, attributes }));
        }
    }
}

fn name_of(inside: &str) -> String {
    /// Names of elements are short; longer ones are none.
    const NAME_BYTES_MAX: usize = 32;
    let end =
        inside.bytes().take(NAME_BYTES_MAX).position(|b| !(b.is_ascii_alphanumeric() || b == b':'));
    let end = end.unwrap_or(inside.len().min(NAME_BYTES_MAX));
    inside.get(..end).unwrap_or_default().to_ascii_lowercase()
}

impl<'t> Tag<'t> {
    /// The value of an attribute; empty for one without a value.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('=') {
                Some(value) => value_of(value.trim_start()),
                None => ("", after),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(unescape(value));
            }
            // A lone `=` must not stop the way through the tag.
            rest = if next.len() < rest.len() { next } else { &rest[rest.ceil_char_boundary(1)..] };
        }
    }
}

/// The value at the begin and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Entities and numbers of characters to characters.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    /// The longest name of an entity has 31 letters.
    const NAME_MAX: usize = 32;
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end =
            rest.bytes().take(NAME_MAX).position(|b| !(b.is_ascii_alphanumeric() || b == b'#'));
        let name = &rest[..end.unwrap_or(rest.len().min(NAME_MAX)).min(rest.len())];
        let found = match name.strip_prefix('#') {
            Some(number) => numbered(number).map(|c| Cow::Owned(c.to_string())),
            None => resolve_html5_entity(name).map(Cow::Borrowed),
        };
        match found {
            Some(characters) => {
                out.push_str(&characters);
                rest = &rest[name.len()..];
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match u8::try_from(code) {
        // Numbers of control characters are meant as those of Windows.
        Ok(byte @ 0x80..=0x9f) => {
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
        }
        Ok(0) => None,
        _ => char::from_u32(code),
    }
}
