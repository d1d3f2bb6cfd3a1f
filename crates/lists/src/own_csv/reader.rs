//! Bytes to rows with known columns: encoding, delimiter and header are found, not asked for.
//!
//! Rows of one id that follow each other are one subject (some tables have a row per name).

use std::collections::BTreeSet;
use std::io::Read;

use encoding_rs::Encoding;

use super::columns::{Target, fold, parse_target, target_of};
use super::mapper;
use crate::encoding::encoding_of;
use crate::rows::{Row, Rows};
use crate::{ListError, Member, ReadContext};

/// Bytes of a file that the encoding is told from: names in other letters may come late.
const SAMPLE_BYTES: u64 = 8 * 1024 * 1024;
/// Delimiters that are tried, in the order of preference at a tie.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The header of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// The delimiter it was split by.
    pub(super) delimiter: u8,
    /// The line it stands on, from 1.
    pub(super) line: u64,
    /// Its headings as written.
    pub(super) headings: Vec<String>,
    /// What they stand for.
    pub(super) targets: Vec<Option<Target>>,
}

impl Header {
    /// True if one of the columns holds names.
    pub(super) fn has_names(&self) -> bool {
        self.targets.iter().flatten().any(|target| {
            matches!(
                target.prop.as_str(),
                "name" | "firstName" | "lastName" | "alias" | "weakAlias"
            )
        })
    }

    fn column(&self, prop: &str) -> Option<usize> {
        self.targets.iter().position(|t| t.as_ref().is_some_and(|t| t.prop == prop))
    }
}

/// The header in the first line that holds anything, with the delimiter that makes most sense.
pub(super) fn guess_header(text: &str, map: &[(String, String)]) -> Option<Header> {
    let (index, first) = text.lines().enumerate().find(|(_, line)| {
        // Excel writes and reads a line that names the delimiter.
        !line.trim().is_empty() && !line.trim().to_ascii_lowercase().starts_with("sep=")
    })?;
    let line = index as u64 + 1;
    DELIMITERS
        .into_iter()
        .filter_map(|delimiter| {
            let row = Rows::new(first.as_bytes(), delimiter, encoding_rs::UTF_8).next()?.ok()?;
            Some(header_of(row, delimiter, line, map))
        })
        .rev()
        .max_by_key(|header| (header.targets.iter().flatten().count(), header.headings.len()))
}

fn header_of(row: Row, delimiter: u8, line: u64, map: &[(String, String)]) -> Header {
    let mut targets: Vec<Option<Target>> = Vec::new();
    for heading in &row.fields {
        let by_hand = map.iter().find(|(column, _)| fold(column) == fold(heading));
        let target = match by_hand {
            Some((_, target)) => Some(parse_target(target)),
            None => target_of(heading),
        };
        // A second column of ids or kinds says something else.
        let repeated = target.as_ref().is_some_and(|target| {
            matches!(target.prop.as_str(), "id" | "schema")
                && targets.iter().flatten().any(|t: &Target| t.prop == target.prop)
        });
        targets.push(target.filter(|_| !repeated));
    }
    let mut header = Header { delimiter, line, headings: row.fields, targets };
    part_of_name(&mut header, "firstName", "lastName", &["nom", "nombre"]);
    part_of_name(&mut header, "lastName", "firstName", &["имя", "name", "isim"]);
    header
}

/// `nom` beside `prénom` is the family name, `имя` beside `фамилия` the given name.
fn part_of_name(header: &mut Header, beside: &str, then: &str, headings: &[&str]) {
    if header.column(beside).is_none() || header.column(then).is_some() {
        return;
    }
    for (heading, target) in header.headings.iter().zip(&mut header.targets) {
        if let Some(target) = target
            && target.prop == "name"
            && headings.contains(&&*fold(heading))
        {
            then.clone_into(&mut target.prop);
        }
    }
}

/// Reads one table.
pub(super) fn read_file(member: &Member, context: &mut ReadContext) -> Result<(), ListError> {
    let encoding = sample_encoding(member)?;
    let text = if encoding == member.head.encoding {
        member.head.text.clone()
    } else {
        encoding.decode_with_bom_removal(&member.head.bytes).0.into_owned()
    };
    let header = guess_header(&text, &context.options.map).filter(Header::has_names);
    let Some(header) = header else {
        let reason =
            "no heading names a column of names; say which by --map COLUMN=name".to_owned();
        return Err(ListError::Damaged { file: member.name.clone(), reason });
    };
    context.set_title(&member.name);
    report_columns(&header, member, context);
    let mut seen = BTreeSet::new();
    let mut group: Vec<Row> = Vec::new();
    let mut group_id = String::new();
    for row in Rows::new(member.open()?, header.delimiter, encoding) {
        let row = row.map_err(|source| member.unreadable(source))?;
        if row.line <= header.line || row.is_blank() {
            continue;
        }
        if row.broken {
            context.skipped(member, row.line, "open_quote", "a quote is never closed");
            continue;
        }
        let id = id_of(&row, &header);
        if id != group_id && !group.is_empty() {
            mapper::map(&group_id, &group, &header, member, context);
            group.clear();
        }
        if group.is_empty() && !seen.insert(id.clone()) {
            let message = "the id stands in an earlier row as well; both are kept under it";
            context.problem(member, Some(row.line), "id_repeated", message);
        }
        report_length(&row, &header, member, context);
        group_id = id;
        group.push(row);
    }
    if !group.is_empty() {
        mapper::map(&group_id, &group, &header, member, context);
    }
    Ok(())
}

fn report_columns(header: &Header, member: &Member, context: &mut ReadContext) {
    for (heading, target) in header.headings.iter().zip(&header.targets) {
        if target.is_none() && !heading.trim().is_empty() {
            let message = format!(
                "column `{}` is not known and is kept as a note; say what it is by \
                 --map \"{}=PROPERTY\"",
                heading.trim(),
                heading.trim()
            );
            context.problem(member, Some(header.line), "column_unknown", message);
        }
    }
}

fn report_length(row: &Row, header: &Header, member: &Member, context: &mut ReadContext) {
    let expected = header.headings.len();
    let found = row.fields.len();
    let surplus = row.fields.iter().skip(expected).any(|f| !f.trim().is_empty());
    if found < expected || surplus {
        let message = format!("{found} fields where the header has {expected}");
        context.problem(member, Some(row.line), "field_count", message);
    }
}

/// The id in the row, or one made of its content, so that it survives inserted rows.
fn id_of(row: &Row, header: &Header) -> String {
    if let Some(id) = header.column("id").map(|c| row.field(c)).filter(|id| !id.is_empty()) {
        return id.to_owned();
    }
    row.content_id()
}

fn sample_encoding(member: &Member) -> Result<&'static Encoding, ListError> {
    let mut sample = Vec::new();
    // An error this far in is met again, and reported with its place, by the reading itself.
    let _ = member.open()?.take(SAMPLE_BYTES).read_to_end(&mut sample);
    Ok(encoding_of(&sample))
}
