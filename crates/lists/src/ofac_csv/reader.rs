//! Bytes to the rows of the four files, joined by entity number.
//!
//! Aliases, addresses and comments are held in memory (some 4 MB); the entities themselves stream.
//! A file ends in a byte 0x1A; null is `-0-` with a blank behind it. Header rows, which people add,
//! are passed over. Rows with a wrong number of fields are skipped and reported.

use std::collections::BTreeMap;

use super::mapper;
use crate::rows::{Row, Rows};
use crate::{Head, ListError, Member, ReadContext};

/// Rows of the head that are looked at to recognise a file.
const ROWS_LOOKED_AT: usize = 30;

/// What OFAC's files end in (Ctrl-Z of DOS).
const END_MARK: char = '\u{1A}';

/// Which of the four a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// One row per entity, 12 columns.
    Entities,
    /// One row per alias, 5 columns.
    Aliases,
    /// One row per address, 6 columns.
    Addresses,
    /// The ends of remarks that were too long, 2 columns.
    Comments,
}

impl Part {
    fn columns(self) -> usize {
        match self {
            Part::Entities => 12,
            Part::Aliases => 5,
            Part::Addresses => 6,
            Part::Comments => 2,
        }
    }
}

/// A row with the file it stands in.
pub(super) struct Joined<'a> {
    /// The file.
    pub(super) member: &'a Member,
    /// The row.
    pub(super) row: Row,
}

/// All that is said of one entity.
pub(super) struct Listed<'a> {
    /// Its row among the entities; two if it is on the SDN list and on another one.
    pub(super) rows: Vec<Joined<'a>>,
    /// Its aliases.
    pub(super) aliases: Vec<Joined<'a>>,
    /// Its addresses.
    pub(super) addresses: Vec<Joined<'a>>,
    /// The ends of its remarks, in order.
    pub(super) comments: Vec<Joined<'a>>,
}

type ByNumber<'a> = BTreeMap<u64, Vec<Joined<'a>>>;

/// The part that most rows of the head look like, if it is most of them.
pub(super) fn part_of(head: &Head) -> Option<Part> {
    if matches!(head.first_char(), Some('<' | '{' | '[')) {
        return None;
    }
    // The head may end inside a row.
    let end = head.text.rfind('\n').map_or(head.text.len(), |end| end + 1);
    let rows = Rows::new(&head.text.as_bytes()[..end], b',', encoding_rs::UTF_8);
    let mut seen = 0;
    let mut counts: Vec<(Part, usize)> = Vec::new();
    for row in rows.take(ROWS_LOOKED_AT).flatten().filter(|row| !row.is_blank()) {
        seen += 1;
        if let Some(part) = part_of_row(&row) {
            match counts.iter_mut().find(|(known, _)| *known == part) {
                Some((_, count)) => *count += 1,
                None => counts.push((part, 1)),
            }
        }
    }
    let (part, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    // Two columns of which one is a number are common: there every row must agree.
    let enough = if part == Part::Comments { count == seen } else { count * 2 >= seen };
    enough.then_some(part)
}

fn part_of_row(row: &Row) -> Option<Part> {
    number_of(row)?;
    let has_null = row.fields.iter().any(|field| field.trim() == "-0-");
    let second_is_number = row.field(1).parse::<u64>().is_ok();
    match row.fields.len() {
        12 if has_null => Some(Part::Entities),
        5 if second_is_number && matches!(row.field(2), "aka" | "fka" | "nka") => {
            Some(Part::Aliases)
        }
        6 if second_is_number && has_null => Some(Part::Addresses),
        2 if !second_is_number && row.field(1).len() > 3 => Some(Part::Comments),
        _ => None,
    }
}

/// The entity number. Where files were put one behind the other, the mark at the end of the first
/// stands in front of a number.
fn number_of(row: &Row) -> Option<u64> {
    row.field(0).trim_start_matches(END_MARK).parse().ok()
}

/// Reads the parts and maps one entity after the other.
pub(super) fn read_parts(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    let mut aliases = ByNumber::new();
    let mut addresses = ByNumber::new();
    let mut comments = ByNumber::new();
    let mut primary = Vec::new();
    for member in members {
        match part_of(&member.head) {
            Some(Part::Aliases) => collect(member, Part::Aliases, &mut aliases, context)?,
            Some(Part::Addresses) => collect(member, Part::Addresses, &mut addresses, context)?,
            Some(Part::Comments) => collect(member, Part::Comments, &mut comments, context)?,
            Some(Part::Entities) | None => primary.push(member),
        }
    }
    if primary.is_empty() {
        let reason =
            "these rows belong to a list of entities (sdn.csv) that is not among the files";
        let file = members[0].name.clone();
        return Err(ListError::Damaged { file, reason: reason.to_owned() });
    }
    context.set_title("OFAC sanctions list (legacy CSV)");
    let mut left = count_rows(&primary)?;
    let mut held = ByNumber::new();
    for member in primary {
        for row in Rows::new(member.open()?, b',', member.head.encoding) {
            let row = row.map_err(|source| member.unreadable(source))?;
            let Some(number) = check_row(&row, Part::Entities, member, context) else { continue };
            let mut rows = held.remove(&number).unwrap_or_default();
            rows.push(Joined { member, row });
            if let Some(left) = left.get_mut(&number).filter(|left| **left > 1) {
                *left -= 1;
                held.insert(number, rows);
                continue;
            }
            let listed = Listed {
                rows,
                aliases: aliases.remove(&number).unwrap_or_default(),
                addresses: addresses.remove(&number).unwrap_or_default(),
                comments: comments.remove(&number).unwrap_or_default(),
            };
            mapper::map(number, &listed, context);
        }
    }
    for orphans in [aliases, addresses, comments] {
        for Joined { member, row } in orphans.into_values().flatten() {
            let message = "no entity of the list has this number";
            context.skipped(member, row.line, "orphan_row", message);
        }
    }
    Ok(())
}

/// How many sound rows there are of each entity that has more than one.
fn count_rows(primary: &[&Member]) -> Result<BTreeMap<u64, u32>, ListError> {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for member in primary {
        for row in Rows::new(member.open()?, b',', member.head.encoding) {
            let row = row.map_err(|source| member.unreadable(source))?;
            if row.fields.len() == Part::Entities.columns()
                && let Some(number) = number_of(&row)
            {
                *counts.entry(number).or_default() += 1;
            }
        }
    }
    counts.retain(|_, count| *count > 1);
    Ok(counts)
}

fn collect<'a>(
    member: &'a Member,
    part: Part,
    rows: &mut ByNumber<'a>,
    context: &mut ReadContext,
) -> Result<(), ListError> {
    for row in Rows::new(member.open()?, b',', member.head.encoding) {
        let row = row.map_err(|source| member.unreadable(source))?;
        if let Some(number) = check_row(&row, part, member, context) {
            rows.entry(number).or_default().push(Joined { member, row });
        }
    }
    Ok(())
}

/// The entity number of a sound row. Reports and counts what is none; the mark at the end of the
/// file, blank rows and a header are passed over.
fn check_row(row: &Row, part: Part, member: &Member, context: &mut ReadContext) -> Option<u64> {
    let holds =
        |field: &String| !field.trim_matches(|c: char| c == END_MARK || c == ' ').is_empty();
    if !row.fields.iter().any(holds) {
        return None;
    }
    if row.broken {
        context.skipped(member, row.line, "open_quote", "a quote is never closed");
        return None;
    }
    let found = row.fields.len();
    let expected = part.columns();
    let Some(number) = number_of(row) else {
        let header = row.line == 1 && found == expected;
        if !header {
            let message = "the row does not begin with an entity number";
            context.skipped(member, row.line, "no_number", message);
        }
        return None;
    };
    if found != expected {
        let message = format!("{found} fields instead of {expected}");
        context.skipped(member, row.line, "field_count", message);
        return None;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Part>) {
        assert_eq!(part_of(&Head::new(text.as_bytes().to_vec())), expected);
    }

    #[test]
    fn the_four_files_are_told_by_their_columns() {
        let entity = "1,\"SAMPLE\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\u{1A}";
        check(entity, Some(Part::Entities));
        check(&format!("ID,Name,Type,C,D,E,F,G,H,I,J,K\r\n{entity}"), Some(Part::Entities));
        check("1,2,\"aka\",\"SAMPLE\",-0- \r\n", Some(Part::Aliases));
        check("1,2,-0- ,\"Sampletown\",\"France\",-0- \r\n", Some(Part::Addresses));
        check("1,\"ple'; Linked To: SAMPLE.\"\r\n", Some(Part::Comments));
        check("id,name\n1,Sample Person\n2,Sample Two\n3,Sample Three\n", None);
        check("name,dob\nSample Person,1980\n", None);
    }
}
