//! Passwords: how they are kept, what a new one must be.
//!
//! Invariant: checking costs the same whether or not there is an account of the name.

use argon2::{Algorithm, Argon2, Params, Version};
use case::hex;
use subtle::ConstantTimeEq as _;

use crate::error::PageError;

/// Memory of one hash in KiB, passes, lanes: the least that OWASP's Password Storage Cheat Sheet asks of
/// Argon2id (19 MiB, 2, 1; read November 2026). Some 30 ms on a core of a desk machine.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// Characters of a new password: at least so many because it is a person's only key on most desks
/// (ASVS 5.0 asks for 8 and recommends 15). Chosen by hand.
const CHARS_MIN: usize = 12;
/// At most, so that hashing a page of text is nobody's way to use up the machine.
pub(crate) const CHARS_MAX: usize = 256;
/// Guessability on zxcvbn's scale of 0 to 4: `3` holds against slow hashes that leaked, says its paper.
const STRENGTH_MIN: zxcvbn::Score = zxcvbn::Score::Three;

/// What is kept of a password.
///
/// # Errors
/// If the system has no randomness, or the memory cannot be had.
pub(crate) fn hash(password: &str) -> Result<String, PageError> {
    let salt = case::random::<SALT_BYTES>()?;
    let digest = digest(password, &salt, [MEMORY_KIB, PASSES, LANES]).ok_or(PageError::Case)?;
    let (salt, digest) = (hex(&salt), hex(&digest));
    Ok(format!("argon2id {MEMORY_KIB} {PASSES} {LANES} {salt} {digest}"))
}

/// Whether a password is the one that was kept. Where none was, the same work is done in vain.
pub(crate) fn matches(password: &str, kept: Option<&str>) -> bool {
    let parsed = kept.and_then(parse);
    let is_known = parsed.is_some();
    let (cost, salt, expected) = parsed
        .unwrap_or_else(|| ([MEMORY_KIB, PASSES, LANES], vec![0; SALT_BYTES], vec![0; HASH_BYTES]));
    // No password is longer; the work of one is done all the same.
    let is_short = password.chars().count() <= CHARS_MAX;
    let looked_at = if is_short { password } else { "" };
    match digest(looked_at, &salt, cost) {
        Some(digest) => bool::from(digest.as_slice().ct_eq(&expected)) && is_known && is_short,
        None => false,
    }
}

/// What is wrong with a new password, if anything: the key of its text.
pub(crate) fn fault(password: &str, name: &str) -> Option<&'static str> {
    let chars = password.chars().count();
    if chars < CHARS_MIN {
        return Some("password.short");
    }
    if chars > CHARS_MAX {
        return Some("password.long");
    }
    // What everybody would try first, the account's own name included.
    if zxcvbn::zxcvbn(password, &[name, "crossroll"]).score() < STRENGTH_MIN {
        return Some("password.weak");
    }
    None
}

fn digest(password: &str, salt: &[u8], [memory, passes, lanes]: [u32; 3]) -> Option<Vec<u8>> {
    let params = Params::new(memory, passes, lanes, Some(HASH_BYTES)).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut digest = vec![0; HASH_BYTES];
    argon2.hash_password_into(password.as_bytes(), salt, &mut digest).ok()?;
    Some(digest)
}

fn parse(kept: &str) -> Option<([u32; 3], Vec<u8>, Vec<u8>)> {
    let words: Vec<&str> = kept.split(' ').collect();
    let ["argon2id", memory, passes, lanes, salt, digest] = words[..] else { return None };
    let cost = [memory.parse().ok()?, passes.parse().ok()?, lanes.parse().ok()?];
    Some((cost, unhex(salt)?, unhex(digest)?))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_told_from_others_and_never_kept_as_it_is() {
        let password = "harbour lantern oblique 7";
        let kept = hash(password).unwrap();
        assert!(!kept.contains("harbour"));
        assert_ne!(kept, hash(password).unwrap(), "each has its own salt");
        assert!(matches(password, Some(&kept)));
        assert!(!matches("harbour lantern oblique 8", Some(&kept)));
        assert!(!matches("Harbour lantern oblique 7", Some(&kept)));
        for none in [None, Some(""), Some("argon2id 8 1 1 00 00"), Some("plain x")] {
            assert!(!matches(password, none), "{none:?}");
        }
    }

    #[test]
    fn short_common_and_own_names_are_no_passwords() {
        for weak in ["short one", "password1234", "qwertyuiop12", "aaaaaaaaaaaaaaa", "samirqandil1"]
        {
            assert!(fault(weak, "samirqandil").is_some(), "{weak}");
        }
        assert!(fault(&"x".repeat(300), "ana").is_some());
        assert_eq!(fault("harbour lantern oblique 7", "ana"), None);
        assert_eq!(fault("قنديل مرفأ سبعة غيمة", "ana"), None);
    }
}
