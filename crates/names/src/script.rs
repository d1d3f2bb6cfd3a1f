//! Owns the scripts that the engine knows and which script a character or text is in.
//! Does not fold or romanize. Invariant: characters of no known script never change the answer.
#![expect(clippy::match_same_arms, reason = "one arm per block of code points")]

/// A writing system that the engine knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// Latin letters, with or without diacritics.
    Latin,
    /// Arabic letters, with those of Persian, Urdu and Kurdish.
    Arabic,
    /// Cyrillic letters.
    Cyrillic,
    /// Greek letters.
    Greek,
    /// Hebrew letters.
    Hebrew,
    /// Armenian letters.
    Armenian,
    /// Georgian letters.
    Georgian,
    /// Chinese characters.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// Korean syllables and jamo.
    Hangul,
    /// Devanagari letters.
    Devanagari,
    /// No letter of a known script.
    Other,
}

/// Number of scripts, for tables indexed by script.
pub(crate) const SCRIPTS: usize = 12;

const ALL: [Script; SCRIPTS] = [
    Script::Latin,
    Script::Arabic,
    Script::Cyrillic,
    Script::Greek,
    Script::Hebrew,
    Script::Armenian,
    Script::Georgian,
    Script::Han,
    Script::Kana,
    Script::Hangul,
    Script::Devanagari,
    Script::Other,
];

const NAMES: [&str; SCRIPTS] = [
    "latin",
    "arabic",
    "cyrillic",
    "greek",
    "hebrew",
    "armenian",
    "georgian",
    "han",
    "kana",
    "hangul",
    "devanagari",
    "other",
];

impl Script {
    /// The script of one character, or `None` if the character belongs to no known script.
    ///
    /// ```
    /// use names::Script;
    /// assert_eq!(Script::of('ش'), Some(Script::Arabic));
    /// assert_eq!(Script::of('7'), None);
    /// ```
    pub fn of(c: char) -> Option<Script> {
        Some(match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{250}'..='\u{2AF}' => Script::Latin,
            '\u{1E00}'..='\u{1EFF}' | '\u{FB00}'..='\u{FB06}' | '\u{FF21}'..='\u{FF5A}' => {
                Script::Latin
            }
            '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{6D5}' | '\u{6EE}'..='\u{6EF}' => {
                Script::Arabic
            }
            '\u{6FA}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8C9}' => Script::Arabic,
            '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
            '\u{400}'..='\u{52F}' => Script::Cyrillic,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
            '\u{5D0}'..='\u{5F2}' | '\u{FB1D}'..='\u{FB4F}' => Script::Hebrew,
            '\u{531}'..='\u{587}' | '\u{FB13}'..='\u{FB17}' => Script::Armenian,
            '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' | '\u{2D00}'..='\u{2D2F}' => {
                Script::Georgian
            }
            '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}' => {
                Script::Kana
            }
            '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}' => {
                Script::Hangul
            }
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '々' => {
                Script::Han
            }
            '\u{900}'..='\u{97F}' => Script::Devanagari,
            _ => return None,
        })
    }

    /// The script of most letters of `text`; the first one met wins a tie.
    ///
    /// ```
    /// use names::Script;
    /// assert_eq!(Script::of_text("سمير (Sam)"), Script::Arabic);
    /// ```
    pub fn of_text(text: &str) -> Script {
        let mut counts = [0usize; SCRIPTS];
        let mut order: Vec<Script> = Vec::new();
        for script in text.chars().filter_map(Script::of) {
            if !order.contains(&script) {
                order.push(script);
            }
            counts[script.index()] += 1;
        }
        let mut best = Script::Other;
        for script in order {
            if counts[script.index()] > counts[best.index()] {
                best = script;
            }
        }
        best
    }

    /// Whether the script writes consonants and leaves most vowels out.
    pub fn is_abjad(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }

    /// The name of the script in lower case.
    pub fn as_str(self) -> &'static str {
        NAMES[self.index()]
    }

    /// The script of this name, as [`Script::as_str`] gives it.
    pub fn parse(name: &str) -> Option<Script> {
        ALL.into_iter().find(|script| script.as_str() == name)
    }

    /// Position in tables indexed by script.
    pub(crate) fn index(self) -> usize {
        match self {
            Script::Latin => 0,
            Script::Arabic => 1,
            Script::Cyrillic => 2,
            Script::Greek => 3,
            Script::Hebrew => 4,
            Script::Armenian => 5,
            Script::Georgian => 6,
            Script::Han => 7,
            Script::Kana => 8,
            Script::Hangul => 9,
            Script::Devanagari => 10,
            Script::Other => 11,
        }
    }
}
