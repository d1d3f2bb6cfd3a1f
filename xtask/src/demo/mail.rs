//! A mail with one attachment.

use std::fmt::Write as _;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The mail's bytes.
pub(crate) fn write(subject: &str, name: &str, attachment: &[u8]) -> Vec<u8> {
    let mut mail = format!(
        "From: sample@example.invalid\r\nTo: borders@example.invalid\r\nSubject: {subject}\r\n\
         Date: Sat, 01 Feb 2014 12:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"sample\"\r\n\r\n\
         --sample\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         SYNTHETIC SAMPLE. The form is attached.\r\n\
         --sample\r\nContent-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n"
    );
    for line in attachment.chunks(57) {
        let _ = write!(mail, "{}\r\n", encode(line));
    }
    mail += "--sample--\r\n";
    mail.into_bytes()
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let padded =
            [group[0], group.get(1).copied().unwrap_or(0), group.get(2).copied().unwrap_or(0)];
        let bits = padded.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for place in 0..4_usize {
            let index = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or(0);
            text.push(if place <= group.len() { char::from(BASE64[index]) } else { '=' });
        }
    }
    text
}
