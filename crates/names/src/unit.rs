//! Owns the comparable form of one part, its unit: the word in the letters that the learned measures
//! read, its sounds, its keys of equality and rarity. Does not compare.
//! Invariant: what is worked out late (sketch, grams) is a pure function of the word.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHasher};

use crate::Script;
use crate::model::{Grams, LATIN_GRAM_MAX, Model, NATIVE_GRAM_MAX, letters_of};
use crate::part::NamePart;
use crate::sketch::{self, Sketch};
use crate::sounds::{skeleton, sounds};

/// The comparable form of a part, or of neighbouring parts joined.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    pub(crate) script: Script,
    /// The word as the learned measures read it: less folded, or romanized if they do not know
    /// its script.
    word: Box<str>,
    /// Sounds as ASCII letters, see [`sounds`].
    pub(crate) sounds: Box<[u8]>,
    /// Hash of the folded text: equal units of one script are the same word.
    pub(crate) exact: u64,
    /// Hash of all that likeness looks at: units with one identity are alike to everything.
    pub(crate) identity: u64,
    /// Hash of the sound skeleton, for counting how common a name is.
    pub(crate) rarity_key: u64,
    /// Whether an article was taken off, so that the other side may still have it.
    pub(crate) article: bool,
    learned: OnceLock<Arc<Learned>>,
}

/// What the learned measures need of a word. Worked out when first asked for: many comparisons are
/// decided without.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Learned {
    /// The alphabet in which the word is read.
    pub(crate) alphabet: Script,
    pub(crate) sketch: Sketch,
    /// Grams of the alphabet's model that start at each letter.
    pub(crate) grams: Grams,
    /// For Latin: the same letters as grams of the native side of the Latin–Latin model.
    pub(crate) mirror: Grams,
    /// For Latin: the word without what may be an Arabic article fused with it.
    pub(crate) bare: Option<Box<Unit>>,
}

impl Unit {
    /// `native` is the core in its own script, folded and less folded, `latin` its romanization.
    pub(crate) fn new(
        script: Script,
        (native, spelled): (&str, &str),
        latin: &str,
        article: bool,
    ) -> Unit {
        let sounds = sounds(latin);
        let word = if sketch::first_row(script).is_some() { spelled } else { latin };
        let exact = hash_text(native);
        Unit {
            script,
            word: word.into(),
            exact,
            identity: hash((script, exact, word, article)),
            rarity_key: hash_text(&skeleton(&sounds)),
            sounds: sounds.into_boxed_slice(),
            article,
            learned: OnceLock::new(),
        }
    }

    /// The unit of neighbouring parts written as one word.
    pub(crate) fn joined(parts: &[&NamePart]) -> Unit {
        let native: String = parts.iter().map(|part| part.folded.as_str()).collect();
        let spelled: String = parts.iter().map(|part| part.spelled.as_str()).collect();
        let latin: String = parts.iter().map(|part| part.latin.as_str()).collect();
        let (script, article) =
            parts.first().map_or((Script::Other, false), |p| (p.unit.script, p.unit.article));
        Unit::new(script, (&native, &spelled), &latin, article)
    }

    pub(crate) fn word(&self) -> &str {
        &self.word
    }

    pub(crate) fn learned(&self, model: &Model) -> &Learned {
        self.learned.get_or_init(|| {
            KNOWN.with_borrow_mut(|known| {
                if known.len() >= KNOWN_MAX {
                    known.clear();
                }
                let new = || Arc::new(Learned::new(model, self.script, &self.word));
                known.entry(self.identity).or_insert_with(new).clone()
            })
        })
    }
}

/// Words that a thread keeps: lists and caches repeat theirs. About 20 MB at most.
const KNOWN_MAX: usize = 1 << 15;

thread_local! {
    static KNOWN: RefCell<FxHashMap<u64, Arc<Learned>>> = RefCell::default();
}

impl Learned {
    fn new(model: &Model, script: Script, word: &str) -> Learned {
        let alphabet = if sketch::first_row(script).is_some() { script } else { Script::Latin };
        let word = &*as_in_arabic(script, word);
        let letters = letters_of(alphabet, word);
        let own = model
            .pair(alphabet)
            .map_or_else(Vec::new, |pair| pair.native.grams(&letters, NATIVE_GRAM_MAX));
        let (grams, mirror) = if alphabet == Script::Latin {
            (model.latin.grams(&letters, LATIN_GRAM_MAX), own)
        } else {
            (own, Vec::new())
        };
        let bare = (script == Script::Latin).then(|| without_article(word)).flatten();
        Learned {
            alphabet,
            sketch: Sketch::new(alphabet, word),
            grams,
            mirror,
            bare: bare.map(|bare| Box::new(Unit::new(script, (bare, bare), bare, false))),
        }
    }
}

/// The letters that Persian, Kurdish and Urdu add, as Arabic writes their sounds in foreign names: the
/// learned measures know Arabic spellings.
fn as_in_arabic(script: Script, word: &str) -> Cow<'_, str> {
    const ADDED: [char; 6] = ['پ', 'چ', 'ژ', 'گ', 'ڤ', 'ۋ'];
    if script != Script::Arabic || !word.contains(ADDED) {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'پ' => out.push('ب'),
            'چ' => out.push_str("تش"),
            'ژ' => out.push('ج'),
            'گ' => out.push('غ'),
            'ڤ' | 'ۋ' => out.push('ف'),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A Latin word without a fused Arabic article, assimilated ones included: `elzarquni`, `azzarquni`.
fn without_article(word: &str) -> Option<&str> {
    let bytes = word.as_bytes();
    let vowel = matches!(bytes.first(), Some(b'a' | b'e' | b'u'));
    let l = bytes.get(1) == Some(&b'l');
    let doubled = bytes.len() > 3 && bytes[1] == bytes[2] && bytes[1].is_ascii_alphabetic();
    (bytes.len() >= 5 && vowel && (l || doubled)).then(|| word.get(2..)).flatten()
}

/// Hash that is the same on every machine and in every version of this crate's format.
pub(crate) fn hash_text(text: &str) -> u64 {
    hash(text)
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
