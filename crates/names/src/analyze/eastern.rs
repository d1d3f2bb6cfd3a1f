//! Owns names of eastern Asia, whose family name stands first: Chinese, Korean, Vietnamese.
//! Does not cut names written as one word. Invariant: only a usual family name in front of names
//! of the same language is taken for one.

use super::Draft;
use super::words::Word;
use crate::Script;
use crate::part::Tag;

/// Usual Chinese family names in pinyin; most Korean ones differ from them.
const CHINESE: [&str; 58] = [
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma",
    "zhu", "hu", "guo", "he", "gao", "lin", "luo", "zheng", "liang", "xie", "song", "tang", "deng",
    "han", "feng", "cao", "peng", "zeng", "xiao", "tian", "dong", "pan", "yuan", "cai", "jiang",
    "yu", "du", "ye", "cheng", "wei", "su", "lu", "ding", "ren", "shen", "yao", "jiao", "cui",
    "zhong", "tan", "fan", "jin", "shi", "qin", "qiu",
];
const KOREAN: [&str; 30] = [
    "kim", "lee", "yi", "ri", "rhee", "park", "pak", "choi", "choe", "jung", "jeong", "chung",
    "kang", "cho", "jo", "yoon", "yun", "jang", "lim", "im", "oh", "seo", "shin", "sin", "kwon",
    "hwang", "ahn", "ryu", "hong", "ko",
];
const VIETNAMESE: [&str; 26] = [
    "nguyen",
    "tran",
    "le",
    "pham",
    "hoang",
    "huynh",
    "phan",
    "vu",
    "vo",
    "dang",
    "bui",
    "do",
    "ho",
    "ngo",
    "duong",
    "ly",
    "li",
    "dinh",
    "truong",
    "dao",
    "doan",
    "нгуен",
    "чан",
    "фам",
    "ле",
    "ли",
];

/// Whether the word is a Vietnamese family name in front of "Van" or "Thi", or one of these.
pub(super) fn is_vietnamese(words: &[Word], at: usize) -> bool {
    at < 2
        && words.len() > 2
        && matches!(words[1].folded.as_str(), "van" | "thi" | "ван" | "тхи")
        && VIETNAMESE.contains(&words[0].folded.as_str())
}

/// Marks the first name as that of the family, and the others as given, where the names are Chinese, Korean or Vietnamese.
pub(super) fn tag_family_first(drafts: &mut [Draft], shows_arabic: bool) {
    let open = |draft: &Draft| draft.tag == Tag::Unknown;
    if shows_arabic || drafts.len() < 2 || !drafts.iter().all(open) {
        return;
    }
    let (first, rest) = (&drafts[0], &drafts[1..]);
    let found = match Script::of_text(&first.core) {
        // A dot parts the names of foreigners, in their own order.
        Script::Han => !first.dot_after,
        // A family name of one syllable apart from the given name.
        Script::Hangul => first.core.chars().nth(1).is_none(),
        Script::Latin | Script::Cyrillic => is_spelled_family(&first.core, rest),
        _ => false,
    };
    if found {
        (drafts[0].tag, drafts[0].reason) =
            (Tag::Family, "family name of eastern Asia before given names");
        for draft in &mut drafts[1..] {
            (draft.tag, draft.reason) = (Tag::Given, "follows a family name of eastern Asia");
        }
    }
}

fn is_spelled_family(first: &str, rest: &[Draft]) -> bool {
    let short = |draft: &Draft| is_syllable(&draft.core);
    let is_vietnamese = rest.len() > 1
        && VIETNAMESE.contains(&first)
        && (matches!(rest[0].core.as_str(), "van" | "thi" | "ван" | "тхи")
            || rest.iter().all(short));
    let is_korean = rest.len() == 2 && KOREAN.contains(&first) && rest.iter().all(short);
    is_vietnamese
        || is_korean
        || rest.len() < 3
            && CHINESE.contains(&first)
            && rest.iter().all(|draft| crate::han::is_reading(&draft.core))
}

/// One vowel or run of vowels in a short word.
fn is_syllable(word: &str) -> bool {
    let is_vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut runs = 0;
    let mut inside = false;
    for vowel in word.bytes().map(is_vowel) {
        runs += usize::from(vowel && !inside);
        inside = vowel;
    }
    runs == 1 && word.len() <= 6 && word.is_ascii()
}
