//! Owns which neighbouring words make one name: article + name, `abd` + name, name + `Allah`,
//! name + `al-Din`, `Mc` + name. Does not give roles to the names.
//! Invariant: a name takes at least one word if there is one, and never goes over a comma.

use super::words::Word;
use crate::compound;
use crate::lexicon::{self, Role};

/// The words of a name with what the closed lists know of each.
pub(super) struct Words<'a> {
    pub(super) list: &'a [Word],
    roles: Vec<Option<Role>>,
    /// Whether some word is Arabic beyond doubt; then doubtful ones are read as Arabic, too.
    pub(super) shows_arabic: bool,
}

impl<'a> Words<'a> {
    pub(super) fn new(words: &'a [Word]) -> Words<'a> {
        let roles: Vec<Option<Role>> =
            words.iter().map(|word| lexicon::role(&word.folded)).collect();
        let shows_arabic = roles.iter().zip(words).any(|(role, word)| match role {
            Some(Role::Article | Role::KunyaHead | Role::Abd | Role::Allah | Role::Nasab) => true,
            Some(Role::Din) => word.folded != "din",
            _ => compound::looks_arabic(&word.folded),
        });
        Words { list: words, roles, shows_arabic }
    }

    pub(super) fn role(&self, at: usize) -> Option<Role> {
        self.roles.get(at).copied().flatten()
    }

    /// Whether a word stands at `at` and no comma before it.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        at > 0 && at < self.list.len() && !self.list[at - 1].comma_after
    }

    /// The core of the name that starts at `at`, and the number of words it takes.
    pub(super) fn name_at(&self, at: usize) -> (String, usize) {
        let Some(word) = self.list.get(at) else { return (String::new(), 0) };
        if self.is_article(at) {
            let (core, taken) = self.name_at(at + 1);
            return if taken > 0 { (core, taken + 1) } else { (word.folded.clone(), 1) };
        }
        match self.role(at) {
            Some(Role::Abd) if self.goes_on(at + 1) && self.is_ruled(at + 1) => self.abd_at(at),
            _ if self.is_somali_abd(at) => self.abd_at(at),
            Some(Role::Mac) if self.goes_on(at + 1) && !self.is_link(at + 1) => {
                (format!("{}{}", word.folded, self.list[at + 1].folded), 2)
            }
            Some(Role::Dhu) if self.goes_on(at + 1) => {
                let (owned, skip) = self.governed(at + 1);
                let needs_l = word.folded.is_ascii() && !word.folded.ends_with('l');
                let link = if needs_l { "l" } else { "" };
                (format!("{}{link}{owned}", word.folded), 2 + skip)
            }
            Some(Role::Short) if word.folded.is_ascii() && self.list.len() > 1 => {
                (lexicon::lookup(&word.folded).map_or("", |found| found.1).to_owned(), 1)
            }
            _ => self.compound_at(at),
        }
    }

    /// `Abdi` is a name by itself; joined by a hyphen it is `abd`.
    fn is_somali_abd(&self, at: usize) -> bool {
        matches!(self.list[at].folded.as_str(), "abdi" | "abdu")
            && self.list[at].hyphen_after
            && self.goes_on(at + 1)
            && self.role(at + 1).is_none()
    }

    /// What may stand behind `abd`: no link and no title, unless an article shows one of the
    /// names of God that are titles as well (`عبد المقدم`).
    fn is_ruled(&self, at: usize) -> bool {
        !self.is_link(at) || self.list[at].folded.starts_with("ال")
    }

    fn abd_at(&self, at: usize) -> (String, usize) {
        let (ruled, skip) = self.governed(at + 1);
        let abd = compound::abd_of(&self.list[at].folded);
        // After `abd` it is always the article, whatever names begin like it.
        let bare = compound::allah_core(ruled);
        let bare = bare.strip_prefix("ال").filter(|b| b.chars().count() >= 2).unwrap_or(bare);
        (format!("{abd}{bare}"), 2 + skip)
    }

    /// The word at `at` without its article, and whether the article is a word of its own.
    fn governed(&self, at: usize) -> (&str, usize) {
        let skip = usize::from(self.is_article(at) && self.goes_on(at + 1));
        (compound::strip_article(&self.list[at + skip].folded), skip)
    }

    /// "Nur al-Din", "Nasr Allah", "Saif al-Islam": the second word never stands alone.
    fn compound_at(&self, at: usize) -> (String, usize) {
        let word = &self.list[at];
        // The alef of the article never carries a hamza.
        let core = if word.spelled.starts_with(['أ', 'إ', 'آ']) && word.folded.starts_with("ال")
        {
            word.folded.clone()
        } else {
            compound::core_of(&word.folded)
        };
        // "Minnat Allah": nothing links to the name of a father called Allah.
        let is_link = self.is_link(at) && self.role(at + 1) != Some(Role::Allah);
        if !self.goes_on(at + 1) || is_link || word.folded.chars().nth(1).is_none() {
            return (core, 1);
        }
        let skip = usize::from(self.is_article(at + 1) && self.goes_on(at + 2));
        let second = &self.list[at + 1 + skip].folded;
        let is_linked = skip == 1 || second.starts_with("ال");
        match self.role(at + 1 + skip) {
            Some(Role::Allah) if skip == 0 => (compound::with_allah(&core), 2),
            Some(Role::Din)
                if is_linked
                    || !matches!(second.as_str(), "din" | "دين" | "дин")
                    || word.hyphen_after =>
            {
                (format!("{core}{}", compound::second_of(&core, "din")), 2 + skip)
            }
            Some(Role::Second) if is_linked => {
                (format!("{core}{}", compound::second_of(&core, "islam")), 2 + skip)
            }
            _ => (core, 1),
        }
    }

    fn is_link(&self, at: usize) -> bool {
        matches!(
            self.role(at),
            Some(
                Role::Nasab
                    | Role::AfterFather
                    | Role::KunyaHead
                    | Role::Honorific
                    | Role::Particle
                    | Role::FamilyParticle
            )
        )
    }

    /// An article is a word of its own. Forms that assimilate (`as-`, `ed-`, `ash-`) need the
    /// letter that they assimilate to, and a hyphen or a neighbour that asks for an article.
    pub(super) fn is_article(&self, at: usize) -> bool {
        if !self.goes_on(at + 1) {
            return false;
        }
        if self.role(at) == Some(Role::Article) {
            return true;
        }
        let (word, next) = (&self.list[at], &self.list[at + 1].folded);
        let mut letters = word.folded.chars();
        let Some(first) = letters.next() else { return false };
        let consonants = letters.as_str();
        if consonants.is_empty() {
            // "Abu l-Hasan", "Abdu r-Rahman".
            let runs_on = first == 'l' || next.starts_with(first) && first.is_ascii_alphabetic();
            return at > 0 && word.hyphen_after && runs_on && !"aeiou".contains(first);
        }
        let assimilates = matches!(first, 'a' | 'e' | 'u' | 'i' | 'о' | 'а' | 'э' | 'у')
            && word.folded.chars().nth(3).is_none()
            && next.starts_with(consonants);
        assimilates
            && (word.hyphen_after
                || at > 0
                    && (self.role(at - 1) == Some(Role::Abd)
                        || matches!(self.role(at + 1), Some(Role::Din | Role::Second))
                        || self.list[at + 1].folded.starts_with("rahman")
                        || self.list[at + 1].folded.starts_with("rehman")
                        // A small letter among capitals is no name.
                        || word.text.starts_with(char::is_lowercase)
                            && self.list[at + 1].text.starts_with(char::is_uppercase)))
    }
}
