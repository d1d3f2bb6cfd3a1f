//! E-mail addresses: the same box, the same name at another provider, or another box.
//!
//! Case and the tag behind `+` say nothing of the holder and are dropped; dots stay, for all but one
//! provider tell boxes apart by them.

use crate::outcome::Outcome;

/// An address, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Email {
    pub(crate) raw: String,
    /// `local@domain`, lower case, without the tag.
    pub(crate) folded: String,
    /// Length of the local part.
    local: usize,
}

/// Shorter local parts are borne by too many at too many providers. Chosen by hand.
const LOCAL_MIN: usize = 5;

/// Boxes that an office has, whoever holds it: the names of RFC 2142 of five letters or more, and
/// what companies add to them.
const ROLES: [&str; 15] = [
    "abuse",
    "accounts",
    "admin",
    "administrator",
    "contact",
    "director",
    "enquiries",
    "hostmaster",
    "marketing",
    "office",
    "postmaster",
    "sales",
    "secretariat",
    "support",
    "webmaster",
];

impl Email {
    /// Reads an address; `None` if it has no two sides or a domain without a dot.
    pub(crate) fn new(raw: &str) -> Option<Self> {
        let text = raw.trim().to_lowercase();
        let text = text.strip_prefix("mailto:").unwrap_or(&text);
        let (local, domain) = text.rsplit_once('@')?;
        let local = local.split_once('+').map_or(local, |(name, _)| name);
        let domain = domain.trim_end_matches('.');
        let is_clean = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
        (is_clean(local) && is_clean(domain) && domain.contains('.')).then(|| Self {
            raw: raw.to_owned(),
            folded: format!("{local}@{domain}"),
            local: local.len(),
        })
    }

    fn local(&self) -> &str {
        &self.folded[..self.local]
    }
}

/// How two addresses agree. Symmetric.
pub(crate) fn compare_emails(left: &Email, right: &Email) -> Outcome {
    let local = left.local();
    let tells = local.chars().count() >= LOCAL_MIN && !ROLES.contains(&local);
    if left.folded == right.folded {
        Outcome::EmailSame
    } else if tells && local == right.local() {
        Outcome::EmailNear
    } else {
        Outcome::EmailDifferent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: Outcome) {
        let email = |raw| Email::new(raw).expect("an address");
        assert_eq!(compare_emails(&email(left), &email(right)), expected);
        assert_eq!(compare_emails(&email(right), &email(left)), expected);
    }

    #[test]
    fn case_and_tag_say_nothing() {
        check("Maro.Testan@Example.org", " maro.testan+news@example.org.", Outcome::EmailSame);
        check("mailto:maro@example.org", "maro@example.org", Outcome::EmailSame);
        check("maro.testan@example.org", "marotestan@example.org", Outcome::EmailDifferent);
    }

    #[test]
    fn a_long_name_at_another_provider_is_near() {
        check("maro.testan@example.org", "maro.testan@example.com", Outcome::EmailNear);
        check("maro@example.org", "maro@example.com", Outcome::EmailDifferent);
        check("office@example.org", "office@example.com", Outcome::EmailDifferent);
    }

    #[test]
    fn what_is_no_address_is_missing() {
        for raw in
            ["", "maro", "@example.org", "maro@", "maro@example", "+x@example.org", "a b@c.d"]
        {
            assert_eq!(Email::new(raw), None, "{raw}");
        }
    }
}
