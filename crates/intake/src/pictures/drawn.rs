//! Which pictures the text of an XML office file shows, in which order, and how large.
//!
//! Only pictures of the body: those of headers are logos. What lies outside the file is left out.

use quick_xml::events::{BytesStart, Event};

use crate::ooxml::package::{Package, Part};
use crate::ooxml::xml;

/// A picture as the text refers to it.
pub(super) struct Reference {
    /// The part of the package.
    pub(super) target: String,
    /// Width and height in inches.
    pub(super) shown: Option<(f32, f32)>,
}

/// Units of `DrawingML` to an inch.
const EMU: f32 = 914_400.0;

/// Pictures that the text of a Word document shows: in drawings, and in the markup before them.
pub(super) fn of_word(package: &Package<'_>, main: &str) -> Vec<Reference> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let relationships = package.relationships(&format!("{folder}/_rels/{file}.rels"));
    let part_of = |id: &str| {
        let found = relationships.iter().find(|relationship| relationship.id == id)?;
        (!found.external).then(|| resolved(folder, &found.target))
    };
    let mut shown = None;
    let mut out = Vec::new();
    each_start(package, main, &mut |start| {
        let id = match start.local_name().into_inner() {
            "extent" => {
                let side = |name| xml::attribute(start, name)?.parse::<f32>().ok();
                shown = side("cx").zip(side("cy")).map(|(w, h)| (w / EMU, h / EMU));
                None
            }
            "shape" | "rect" => {
                shown = xml::attribute(start, "style").and_then(|style| of_style(&style));
                None
            }
            "blip" => xml::attribute(start, "embed"),
            "imagedata" => xml::attribute(start, "id"),
            _ => None,
        };
        out.extend(id.and_then(|id| part_of(&id)).map(|target| Reference { target, shown }));
    });
    out
}

/// Pictures that the text of an `OpenDocument` file shows.
pub(super) fn of_open_document(package: &Package<'_>) -> Vec<Reference> {
    let mut shown = None;
    let mut out = Vec::new();
    each_start(package, "content.xml", &mut |start| match start.name().into_inner() {
        "draw:frame" => {
            let side = |name| inches(&xml::attribute(start, name)?);
            shown = side("width").zip(side("height"));
        }
        "draw:image" => {
            let target = xml::attribute(start, "href").unwrap_or_default();
            let target = target.strip_prefix("./").unwrap_or(&target);
            // Objects have a picture of themselves, under another folder.
            if target.starts_with("Pictures/") {
                out.push(Reference { target: target.to_owned(), shown });
            }
        }
        _ => {}
    });
    out
}

fn each_start(package: &Package<'_>, part: &str, take: &mut dyn FnMut(&BytesStart<'_>)) {
    let Part::Had { bytes, .. } = package.part(part) else { return };
    let text = xml::decode(&bytes);
    let mut reader = xml::reader(&text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(start) => take(&start),
            _ => {}
        }
    }
}

/// A target as a part: relative to the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Width and height of a style like `width:450pt;height:600pt`.
fn of_style(style: &str) -> Option<(f32, f32)> {
    let side = |name: &str| {
        style.split(';').find_map(|rule| {
            let (key, value) = rule.split_once(':')?;
            (key.trim() == name).then(|| inches(value.trim()))?
        })
    };
    side("width").zip(side("height"))
}

/// A length with its unit; one without is in pixels of the screen.
fn inches(text: &str) -> Option<f32> {
    let unit = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let number: f32 = text[..unit].trim().parse().ok()?;
    let to_inch = match &text[unit..] {
        "in" => 1.0,
        "cm" => 2.54,
        "mm" => 25.4,
        "pt" => 72.0,
        "pc" => 6.0,
        "px" | "" => 96.0,
        _ => return None,
    };
    Some(number / to_inch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_parts_and_lengths_are_inches() {
        assert_eq!(resolved("word", "media/image1.png"), "word/media/image1.png");
        assert_eq!(resolved("word", "/word/media/image1.png"), "word/media/image1.png");
        assert_eq!(resolved("word", "../../../media/a.png"), "media/a.png");
        assert_eq!(inches("2.54cm"), Some(1.0));
        assert_eq!(inches("144pt"), Some(2.0));
        assert_eq!(inches("50%"), None);
        assert_eq!(of_style("position:absolute; width:36pt;height:1in"), Some((0.5, 1.0)));
        assert_eq!(of_style("width:36pt"), None);
    }
}
