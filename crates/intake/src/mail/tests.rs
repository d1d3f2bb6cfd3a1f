//! Mails as programs and people write them.

use expect_test::{Expect, expect};

use super::*;
use crate::fixtures::show;
use crate::sniff::{MediaType, sniff};

const HEAD: &str =
    "From: Sample Clerk <clerk@example.invalid>\r\nSubject: Forms\r\nMIME-Version: 1.0\r\n";

fn check(content: &[u8], expect: &Expect) {
    assert_eq!(sniff(content), MediaType::Mail);
    expect.assert_eq(&show(&read(content, &ReadOptions::default())));
}

#[test]
fn arabic_comes_in_its_charset_named_or_not() {
    let (body, ..) = encoding_rs::WINDOWS_1256.encode("الاسم: سامر نموذج\r\n");
    for kind in ["text/plain; charset=windows-1256", "text/plain"] {
        let head = format!("{HEAD}Content-Type: {kind}\r\n\r\n");
        let content = [head.as_bytes(), &body].concat();
        let read = read(&content, &ReadOptions::default());
        assert!(read.layout.text().contains("الاسم: سامر نموذج"), "{kind}: {}", read.layout.text());
    }
    let quoted = "Content-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C7=E1=C7=D3=E3\r\n";
    let read = read(format!("{HEAD}{quoted}").as_bytes(), &ReadOptions::default());
    assert!(read.layout.text().contains("الاسم"));
}

#[test]
fn a_body_with_tables_is_taken_before_the_plain_one() {
    let content = format!(
        "{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nName Sample\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>See:<table><tr><td>Name<td>Sample</table>\r\n--b--\r\n"
    );
    check(
        content.as_bytes(),
        &expect![[r"
        read
        paragraph 1: From: Sample Clerk <clerk@example.invalid>
        paragraph 2: Subject: Forms
        paragraph 3: See:
        table, register false
          Name (table 1, row 1, column 1) | Sample (table 1, row 1, column 2)"]],
    );
    let content = content.replace("<table><tr><td>Name<td>Sample</table>", "Name <b>Sample</b>");
    check(
        content.as_bytes(),
        &expect![[r"
        read
        paragraph 1: From: Sample Clerk <clerk@example.invalid>
        paragraph 2: Subject: Forms
        paragraph 3: Name Sample"]],
    );
}

#[test]
fn a_page_saved_whole_is_a_mail_with_its_pictures() {
    let content = b"From: <Saved by Sample>\r\nSubject: Form\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://example.invalid/\r\n\r\n<table><tr><td>Name</td><td>S=\r\nample</td></tr></table>\r\n--b\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://example.invalid/a.gif\r\n\r\nR0lGODlh\r\n--b--\r\n";
    check(
        content,
        &expect![[r"
        read
        paragraph 1: From: Saved by Sample
        paragraph 2: Subject: Form
        table, register false
          Name (table 1, row 1, column 1) | Sample (table 1, row 1, column 2)"]],
    );
    let attachments = attachments(content).map_err(|(_, reason)| reason).unwrap();
    assert_eq!(attachments.len(), 1);
    assert_eq!(attachments[0].bytes, b"GIF89a");
}

#[test]
fn mails_in_mails_are_members_down_to_the_limit_of_depth() {
    let mut content = format!("{HEAD}\r\nname: the innermost\r\n");
    for level in 0..9 {
        content = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\nContent-Type: message/rfc822\r\n\r\n{content}\r\n--b{level}--\r\n"
        );
    }
    let out = crate::unpack("m.eml", content.as_bytes().into(), &crate::Limits::default());
    let last = out.last().unwrap();
    assert_eq!(last.state.as_ref().unwrap().0, DocumentState::RefusedByLimit);
    assert_eq!(out.len(), 7);
}
