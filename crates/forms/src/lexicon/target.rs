//! What a question may ask for, and how the heads of `data/labels.txt` name it.

use crate::{Key, Matter};

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Target {
    /// One key.
    One(Key),
    /// Two keys at once.
    Two(Key, Key),
    /// A part of the full name.
    NamePart(NamePart),
    /// What an exit form or a death notice asks besides.
    Matter(Matter),
    /// Something that none of the keys is about; the number tells such things apart.
    Else(u8),
}

/// Parts that a full name may be asked for in, in the order they are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NamePart {
    /// Given name.
    Given,
    /// Father's name.
    Father,
    /// Grandfather's name.
    Grandfather,
    /// Family or tribal name.
    Family,
}

/// A double question in the order of the form, so that each has one shape.
pub(super) fn ordered(left: Key, right: Key) -> Target {
    Target::Two(left.min(right), left.max(right))
}

pub(super) fn parse_head(head: &str, elses: &mut Vec<String>) -> Option<Target> {
    if let Some(name) = head.strip_prefix("- ") {
        elses.push(name.to_owned());
        return u8::try_from(elses.len() - 1).ok().map(Target::Else);
    }
    if let Some(matter) = head.strip_prefix("sheet.") {
        return Matter::parse(matter).map(Target::Matter);
    }
    if let Some(part) = head.strip_prefix("name.") {
        return Some(Target::NamePart(match part {
            "given" => NamePart::Given,
            "father" => NamePart::Father,
            "grandfather" => NamePart::Grandfather,
            "family" => NamePart::Family,
            _ => return None,
        }));
    }
    match head.split_once(" + ") {
        Some((left, right)) => Some(ordered(Key::parse(left)?, Key::parse(right)?)),
        None => Key::parse(head).map(Target::One),
    }
}
