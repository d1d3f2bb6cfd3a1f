//! Containers: names, order, states, limits; and that nothing panics or gets lost.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::fixtures::{docx, paragraph, zip};
use crate::read::{ReadOptions, read};
use crate::sniff::sniff;

fn show(unpacked: &[Unpacked]) -> String {
    let line = |u: &Unpacked| {
        let state = u.state.as_ref().map_or("to read".to_owned(), |(state, reason)| {
            format!("{state} {}", reason.as_deref().unwrap_or_default())
        });
        // The sizes of archives and of what is left of members are the compressor's business.
        let damaged = matches!(u.state, Some((DocumentState::Corrupt, _)));
        let size = if damaged || u.media.is_container() { 0 } else { u.size };
        format!("{} {size} {} {}", u.path, u.media.as_str(), state.trim_end())
    };
    unpacked.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check(path: &str, content: &[u8], limits: &Limits, expect: &Expect) {
    expect.assert_eq(&show(&unpack(path, Arc::from(content), limits)));
}

fn tar(name: &str, kind: u8, link: &str, data: &[u8]) -> Vec<u8> {
    let mut header = [0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..135].copy_from_slice(format!("{:011o}", data.len()).as_bytes());
    header[156] = kind;
    header[157..157 + link.len()].copy_from_slice(link.as_bytes());
    header[257..263].copy_from_slice(b"ustar\0");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let mut out = header.to_vec();
    out.extend_from_slice(data);
    out.resize(out.len().next_multiple_of(512), 0);
    out
}

#[test]
fn members_follow_their_container_and_keep_their_names() {
    let inner = zip(&[("x.txt", b"inside")]);
    let form = docx(&paragraph("x"), &[]);
    let content = zip(&[
        ("../../escape.txt", b"harmless"),
        ("in/inner.zip", &inner),
        ("form.docx", &form),
        ("empty.txt", b""),
    ]);
    let out = unpack("a.zip", Arc::from(content), &Limits::default());
    let states: Vec<(&str, Option<DocumentState>)> =
        out.iter().map(|u| (u.path.as_str(), u.state.as_ref().map(|(state, _)| *state))).collect();
    assert_eq!(
        states,
        [
            ("a.zip", Some(DocumentState::Read)),
            ("a.zip!/../../escape.txt", None),
            ("a.zip!/in/inner.zip", Some(DocumentState::Read)),
            ("a.zip!/in/inner.zip!/x.txt", None),
            ("a.zip!/form.docx", None),
            ("a.zip!/empty.txt", Some(DocumentState::Empty)),
        ]
    );
    assert_eq!(out[1].id.as_str(), hash(b"harmless").as_str(), "the id is the hash of the content");
}

#[test]
fn equal_names_are_told_apart() {
    // The writer refuses equal names, so one is renamed in the bytes: same length.
    let content = zip(&[("form.txt", b"one"), ("fora.txt", b"two")]);
    let at: Vec<usize> = memchr::memmem::find_iter(&content, b"fora.txt").collect();
    let mut content = content;
    for at in at {
        content[at + 3] = b'm';
    }
    check(
        "d.zip",
        &content,
        &Limits::default(),
        &expect![[r"
            d.zip 0 application/zip read
            d.zip!/form.txt 3 text/plain to read
            d.zip!/form (2).txt 3 text/plain to read"]],
    );
}

#[test]
fn an_archive_cut_short_gives_what_it_has() {
    let mut seed = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    })
    .take(4000)
    .collect();
    let content = zip(&[("a.txt", b"first"), ("b.bin", &noise)]);
    check(
        "t.zip",
        &content[..2000],
        &Limits::default(),
        &expect![[r"
            t.zip 0 application/zip partly_read the directory of the archive is damaged; 1 of 2 members damaged or packed by an unknown method
            t.zip!/a.txt 5 text/plain to read
            t.zip!/b.bin 0 application/octet-stream corrupt its packed data is damaged"]],
    );
    check(
        "t.zip",
        &content[..10],
        &Limits::default(),
        &expect!["t.zip 0 application/zip corrupt the directory of the archive is damaged"],
    );
}

#[test]
fn passwords_bombs_and_depth_have_their_states() {
    let mut locked = zip(&[("form.docx", b"not to be had")]);
    let central = memchr::memmem::find(&locked, b"PK\x01\x02").unwrap();
    locked[central + 8] |= 1;
    check(
        "p.zip",
        &locked,
        &Limits::default(),
        &expect![[r"
            p.zip 0 application/zip encrypted 1 of 1 members behind a password
            p.zip!/form.docx 13 application/octet-stream encrypted it needs a password"]],
    );
    let tight = Limits { ratio_free_bytes: 1000, ..Limits::default() };
    check(
        "b.zip",
        &zip(&[("zeros", &vec![0; 1_000_000]), ("ok.txt", b"fine")]),
        &tight,
        &expect![[r"
            b.zip 0 application/zip partly_read 1 of 2 members refused by a limit
            b.zip!/zeros 1000000 application/octet-stream refused_by_limit is packed so tightly that it looks like a bomb
            b.zip!/ok.txt 4 text/plain to read"]],
    );
    let mut nested = zip(&[("leaf.txt", b"leaf")]);
    for _ in 0..3 {
        nested = zip(&[("n.zip", &nested)]);
    }
    let shallow = Limits { depth_max: 2, ..Limits::default() };
    let out = unpack("n.zip", Arc::from(nested), &shallow);
    assert_eq!(out.len(), 3);
    assert_eq!(out[2].state.as_ref().map(|s| s.0), Some(DocumentState::RefusedByLimit));
}

#[test]
fn the_sum_over_all_levels_is_limited() {
    let content = zip(&[("a.txt", &[b'a'; 600]), ("b.txt", &[b'b'; 600]), ("c.txt", &[b'c'; 600])]);
    let limits = Limits {
        unpacked_bytes_max: 1000,
        unpacked_ratio_max: 0,
        members_max: 2,
        ..Limits::default()
    };
    check(
        "s.zip",
        &content,
        &limits,
        &expect![[r"
            s.zip 0 application/zip partly_read more members than the limit; 1 of 2 members refused by a limit
            s.zip!/a.txt 600 text/plain to read
            s.zip!/b.txt 600 application/octet-stream refused_by_limit unpacks to more than the size limit"]],
    );
}

#[test]
fn tar_lists_links_and_gzip_names_its_content() {
    let mut content = tar("../a.txt", b'0', "", b"text");
    content.extend(tar("link", b'2', "/etc", b""));
    content.extend(tar("pipe", b'6', "", b""));
    content.extend([0; 1024]);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packer, &content).unwrap();
    let packed = packer.finish().unwrap();
    let out = unpack("a.tar.gz", Arc::from(packed), &Limits::default());
    expect![[r"
        a.tar.gz!/a.tar 0 application/x-tar read
        a.tar.gz!/a.tar!/../a.txt 4 text/plain to read
        a.tar.gz!/a.tar!/link 0 application/octet-stream unsupported a link, not followed
        a.tar.gz!/a.tar!/pipe 0 application/octet-stream unsupported a device or pipe, not made"]]
    .assert_eq(&show(&out[1..]));
}

#[test]
fn mails_give_their_text_and_their_attachments() {
    let mail = "From: Sample Clerk <clerk@example.invalid>\r\nTo: office@example.invalid\r\nSubject: Forms\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nName: Sample Person\r\n--b\r\nContent-Type: text/csv; name=\"a.csv\"\r\nContent-Disposition: attachment; filename=\"a.csv\"\r\n\r\nx,y\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"a.csv\"\r\n\r\nz,w\r\n--b--\r\n";
    let out = unpack("m.eml", Arc::from(mail.as_bytes()), &Limits::default());
    let paths: Vec<&str> = out.iter().map(|u| u.path.as_str()).collect();
    assert_eq!(paths, ["m.eml", "m.eml!/a.csv", "m.eml!/a (2).csv"]);
    let text = read("m.eml", out[0].media, mail.as_bytes(), &ReadOptions::default());
    expect![[r"
        From: Sample Clerk <clerk@example.invalid>
        To: office@example.invalid
        Subject: Forms
        Name: Sample Person
    "]]
    .assert_eq(&text.layout.text());
}

/// Made by `bz2.compress` of Python: the line of a form 20 times, and 3,000,000 zeros.
const BZIP2_TEXT: &[u8] = include_bytes!("../../testdata/form.txt.bz2");
const BZIP2_ZEROS: &[u8] = include_bytes!("../../testdata/zeros.bz2");

fn xz_of(content: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut packer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    std::io::Write::write_all(&mut packer, content).unwrap();
    packer.finish().unwrap()
}

fn zstd_of(content: &[u8]) -> Vec<u8> {
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    ruzstd::encoding::compress_to_vec(content, level)
}

fn seven_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let mut writer = sevenz_rust2::ArchiveWriter::new(&mut out).unwrap();
    for (name, bytes) in members {
        let entry = sevenz_rust2::ArchiveEntry::new_file(name);
        writer.push_archive_entry(entry, Some(*bytes)).unwrap();
    }
    writer.finish().unwrap();
    out.into_inner()
}

#[test]
fn packed_streams_have_one_member_each() {
    let text = b"Name: Sample Person\n".repeat(20);
    let cases = [
        ("f.txt.bz2", BZIP2_TEXT.to_vec()),
        ("f.txt.xz", xz_of(&text)),
        ("f.txt.zst", zstd_of(&text)),
    ];
    for (name, packed) in &cases {
        let out = unpack(name, Arc::from(packed.as_slice()), &Limits::default());
        assert_eq!(out[0].state.as_ref().unwrap().0, DocumentState::Read, "{name}");
        assert_eq!(out[1].path, format!("{name}!/f.txt"));
        assert_eq!(out[1].content.as_deref().unwrap(), text, "{name}");
        // Two streams in a row are one content, as their tools have it.
        let twice = unpack(name, Arc::from([&**packed, packed].concat()), &Limits::default());
        assert_eq!(twice[1].size, 800, "{name}");
        let cut = unpack(name, Arc::from(&packed[..packed.len() - 9]), &Limits::default());
        assert_eq!(cut[0].state.as_ref().unwrap().0, DocumentState::Corrupt, "{name}");
    }
}

#[test]
fn large_blocks_and_runs_of_bzip2_are_restored() {
    let limits = Limits { ratio_max: 1_000_000, ..Limits::default() };
    let out = unpack("z.bz2", Arc::from(BZIP2_ZEROS), &limits);
    assert!(out[1].content.as_deref() == Some(&vec![0; 3_000_000][..]));
    // Blocks of 100 kB, so that there are several.
    let numbers = include_bytes!("../../testdata/numbers.txt.bz2");
    let out = unpack("n.bz2", Arc::from(numbers.as_slice()), &limits);
    let lines: Vec<String> = (0..30_000).map(|n| (n * 7919 % 10_007).to_string()).collect();
    assert!(out[1].content.as_deref() == Some(format!("{}\n", lines.join("\n")).as_bytes()));
}

#[test]
fn bombs_of_all_packers_are_refused() {
    let zeros = vec![0; 3_000_000];
    let tight = Limits { ratio_free_bytes: 1_000_000, ..Limits::default() };
    let small = Limits { member_bytes_max: 1_000_000, ..Limits::default() };
    for packed in
        [BZIP2_ZEROS.to_vec(), xz_of(&zeros), zstd_of(&zeros), seven_of(&[("zeros", &zeros)])]
    {
        for limits in [&tight, &small] {
            let out = unpack("b", Arc::from(packed.as_slice()), limits);
            // This packer of Zstandard is too weak to be taken for a bomb.
            if limits == &tight && out[0].media == MediaType::Zstd {
                continue;
            }
            let state = out[1].state.as_ref().map(|(state, _)| *state);
            assert_eq!(state, Some(DocumentState::RefusedByLimit), "{:?}", out[0].media);
            assert!(out[1].content.is_none());
        }
    }
}

#[test]
fn members_of_a_7z_archive_come_in_order() {
    let content =
        seven_of(&[("in/form.html", b"<html>x"), ("empty.txt", b""), ("../a.txt", b"text")]);
    let out = unpack("a.7z", Arc::from(content.as_slice()), &Limits::default());
    expect![[r"
        a.7z 0 application/x-7z-compressed read
        a.7z!/in/form.html 7 text/html to read
        a.7z!/empty.txt 0 inode/x-empty empty no bytes
        a.7z!/../a.txt 4 text/plain to read"]]
    .assert_eq(&show(&out));
    let few = Limits { members_max: 1, ..Limits::default() };
    let out = unpack("a.7z", Arc::from(content.as_slice()), &few);
    assert_eq!(out.len(), 2);
    assert_eq!(out[0].state.as_ref().unwrap().0, DocumentState::PartlyRead);
}

#[test]
fn locked_7z_archives_are_encrypted() {
    let state = |content: &[u8]| {
        let out = unpack("p.7z", Arc::from(content), &Limits::default());
        out.iter().map(|u| (u.path.clone(), u.state.as_ref().unwrap().0)).collect::<Vec<_>>()
    };
    let locked = state(include_bytes!("../../testdata/locked.7z"));
    let encrypted = DocumentState::Encrypted;
    assert_eq!(locked, [("p.7z".into(), encrypted), ("p.7z!/form.txt".into(), encrypted)]);
    let names = state(include_bytes!("../../testdata/locked-names.7z"));
    assert_eq!(names, [("p.7z".into(), encrypted)]);
}

#[test]
fn zip_members_may_be_packed_by_other_methods() {
    let text = b"Name: Sample Person\n".repeat(20);
    for (method, packed) in
        [(12_u16, BZIP2_TEXT.to_vec()), (93, zstd_of(&text)), (95, xz_of(&text))]
    {
        // The writer knows deflate alone: the packed bytes are stored, and the heads rewritten.
        let options = ::zip::write::SimpleFileOptions::default()
            .compression_method(::zip::CompressionMethod::Stored);
        let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer.start_file("f.txt", options).unwrap();
        std::io::Write::write_all(&mut writer, &packed).unwrap();
        let mut content = writer.finish().unwrap().into_inner();
        let mut crc = flate2::Crc::new();
        crc.update(&text);
        let central = memchr::memmem::find(&content, b"PK\x01\x02").unwrap();
        for (at, size) in [(8, 22), (central + 10, central + 24)] {
            content[at..at + 2].copy_from_slice(&method.to_le_bytes());
            content[size - 8..size - 4].copy_from_slice(&crc.sum().to_le_bytes());
            content[size..size + 4]
                .copy_from_slice(&u32::try_from(text.len()).unwrap().to_le_bytes());
        }
        let out = unpack("m.zip", Arc::from(content), &Limits::default());
        assert_eq!(out[1].content.as_deref(), Some(&*text), "method {method}");
    }
}

#[test]
fn rar_says_what_to_do() {
    let read = read("a.rar", MediaType::Rar, b"Rar!\x1a\x07\0", &ReadOptions::default());
    assert_eq!(read.state, DocumentState::Unsupported);
    assert!(read.reason.unwrap().contains("unpack it with another program"));
}

/// Starts that lead the readers in, so that random bytes get past the signatures.
const STARTS: [&[u8]; 10] = [
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"{\\rtf1 ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"From: a\r\nTo: b\r\n\r\n",
    b"a,\"b\n",
    b"\xff\xfe",
    b"<!doctype html>",
    b"%PDF-1.4\n",
];

proptest! {
    #[test]
    fn nothing_panics_and_every_state_has_its_reason(
        start in prop::sample::select(&STARTS),
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let content = [start, &*bytes].concat();
        let _ = sniff(&content);
        for unpacked in unpack("x", Arc::from(content), &Limits::default()) {
            let Some(content) = &unpacked.content else { continue };
            if unpacked.media.is_image() {
                continue;
            }
            let read = read(&unpacked.path, unpacked.media, content, &ReadOptions::default());
            prop_assert_eq!(read.reason.is_none(), read.state == DocumentState::Read);
            prop_assert!(read.problems.iter().all(|p| p.kind != "reader_panicked"));
        }
    }

    #[test]
    fn changed_files_are_survived(
        cut in 0.0..1.0_f64,
        flips in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..8),
        which in 0..3_usize,
    ) {
        let form = docx(&paragraph("Sample"), &[]);
        let book = crate::fixtures::xlsx(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
        let mut content = [form.clone(), book, zip(&[("a.docx", &form), ("b.txt", b"text")])][which].clone();
        let at = |share: f64, length: usize| {
            // A share of the length; rounding is of no matter.
            (0..length).nth((0..length).filter(|n| (*n as f64) < share * length as f64).count()).unwrap_or(0)
        };
        for (share, byte) in flips {
            let at = at(share, content.len());
            content[at] = byte;
        }
        content.truncate(at(cut, content.len()).max(1));
        for unpacked in unpack("x", Arc::from(content), &Limits::default()) {
            if let (None, Some(content)) = (&unpacked.state, &unpacked.content) {
                let read = read(&unpacked.path, unpacked.media, content, &ReadOptions::default());
                prop_assert_eq!(read.reason.is_none(), read.state == DocumentState::Read);
            }
        }
    }
}
