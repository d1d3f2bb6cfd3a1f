//! Owns the analysed name: its parts, their tags and the reason for each tag.
//! Does not analyse or compare. Invariant: a `Name` always has at least one part if its text had
//! a letter or digit, and parts stand in the order in which they were written.

use std::sync::OnceLock;

use crate::fold::fold;
use crate::unit::Unit;
use crate::{Script, romanize};

/// What a name belongs to; decides which words are names and which are forms of address or law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A natural person.
    Person,
    /// A company, bank, party, armed group or office.
    Organization,
    /// A ship or aircraft.
    Vessel,
    /// Anything else, or not known.
    Other,
}

/// The role of a part within a name, in the terms of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    /// Given name.
    Given,
    /// Name of the father or a forefather: the nasab chain, a patronymic.
    Patronymic,
    /// Family name.
    Family,
    /// "Father of", "mother of": a teknonym, often a war name.
    Kunya,
    /// Honorific or descriptive byname.
    Laqab,
    /// Name of origin, tribe or trade, mostly with article and final i.
    Nisba,
    /// Article, nasab link or preposition.
    Particle,
    /// Title or form of address.
    Honorific,
    /// Generational or academic suffix.
    Suffix,
    /// A single letter that stands for a name.
    Initial,
    /// Legal form of an organization.
    LegalForm,
    /// Word for the kind of organization.
    ClassWord,
    /// A number.
    Number,
    /// A place.
    Place,
    /// A part whose role could not be told.
    Unknown,
}

impl Tag {
    /// Whether parts of this tag carry the identity of the name.
    pub fn is_content(self) -> bool {
        !matches!(
            self,
            Tag::Particle | Tag::Honorific | Tag::Suffix | Tag::LegalForm | Tag::ClassWord
        )
    }

    /// The tag in lower case, as explanations print it.
    pub fn as_str(self) -> &'static str {
        match self {
            Tag::Given => "given",
            Tag::Patronymic => "patronymic",
            Tag::Family => "family",
            Tag::Kunya => "kunya",
            Tag::Laqab => "laqab",
            Tag::Nisba => "nisba",
            Tag::Particle => "particle",
            Tag::Honorific => "honorific",
            Tag::Suffix => "suffix",
            Tag::Initial => "initial",
            Tag::LegalForm => "legal form",
            Tag::ClassWord => "class word",
            Tag::Number => "number",
            Tag::Place => "place",
            Tag::Unknown => "unknown",
        }
    }
}

/// One part of a name: a word, or words that make one name (`Abd al-Rahman`, `Abu Hamid`).
#[derive(Clone, Debug, PartialEq)]
pub struct NamePart {
    pub(crate) text: String,
    pub(crate) folded: String,
    pub(crate) spelled: String,
    pub(crate) latin: String,
    pub(crate) tag: Tag,
    pub(crate) reason: &'static str,
    pub(crate) unit: Unit,
    /// Negative logarithm of the share of people who have the part, by the bundled table.
    pub(crate) surprise: f32,
    /// Of a kunya: whether it is a mother's.
    pub(crate) is_mother: bool,
}

impl NamePart {
    /// The part as written.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The part in its own script, orthography folded, without article or kunya head.
    pub fn folded(&self) -> &str {
        &self.folded
    }
    /// As [`NamePart::folded`], with the accents, hamza seats and endings that tell spellings apart.
    pub fn spelled(&self) -> &str {
        &self.spelled
    }
    /// The part in plain Latin letters.
    pub fn latin(&self) -> &str {
        &self.latin
    }
    /// Its role.
    pub fn tag(&self) -> Tag {
        self.tag
    }
    /// Why it has this role.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
    /// Key under which [`crate::Rarity`] counts this part: equal for most spellings of one name.
    pub fn token_key(&self) -> u64 {
        self.unit.rarity_key
    }
}

/// An analysed name, ready to be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub(crate) raw: String,
    pub(crate) folded: OnceLock<String>,
    pub(crate) latin: OnceLock<String>,
    pub(crate) kind: Kind,
    pub(crate) parts: Vec<NamePart>,
    pub(crate) content: Vec<u8>,
    pub(crate) spans: Vec<Span>,
    pub(crate) numbers: Vec<u64>,
    /// Class words, sorted and each once, but for those that every company has.
    pub(crate) classes: Vec<Class>,
    /// Whether a class word that every company may have says what it is: a group, an industry.
    pub(crate) says_kind: bool,
    /// The kinds of body in law that its legal forms can be, as bits; 0 if it has none.
    pub(crate) legal: u8,
    /// What the text gives as names by themselves: without what stands in brackets, the former name.
    pub(crate) readings: Vec<Name>,
    /// 1 for senior, 2 for junior and the second, and so on.
    pub(crate) generation: Option<u8>,
    pub(crate) whole: u64,
    pub(crate) order: u64,
    pub(crate) sorted: u64,
}

/// A word for the kind of organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Class {
    /// Hash of its canonical form.
    pub(crate) key: u64,
    /// Whether "and" stands beside it: one of several trades that a name lists.
    pub(crate) is_listed: bool,
    /// The kinds near it, as bits.
    pub(crate) family: u16,
}

/// Neighbouring content parts taken as one, for names that others write in one word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    /// First content part, by position among the content parts.
    pub(crate) from: u8,
    /// Number of content parts.
    pub(crate) count: u8,
    /// Sounds of its parts; letters, where class words belong to the run.
    pub(crate) sounds: usize,
    /// The run as others write it, folded, where it is not made of the cores of its parts.
    pub(crate) written: Option<Box<str>>,
    /// Similarity from which it meets a part.
    pub(crate) least: f32,
    pub(crate) unit: OnceLock<Unit>,
}

impl Name {
    /// The text as given.
    pub fn raw(&self) -> &str {
        &self.raw
    }
    /// The text with its orthography folded, script kept.
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(&self.raw))
    }
    /// The parts in plain Latin letters, parted by blanks.
    pub fn latin(&self) -> &str {
        self.latin.get_or_init(|| {
            let parts = self.parts.iter().map(|part| part.latin.as_str());
            parts.filter(|latin| !latin.is_empty()).collect::<Vec<_>>().join(" ")
        })
    }
    /// What the name belongs to.
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// The script of most of its letters.
    pub fn script(&self) -> Script {
        Script::of_text(&self.raw)
    }
    /// All parts in the order written, particles and titles included.
    pub fn parts(&self) -> &[NamePart] {
        &self.parts
    }
    /// Whether nothing was found that a comparison could use.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }
    /// The unit of a run of neighbouring parts; made when first asked for, few comparisons do.
    pub(crate) fn span_unit<'a>(&'a self, span: &'a Span) -> &'a Unit {
        span.unit.get_or_init(|| {
            if let Some(written) = &span.written {
                let script = Script::of_text(written);
                return Unit::new(script, (written, written), &romanize(written), false);
            }
            let (from, count) = (usize::from(span.from), usize::from(span.count));
            let parts = (from..from + count).map(|at| self.content_part(at));
            Unit::joined(&parts.collect::<Vec<_>>())
        })
    }
    pub(crate) fn content_part(&self, at: usize) -> &NamePart {
        &self.parts[usize::from(self.content[at])]
    }
}
