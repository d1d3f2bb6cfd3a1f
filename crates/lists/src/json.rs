//! Streaming JSON: the objects of a file one by one, each with its line.
//!
//! A file is either lines with one object each, or one array of objects, or objects one after the
//! other, pretty-printed or not. Lines are told by the first line being an object by itself; then a
//! damaged line costs itself only. Elsewhere objects are cut out by counting brackets.
//!
//! Invariants: size and depth of an object are bounded (the depth by `serde_json`, at 128).

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use serde_json::{Map, Value};

/// Bytes of one object. The largest known, a state in `targets.nested.json` with all its edges, has
/// some 10 MB.
const OBJECT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// An object or what is wrong with it, and the line it begins on, from 1.
pub(crate) type Numbered = (u64, Result<Map<String, Value>, String>);

/// Reads the objects of a file.
pub(crate) struct Objects<R: Read> {
    input: Chain<Cursor<Vec<u8>>, BufReader<R>>,
    shape: Shape,
    line: u64,
    ended: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Lines,
    Stream,
}

impl<R: Read> Objects<R> {
    /// The objects of UTF-8 text; bytes that are none become U+FFFD.
    pub(crate) fn new(input: R) -> io::Result<Self> {
        let mut input = BufReader::with_capacity(64 * 1024, input);
        let mut first = Vec::new();
        let mut shape = Shape::Lines;
        while first.len() <= OBJECT_BYTES_MAX {
            let start = first.len();
            if read_line(&mut input, &mut first)? == 0 {
                break;
            }
            let line = without_mark(&first[start..]);
            if !line.trim_ascii().is_empty() {
                let whole = serde_json::from_slice::<Map<String, Value>>(line).is_ok();
                shape = if whole { Shape::Lines } else { Shape::Stream };
                break;
            }
        }
        Ok(Self { input: Cursor::new(first).chain(input), shape, line: 1, ended: false })
    }

    fn next_object(&mut self) -> io::Result<Option<Numbered>> {
        loop {
            let (line, bytes) = match self.shape {
                Shape::Lines => {
                    let line = self.line;
                    let mut bytes = Vec::new();
                    if read_line(&mut self.input, &mut bytes)? == 0 {
                        return Ok(None);
                    }
                    self.line += 1;
                    (line, bytes)
                }
                Shape::Stream => match self.cut_object()? {
                    Some(found) => found,
                    None => return Ok(None),
                },
            };
            let bytes = without_mark(&bytes);
            if !bytes.trim_ascii().is_empty() {
                return Ok(Some((line, parse(bytes))));
            }
        }
    }

    /// Cuts out the next `{…}`. What stands between objects is passed over.
    fn cut_object(&mut self) -> io::Result<Option<(u64, Vec<u8>)>> {
        let mut first_line = self.line;
        let mut object = Vec::new();
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok((!object.is_empty()).then_some((first_line, object)));
            }
            let mut taken = 0;
            for &byte in available {
                taken += 1;
                self.line += u64::from(byte == b'\n');
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if quoted => escaped = true,
                    b'"' if depth > 0 => quoted = !quoted,
                    b'{' if !quoted => {
                        if depth == 0 {
                            first_line = self.line;
                        }
                        depth += 1;
                    }
                    b'}' if !quoted && depth > 0 => depth -= 1,
                    _ => {}
                }
                let ends = byte == b'}' && depth == 0;
                if (depth > 0 || (ends && !object.is_empty())) && object.len() <= OBJECT_BYTES_MAX {
                    object.push(byte);
                }
                if ends && !object.is_empty() {
                    break;
                }
            }
            self.input.consume(taken);
            if depth == 0 && !object.is_empty() {
                return Ok(Some((first_line, object)));
            }
        }
    }
}

impl<R: Read> Iterator for Objects<R> {
    type Item = io::Result<Numbered>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.next_object().transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

/// Appends a line with its end; beyond the limit the line is passed over but not kept.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    let mut count = 0;
    loop {
        let available = input.fill_buf()?;
        let end = available.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(available.len(), |end| end + 1);
        if line.len() <= OBJECT_BYTES_MAX {
            line.extend_from_slice(&available[..taken]);
        }
        input.consume(taken);
        count += taken;
        if end.is_some() || taken == 0 {
            return Ok(count);
        }
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn parse(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    if bytes.len() > OBJECT_BYTES_MAX {
        return Err(format!("more than {OBJECT_BYTES_MAX} bytes"));
    }
    let text = String::from_utf8_lossy(bytes);
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("not an object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// The members of an object in order of name, so that the order never hangs on how `serde_json`
/// was built.
pub(crate) fn members(object: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let mut members: Vec<(&str, &Value)> =
        object.iter().map(|(name, value)| (name.as_str(), value)).collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    members
}

/// A text, number or truth value as text; other values have none.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, Option<String>)> {
        Objects::new(text.as_bytes())
            .expect("memory can be read")
            .map(|item| {
                let (line, object) = item.expect("memory can be read");
                (line, object.ok().and_then(|o| o.get("id").and_then(text_of)))
            })
            .collect()
    }

    fn ids(found: &[(u64, Option<String>)]) -> Vec<(u64, &str)> {
        found.iter().map(|(line, id)| (*line, id.as_deref().unwrap_or("-"))).collect()
    }

    #[test]
    fn a_damaged_line_costs_itself_only() {
        let found = lines("\u{feff}{\"id\":1}\n\n{\"id\":\n{\"id\":2}\n[3]\n{\"id\":\"4\"}");
        assert_eq!(ids(&found), [(1, "1"), (3, "-"), (4, "2"), (5, "-"), (6, "4")]);
    }

    #[test]
    fn arrays_and_pretty_printed_objects_are_cut() {
        let array = lines("[\n  {\n \"id\": \"a\", \"x\": \"}\\\"{\"\n },\n {\"id\": \"b\"}\n]\n");
        assert_eq!(ids(&array), [(2, "a"), (5, "b")]);
        let pretty = lines("{\n\"id\": \"a\"\n}\n{\n\"id\": \"b\", \"y\": {\"z\": []}}");
        assert_eq!(ids(&pretty), [(1, "a"), (4, "b")]);
        let one_line = lines("[{\"id\":\"a\"},{\"id\":\"b\"}]");
        assert_eq!(ids(&one_line), [(1, "a"), (1, "b")]);
    }

    #[test]
    fn an_object_cut_short_is_told() {
        assert_eq!(ids(&lines("[{\"id\":\"a\"},{\"id\":\"b\"")), [(1, "a"), (1, "-")]);
        assert_eq!(ids(&lines("")), []);
        assert_eq!(ids(&lines("]]}}{{")), [(1, "-")]);
    }
}
