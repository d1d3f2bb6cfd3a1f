//! Which of the kinds of plain text a text is: markup, mail, a table, or text.
//!
//! Here alone a name is a hint, where the text itself does not tell.

use super::{MediaType, odf_kind};
use crate::{delimited, text};

/// How much of a text is looked at to tell its kind.
const TEXT_SAMPLE_BYTES: usize = 64 << 10;

/// Names that promise a binary format: a few characters of text under one are a stump of it.
const BINARY_NAMES: &[&str] = &[
    "docx", "docm", "xlsx", "xlsm", "xlsb", "xls", "pptx", "odt", "ods", "pdf", "msg", "png",
    "jpg", "jpeg", "tif", "tiff", "webp", "gif", "bmp", "heic", "zip", "7z", "rar", "tar", "gz",
    "bz2", "xz", "zst",
];

/// Shorter texts under the name of a binary format are stumps.
const STUMP_BYTES: usize = 16;

pub(super) fn text_kind(content: &[u8], name: &str) -> MediaType {
    let name = name.rsplit("!/").next().unwrap_or(name);
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let named_text = matches!(extension.as_str(), "csv" | "tsv" | "tab" | "txt");
    let sample = &content[..content.len().min(TEXT_SAMPLE_BYTES)];
    let Some(text) = text::decode_sample(sample, named_text) else {
        return MediaType::Unknown;
    };
    if content.len() < STUMP_BYTES && BINARY_NAMES.contains(&extension.as_str()) {
        return MediaType::Unknown;
    }
    let start = text.trim_start();
    if let Some(kind) = markup_kind(start) {
        return kind;
    }
    if start.starts_with("From ") && text.lines().nth(1).is_some_and(is_header_line) {
        return MediaType::Mailbox;
    }
    if is_mail(start) {
        return MediaType::Mail;
    }
    match extension.as_str() {
        "csv" | "tsv" | "tab" => MediaType::Delimited,
        "txt" => MediaType::Text,
        _ if delimited::delimiter(&text).is_some() => MediaType::Delimited,
        _ => MediaType::Text,
    }
}

/// Elements that only HTML begins with, comments aside.
const HTML_STARTS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<table",
    "<meta",
    "<title",
    "<div",
    "<p>",
    "<center",
    "<font",
    "<style",
    "<h1",
    "<br",
];

fn markup_kind(start: &str) -> Option<MediaType> {
    let head: String = start.chars().take(8192).collect::<String>().to_ascii_lowercase();
    let mut head = head.as_str();
    let xml = head.starts_with("<?xml");
    while let Some(comment) = head.strip_prefix("<!--") {
        head = comment.split_once("-->")?.1.trim_start();
    }
    if HTML_STARTS.iter().any(|start| head.starts_with(start)) {
        Some(MediaType::Html)
    } else if xml && head.contains("office:mimetype=") {
        let kind = head.split("office:mimetype=").nth(1)?.split(['"', '\'']).nth(1)?;
        odf_kind(kind).or(Some(MediaType::Xml))
    } else if xml {
        Some(if head.contains("<html") { MediaType::Html } else { MediaType::Xml })
    } else {
        None
    }
}

/// Headers that only mail has.
const MAIL_ONLY: &[&str] =
    &["received", "message-id", "mime-version", "content-type", "return-path", "delivered-to"];

fn is_header_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

fn is_mail(start: &str) -> bool {
    let mut names: Vec<String> = Vec::new();
    for line in start.lines().take(100) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        if !is_header_line(line) {
            return false;
        }
        let name = line.split(':').next().unwrap_or_default();
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    MAIL_ONLY.iter().any(|name| has(name)) || (has("from") && (has("to") || has("date")))
}
