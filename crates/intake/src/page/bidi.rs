//! From the order in which glyphs stand on a page to the order in which they are read.
//!
//! This inverts the reordering step of the Unicode bidirectional algorithm (UAX 9) for one line:
//! levels are computed over the visual sequence and the same reversals applied, which undoes them.
//! It needs no knowledge of the order in which a file stored its text, so files in logical and in
//! visual order are read alike. It does not know explicit embeddings; nobody can see them.
//! Presentation forms (U+FB50–FDFF, U+FE70–FEFF) become the letters they show.

use unicode_normalization::UnicodeNormalization;

/// Direction of a letter or a whole page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

/// Bidirectional class, as far as one line needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Latin, Cyrillic, …
    Left,
    /// Hebrew.
    Right,
    /// Arabic letters.
    Arabic,
    /// European number.
    European,
    /// Arabic-Indic number.
    ArabicNumber,
    /// Plus and minus.
    Sign,
    /// Percent, number sign, degree, currency.
    Terminator,
    /// Full stop, comma, colon, slash.
    Separator,
    /// All else.
    Neutral,
}

/// The text of a line in reading order.
///
/// `clusters` are the glyphs' texts from left to right; a ligature's text is in reading order
/// already. `page` decides where the line itself does not.
pub(crate) fn to_logical(clusters: &[String], page: Direction) -> String {
    let clusters: Vec<String> =
        clusters.iter().map(|c| fold_forms(c)).filter(|c| !c.is_empty()).collect();
    let mut classes: Vec<Class> = clusters.iter().map(|c| class_of_cluster(c)).collect();
    let base = base_direction(&clusters, &classes, page);
    resolve_numbers(&mut classes, base);
    let levels = levels(&classes, base);
    let order = reorder(&levels, base);
    let mut text = String::new();
    for &i in &order {
        text.push_str(&clusters[i]);
    }
    settle_brackets(text)
}

/// Direction of most letters of a page.
pub(crate) fn page_direction<'a>(texts: impl Iterator<Item = &'a str>) -> Direction {
    let (mut left, mut right) = (0_usize, 0_usize);
    for c in texts.flat_map(str::chars) {
        match class(c) {
            Class::Left => left += 1,
            Class::Right | Class::Arabic => right += 1,
            _ => {}
        }
    }
    if right > left { Direction::RightToLeft } else { Direction::LeftToRight }
}

/// True if words read in this order look as if every word stood backward: some producers draw
/// Arabic letters in stored order from left to right. Evidence are the article at the wrong end
/// and letters that only end words at the beginning.
pub(crate) fn reads_backward<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut forward, mut backward) = (0_usize, 0_usize);
    for word in lines.flat_map(str::split_whitespace).filter(|w| w.chars().count() >= 3) {
        let ends_word = |c: Option<char>| matches!(c, Some('ة' | 'ى'));
        forward +=
            usize::from(word.starts_with("ال")) + usize::from(ends_word(word.chars().next_back()));
        backward += usize::from(word.ends_with("لا")) + usize::from(ends_word(word.chars().next()));
    }
    // Three marks at least: a single name may begin or end by chance. Chosen by hand.
    backward >= 3 && backward > 2 * forward
}

/// Reverses the Arabic and Hebrew words of a text, word by word; for [`reads_backward`].
pub(crate) fn flip_words(text: &str) -> String {
    let has_right = |w: &str| w.chars().any(|c| matches!(class(c), Class::Right | Class::Arabic));
    let words: Vec<String> = text
        .split(' ')
        .map(|w| if has_right(w) { w.chars().rev().collect() } else { w.to_owned() })
        .collect();
    if has_right(text) {
        words.into_iter().rev().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

/// Letters for presentation forms; formatting characters and controls go.
pub(crate) fn fold_forms(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{fb00}'..='\u{fb06}' => {
                // Marks on their own decompose to a blank and the mark; the blank is not written.
                out.extend(std::iter::once(c).nfkc().filter(|&d| d != ' '));
            }
            '\u{a0}' | '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Combining marks hang on the letter before; they never begin a cluster of their own.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}')
        && !matches!(c, '\u{6dd}' | '\u{6de}' | '\u{6e5}' | '\u{6e6}' | '\u{6e9}')
}

fn class_of_cluster(cluster: &str) -> Class {
    cluster.chars().map(class).find(|c| *c != Class::Neutral).unwrap_or(Class::Neutral)
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' | '\u{6f0}'..='\u{6f9}' => Class::European,
        '\u{660}'..='\u{669}' | '\u{66b}' | '\u{66c}' => Class::ArabicNumber,
        '+' | '-' | '\u{2212}' => Class::Sign,
        '#' | '$' | '%' | '\u{a2}'..='\u{a5}' | '°' | '\u{20ac}' | '\u{66a}' => Class::Terminator,
        '.' | ',' | ':' | '/' | '\u{60c}' | '\u{a0}' => Class::Separator,
        '\u{590}'..='\u{5ff}' | '\u{7c0}'..='\u{85f}' | '\u{fb1d}'..='\u{fb4f}' => Class::Right,
        '\u{600}'..='\u{7bf}'
        | '\u{860}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
            if c.is_alphabetic() =>
        {
            Class::Arabic
        }
        c if c.is_alphabetic() => Class::Left,
        _ => Class::Neutral,
    }
}

/// The direction of the paragraph that the line came from. A sign tells it where no letter does:
/// `+O` and `999+` were written from the right.
fn base_direction(clusters: &[String], classes: &[Class], page: Direction) -> Direction {
    let count = |f: fn(Class) -> bool| classes.iter().filter(|c| f(**c)).count();
    let right = count(|c| matches!(c, Class::Right | Class::Arabic));
    let left = count(|c| c == Class::Left);
    if right > 0 {
        return match page {
            Direction::LeftToRight if left > right => Direction::LeftToRight,
            _ => Direction::RightToLeft,
        };
    }
    if page == Direction::LeftToRight {
        return Direction::LeftToRight;
    }
    let solid: Vec<(&str, Class)> = clusters
        .iter()
        .map(String::as_str)
        .zip(classes.iter().copied())
        .filter(|(t, _)| !t.trim().is_empty())
        .collect();
    let sign_first = matches!(solid.as_slice(), [(_, Class::Sign), (_, Class::Left), ..]);
    let digit = |c: Class| matches!(c, Class::European | Class::ArabicNumber);
    let plus_last = matches!(solid.as_slice(), [.., (_, c), ("+", _)] if digit(*c));
    if sign_first || plus_last { Direction::RightToLeft } else { Direction::LeftToRight }
}

/// Rules W2 and W4–W7: what numbers are, and the signs in and around them.
fn resolve_numbers(classes: &mut [Class], base: Direction) {
    let strong = |c: Class| matches!(c, Class::Left | Class::Right | Class::Arabic);
    for i in 0..classes.len() {
        if classes[i] != Class::European {
            continue;
        }
        let before = match base {
            Direction::RightToLeft => classes[i + 1..].iter().copied().find(|c| strong(*c)),
            Direction::LeftToRight => classes[..i].iter().rev().copied().find(|c| strong(*c)),
        };
        if before == Some(Class::Arabic) {
            classes[i] = Class::ArabicNumber;
        }
    }
    for i in 1..classes.len().saturating_sub(1) {
        let (left, right) = (classes[i - 1], classes[i + 1]);
        match classes[i] {
            Class::Sign if left == Class::European && right == left => classes[i] = left,
            Class::Separator
                if matches!(left, Class::European | Class::ArabicNumber) && right == left =>
            {
                classes[i] = left;
            }
            _ => {}
        }
    }
    for i in 0..classes.len() {
        let beside = |j: Option<usize>| j.and_then(|j| classes.get(j)) == Some(&Class::European);
        if classes[i] == Class::Terminator && (beside(i.checked_sub(1)) || beside(Some(i + 1))) {
            classes[i] = Class::European;
        }
    }
    let mut last = None;
    for class in classes.iter_mut() {
        match *class {
            Class::Sign | Class::Terminator | Class::Separator => *class = Class::Neutral,
            Class::European if last == Some(Class::Left) => *class = Class::Left,
            Class::European if last.is_none() && base == Direction::LeftToRight => {
                *class = Class::Left;
            }
            c if strong(c) => last = Some(c),
            _ => {}
        }
    }
}

/// Rules N1, N2 and I1, I2.
fn levels(classes: &[Class], base: Direction) -> Vec<u8> {
    let base_level = u8::from(base == Direction::RightToLeft);
    let side = |c: Option<&Class>| match c {
        Some(Class::Left) => Direction::LeftToRight,
        Some(_) => Direction::RightToLeft,
        None => base,
    };
    let mut levels = vec![base_level; classes.len()];
    let mut i = 0;
    while i < classes.len() {
        if classes[i] != Class::Neutral {
            levels[i] = match classes[i] {
                Class::Left if base == Direction::LeftToRight => 0,
                Class::Right | Class::Arabic => 1,
                _ => 2,
            };
            i += 1;
            continue;
        }
        let end =
            (i..classes.len()).find(|&j| classes[j] != Class::Neutral).unwrap_or(classes.len());
        let before = side(i.checked_sub(1).and_then(|j| classes.get(j)));
        let after = side(classes.get(end));
        let level = match (before == after, before, base) {
            (true, Direction::RightToLeft, _) => 1,
            (true, Direction::LeftToRight, Direction::LeftToRight) => 0,
            (true, Direction::LeftToRight, Direction::RightToLeft) => 2,
            (false, ..) => base_level,
        };
        levels[i..end].fill(level);
        i = end;
    }
    levels
}

/// Rule L2: reverse every run at or above each level, from the highest down.
fn reorder(levels: &[u8], base: Direction) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    // Undoing means the reversals in the opposite order: the whole line first, numbers last.
    for level in 1..=2_u8 {
        if level == 1 && base == Direction::RightToLeft {
            order.reverse();
            continue;
        }
        let mut i = 0;
        while i < order.len() {
            let end = (i..order.len()).find(|&j| levels[order[j]] < level).unwrap_or(order.len());
            order[i..end].reverse();
            i = end + 1;
        }
    }
    order
}

/// Brackets are mirrored in right-to-left runs, but not every producer says so: keep the reading in
/// which they open before they close.
fn settle_brackets(text: String) -> String {
    let depth_min = |mirror: bool| {
        let (mut depth, mut lowest) = (0_i32, 0_i32);
        for c in text.chars() {
            let c = if mirror { mirrored(c) } else { c };
            match c {
                '(' | '[' | '{' | '«' => depth += 1,
                ')' | ']' | '}' | '»' => depth -= 1,
                _ => {}
            }
            lowest = lowest.min(depth);
        }
        lowest
    };
    if depth_min(false) < depth_min(true) { text.chars().map(mirrored).collect() } else { text }
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}

#[cfg(test)]
mod tests;
