//! `make-demo`: the fictional cache and watchlist that `crossroll demo` unpacks.
//!
//! Nobody in it exists: names are put together from words for plants, stones and weather, phones
//! are from +999, every form is marked as a sample. Same program, same font, same bytes.

mod docx;
mod form;
mod mail;
mod people;
mod register;
mod scan;
mod sheet;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use zip::write::SimpleFileOptions;

use people::Person;

pub(crate) use docx::write as write_docx;
pub(crate) use form::{Form, Language, MARK};
pub(crate) use register::write_rows as write_sheet;
pub(crate) use scan::scan;
pub(crate) use sheet::{FontFile, Pen, draw, find_font, font_at, write as write_pdf};

/// Where the result lies in the repository.
const DEMO: &str = "corpus/demo/demo.zip";

/// The result is embedded in the binary, so it stays small.
const BYTES_MAX: usize = 2 << 20;

/// Makes the demo, or compares it with what is committed.
pub(crate) fn make(root: &Path, check: bool) -> anyhow::Result<()> {
    let path = root.join(DEMO);
    let Some(font) = sheet::find_font() else {
        // The files differ with the font, so there is nothing to compare without it.
        if check {
            return check_whole(&path);
        }
        bail!("DejaVu Sans is not installed (Debian package fonts-dejavu-core)");
    };
    let demo = pack(&make_files(&font)?)?;
    if demo.len() > BYTES_MAX {
        bail!("the demo has {} bytes, at most {BYTES_MAX} may be embedded", demo.len());
    }
    if check {
        let committed = fs::read(&path).with_context(|| format!("cannot read {DEMO}"))?;
        if unpack(&committed)? != unpack(&demo)? {
            bail!("{DEMO} is not what its generator makes; run `cargo xtask make-demo`");
        }
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, demo).with_context(|| format!("cannot write {DEMO}"))
}

/// All files of the demo by path.
fn make_files(font: &sheet::FontFile) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let person = |id: &str| -> &'static Person {
        people::PEOPLE.iter().find(|p| p.id == id).expect("the demo names only people of its own")
    };
    let form = |id: &str, language| form::fill(person(id), language);
    let mut files = BTreeMap::new();
    let mut put = |path: &str, bytes: Vec<u8>| files.insert(format!("cache/{path}"), bytes);
    for (path, id, language) in [
        ("borders/001.docx", "qandil", Language::Arabic),
        ("borders/002.docx", "zanbaq", Language::Arabic),
        ("borders/003.docx", "marjan-elder", Language::Arabic),
        ("borders/004.docx", "ghadir", Language::Arabic),
        ("borders/005.docx", "ballut", Language::French),
        ("borders/old/copy of 004.docx", "ghadir", Language::Arabic),
    ] {
        put(path, docx::write(&form(id, language))?);
    }
    for (path, id, language) in [
        ("borders/006.pdf", "qandil", Language::English),
        ("borders/007.pdf", "sanawbar", Language::Arabic),
        ("borders/008.pdf", "fanus", Language::Russian),
    ] {
        put(path, sheet::write(&form(id, language), font)?);
    }
    for (path, id, degrees) in
        [("scans/page 1.jpg", "yaqut", 0.6_f32), ("scans/page 2.jpg", "marjan-younger", -0.4)]
    {
        let sheet = sheet::write(&form(id, Language::Arabic), font)?;
        put(path, scan::scan(&sheet, degrees)?);
    }
    let rows: Vec<&Person> = ["sahab", "yaqut", "zanbaq", "rimal"].map(person).into();
    put("registers/register.xlsx", register::write(&rows)?);
    let rimal = docx::write(&form("rimal", Language::English))?;
    put("mail/message.eml", mail::write("form of the sample brother", "form.docx", &rimal));
    let inner = BTreeMap::from([
        ("batch/009.docx".to_owned(), docx::write(&form("sahab", Language::English))?),
        ("batch/notes.txt".to_owned(), "SYNTHETIC SAMPLE. Nothing here is real.\n".into()),
    ]);
    put("batch.zip", pack(&inner)?);
    put("borders/empty.pdf", Vec::new());
    put("borders/damaged.docx", b"PK\x03\x04 this archive ends here".to_vec());
    files.insert("watchlist.csv".to_owned(), people::watchlist().into_bytes());
    files.insert("README.txt".to_owned(), people::README.as_bytes().to_vec());
    Ok(files)
}

fn pack(files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(path, SimpleFileOptions::default())?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn unpack(bytes: &[u8]) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index)?;
        let mut content = Vec::new();
        member.read_to_end(&mut content)?;
        files.insert(member.name()?.into_owned(), content);
    }
    Ok(files)
}

/// Without the font: at least the committed archive is whole and within its bounds.
fn check_whole(path: &Path) -> anyhow::Result<()> {
    let committed = fs::read(path).with_context(|| format!("cannot read {DEMO}"))?;
    if committed.len() > BYTES_MAX || unpack(&committed)?.len() < 10 {
        bail!("{DEMO} is damaged; run `cargo xtask make-demo`");
    }
    Ok(())
}
