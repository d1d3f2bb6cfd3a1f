//! Whether somebody may have been a child when the form was filled in.
//!
//! It proposes, on the side of the child: an incomplete date counts as the youngest that it allows. A
//! person confirms or strikes the category.

/// Years of age under which a person is a child (UN Convention on the Rights of the Child, article 1).
pub const ADULT_YEARS: i32 = 18;

/// Whether somebody born then may have been under eighteen on that day. Dates are ISO 8601, maybe
/// partial, as statements have them.
pub fn may_be_minor(birth: &str, on: &str) -> bool {
    let (Some(birth), Some(on)) = (latest(birth), earliest(on)) else { return false };
    let birthday = (birth.0 + ADULT_YEARS, birth.1, birth.2);
    on < birthday
}

fn parts(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let mut parts = text.trim().get(..text.trim().len().min(10))?.split('-');
    let year = parts.next()?.parse().ok().filter(|year| (1800..=9999).contains(year))?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    Some((year, month, day))
}

fn latest(text: &str) -> Option<(i32, u32, u32)> {
    let (year, month, day) = parts(text)?;
    Some((year, month.unwrap_or(12), day.unwrap_or(31)))
}

fn earliest(text: &str) -> Option<(i32, u32, u32)> {
    let (year, month, day) = parts(text)?;
    Some((year, month.unwrap_or(1), day.unwrap_or(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_may_have_been_a_child_is_proposed_as_one() {
        for (birth, on, expected) in [
            ("1996-05-02", "2014-05-01", true),
            ("1996-05-02", "2014-05-02", false),
            ("1996", "2014", true),
            ("1996", "2014-12-31", false),
            ("1996-05", "2014-05-30", true),
            ("1995", "2014", false),
            ("2005-01-01", "2014-01-01", true),
            ("", "2014-01-01", false),
            ("1996", "", false),
            ("born", "2014", false),
            ("1996-xx", "2014", false),
        ] {
            assert_eq!(may_be_minor(birth, on), expected, "{birth} on {on}");
        }
    }
}
