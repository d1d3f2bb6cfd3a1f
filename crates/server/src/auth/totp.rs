//! One-time codes (RFC 6238): six digits, thirty seconds, HMAC-SHA-1, which is what the apps speak.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

/// Seconds that a code is of; the RFC's default.
const STEP_SECONDS: i64 = 30;
/// Steps before and after now whose codes are taken too: clocks differ, and people type slowly. One, as
/// the RFC recommends at most.
const DRIFT: i64 = 1;
/// Bytes of a secret; what RFC 4226 recommends.
pub(crate) const SECRET_BYTES: usize = 20;

/// The time step whose code this is, if it is one of now.
pub(crate) fn step_of(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = now.div_euclid(STEP_SECONDS);
    let mut found = None;
    for step in step - DRIFT..=step + DRIFT {
        let is_it = code_of(secret, step)
            .is_some_and(|expected| bool::from(expected.as_bytes().ct_eq(code.as_bytes())));
        if is_it {
            found = Some(step);
        }
    }
    found
}

/// The code of a time step.
pub(crate) fn code_of(secret: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0xf);
    let four: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    let number = u32::from_be_bytes(four) & 0x7fff_ffff;
    Some(format!("{:06}", number % 1_000_000))
}

/// A secret as apps take it: base32 without padding (RFC 4648).
pub(crate) fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let mut five = [0; 5];
        five[..chunk.len()].copy_from_slice(chunk);
        let bits = five.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let letters = (chunk.len() * 8).div_ceil(5);
        for i in 0..letters {
            let index = usize::try_from(bits >> (35 - 5 * i) & 31).unwrap_or_default();
            text.push(char::from(LETTERS[index]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238, appendix B, of which apps show the last six digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let secret = b"12345678901234567890";
            assert_eq!(code_of(secret, time / 30).as_deref(), Some(code));
            assert_eq!(step_of(secret, code, time), Some(time / 30));
            assert_eq!(step_of(secret, code, time + 30), Some(time / 30));
            assert_eq!(step_of(secret, code, time + 90), None);
            assert_eq!(step_of(secret, code, time - 90), None);
        }
        assert_eq!(step_of(b"12345678901234567890", "", 59), None);
    }

    #[test]
    fn secrets_are_base32_of_the_rfc() {
        for (bytes, text) in
            [("", ""), ("f", "MY"), ("foobar", "MZXW6YTBOI"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}
