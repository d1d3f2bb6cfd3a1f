//! Messages composed in memory.

use expect_test::expect;

use super::*;
use crate::fixtures::show;
use crate::sniff::{MediaType, sniff};

fn wide(tag: u16, text: &str) -> Node {
    let bytes = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Node::Stream(format!("__substg1.0_{tag:04X}001F"), bytes)
}

fn binary(tag: u16, bytes: &[u8]) -> Node {
    Node::Stream(format!("__substg1.0_{tag:04X}0102"), bytes.to_vec())
}

fn fixed(head: usize, entries: &[(u16, u64)]) -> Node {
    let mut bytes = vec![0; head];
    for (tag, value) in entries {
        bytes.extend([0x40, 0]);
        bytes.extend(tag.to_le_bytes());
        bytes.extend([6, 0, 0, 0]);
        bytes.extend(value.to_le_bytes());
    }
    Node::Stream(PROPERTIES.to_owned(), bytes)
}

const DATE: u64 = 130_360_503_060_000_000;

fn message(more: Vec<Node>) -> Vec<u8> {
    let mut members = vec![
        fixed(32, &[(tag::SUBMITTED, DATE)]),
        wide(tag::SUBJECT, "نماذج"),
        wide(tag::SENDER_NAME, "Sample Clerk"),
        wide(tag::SENDER_SMTP, "clerk@example.invalid"),
        Node::Storage(
            "__recip_version1.0_#00000000".into(),
            vec![
                fixed(8, &[(tag::RECIPIENT_KIND, 1)]),
                wide(tag::DISPLAY_NAME, "Office"),
                wide(tag::SMTP_ADDRESS, "office@example.invalid"),
            ],
        ),
    ];
    members.extend(more);
    container(members).unwrap()
}

#[test]
fn headers_and_body_are_text_and_dates_are_iso() {
    let content = message(vec![wide(tag::BODY, "Name: Sample Person\r\n\r\nBye\0")]);
    assert_eq!(sniff(&content), MediaType::Msg);
    let read = read(&content, &ReadOptions::default());
    expect![[r"
        read
        paragraph 1: From: Sample Clerk <clerk@example.invalid>
        paragraph 2: To: Office <office@example.invalid>
        paragraph 3: Date: 2014-02-05T05:05:06Z
        paragraph 4: Subject: نماذج
        paragraph 5: Name: Sample Person
        paragraph 7: Bye"]]
    .assert_eq(&show(&read));
    assert_eq!(read.metadata["created"], "2014-02-05T05:05:06Z");
}

#[test]
fn a_body_with_tables_is_kept_with_its_tables() {
    let page = "<table><tr><td>الاسم<td>سامر نموذج</table>";
    let content = message(vec![wide(tag::BODY, "flat"), binary(tag::HTML, page.as_bytes())]);
    expect![[r"
        read
        paragraph 1: From: Sample Clerk <clerk@example.invalid>
        paragraph 2: To: Office <office@example.invalid>
        paragraph 3: Date: 2014-02-05T05:05:06Z
        paragraph 4: Subject: نماذج
        table, register false
          الاسم (table 1, row 1, column 1) | سامر نموذج (table 1, row 1, column 2)"]]
    .assert_eq(&show(&read(&content, &ReadOptions::default())));
    let mut rich = b"\0\0\0\0\xff\0\0\0MELA\0\0\0\0".to_vec();
    rich.extend(b"{\\rtf1 \\trowd\\intbl Name\\cell Sample\\cell\\row\\pard after\\par}");
    let content = message(vec![wide(tag::BODY, "flat"), binary(tag::RTF, &rich)]);
    expect![[r"
        read
        paragraph 1: From: Sample Clerk <clerk@example.invalid>
        paragraph 2: To: Office <office@example.invalid>
        paragraph 3: Date: 2014-02-05T05:05:06Z
        paragraph 4: Subject: نماذج
        table, register false
          Name (table 1, row 1, column 1) | Sample (table 1, row 1, column 2)
        paragraph 5: after"]]
    .assert_eq(&show(&read(&content, &ReadOptions::default())));
}

#[test]
fn narrow_texts_are_in_the_page_of_the_message() {
    let (text, ..) = encoding_rs::WINDOWS_1256.encode("مثال");
    let content = container(vec![
        fixed(32, &[(tag::PAGE, 1256)]),
        Node::Stream("__substg1.0_0037001E".into(), text.to_vec()),
    ]);
    let read = read(&content.unwrap(), &ReadOptions::default());
    assert_eq!(read.metadata["title"], "مثال");
}

#[test]
fn messages_within_become_files_of_their_own() {
    let inner = vec![
        fixed(24, &[(tag::SUBMITTED, DATE)]),
        wide(tag::SUBJECT, "inner"),
        wide(tag::BODY, "inner body"),
        Node::Storage(
            "__attach_version1.0_#00000000".into(),
            vec![fixed(8, &[]), wide(tag::LONG_NAME, "deep.txt"), binary(tag::DATA, b"deep text")],
        ),
    ];
    let content = message(vec![
        wide(tag::BODY, "See within."),
        Node::Storage(
            "__attach_version1.0_#00000000".into(),
            vec![fixed(8, &[]), wide(tag::LONG_NAME, "a.csv"), binary(tag::DATA, b"x,y\n")],
        ),
        Node::Storage(
            "__attach_version1.0_#00000001".into(),
            vec![
                fixed(8, &[]),
                wide(tag::DISPLAY_NAME, "inner"),
                Node::Storage(format!("__substg1.0_{:04X}000D", tag::DATA), inner),
            ],
        ),
    ]);
    // The seed of the fuzz target is this message.
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/message.msg");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(seed, &content).unwrap();
    }
    assert!(std::fs::read(seed).unwrap() == content, "run with UPDATE_EXPECT=1");
    let out = crate::unpack("m.msg", content.into(), &crate::Limits::default());
    let paths: Vec<&str> = out.iter().map(|u| u.path.as_str()).collect();
    assert_eq!(paths, ["m.msg", "m.msg!/a.csv", "m.msg!/inner.msg", "m.msg!/inner.msg!/deep.txt"]);
    let read = read(out[2].content.as_deref().unwrap(), &ReadOptions::default());
    assert_eq!(read.metadata["created"], "2014-02-05T05:05:06Z");
    assert!(read.layout.text().contains("inner body"));
}
