//! What control words mean: characters, encodings, structure, and where the text of a group goes.

use encoding_rs::{
    Encoding, GBK, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1253, WINDOWS_1254,
    WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

use super::{Destination, Reader};

impl Reader {
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        if word != "u" {
            self.flush();
        }
        if self.destination(word) {
            return;
        }
        match (word, number) {
            ("u", Some(code)) => self.unicode(code),
            ("uc", Some(count)) => self.state.substitutes = usize::try_from(count).unwrap_or(1),
            ("ansicpg", Some(page)) => {
                self.code_page = code_page(page).unwrap_or(self.code_page);
            }
            ("f", Some(font)) => self.state.font = font,
            ("fcharset", Some(charset)) if self.state.destination == Destination::Fonts => {
                if let Some(encoding) = of_charset(charset) {
                    self.charsets.insert(self.state.font, encoding);
                }
            }
            ("deleted", on) => self.state.deleted = on != Some(0),
            ("plain", _) => self.state.deleted = false,
            ("tab" | "nestcell", _) => self.push('\t'),
            ("line" | "nestrow", _) => self.push('\n'),
            ("yr" | "mo" | "dy" | "hr" | "min", Some(part)) => self.time_part(word, part),
            ("emdash", _) => self.push('—'),
            ("endash", _) => self.push('–'),
            ("lquote", _) => self.push('‘'),
            ("rquote", _) => self.push('’'),
            ("ldblquote", _) => self.push('“'),
            ("rdblquote", _) => self.push('”'),
            ("bullet", _) => self.push('•'),
            _ if self.state.destination == Destination::Body => self.structure(word),
            _ => {}
        }
    }

    fn time_part(&mut self, word: &str, part: i32) {
        let at = ["yr", "mo", "dy", "hr", "min"].iter().position(|name| *name == word);
        if let (Some(at), Destination::Time(_)) = (at, self.state.destination) {
            self.time[at] = part.clamp(0, 9999);
        }
    }

    fn structure(&mut self, word: &str) {
        match word {
            "pard" => self.state.in_table = false,
            "intbl" => self.state.in_table = true,
            "par" | "sect" | "page" => self.end_paragraph(),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            _ => {}
        }
    }

    /// Whether the word opens a destination of its own.
    fn destination(&mut self, word: &str) -> bool {
        let destination = match word {
            "fonttbl" => Destination::Fonts,
            "author" => Destination::Property("author"),
            "operator" => Destination::Property("last_modified_by"),
            "title" => Destination::Property("title"),
            "subject" => Destination::Property("subject"),
            "company" => Destination::Property("company"),
            "manager" => Destination::Property("manager"),
            "doccomm" => Destination::Property("description"),
            "keywords" => Destination::Property("keywords"),
            "creatim" => Destination::Time("created"),
            "revtim" => Destination::Time("modified"),
            "printim" => Destination::Time("last_printed"),
            "generator" => Destination::Property("application"),
            "info" | "shpinst" | "shptxt" | "fldrslt" => return true,
            "colortbl" | "stylesheet" | "listtable" | "listoverridetable" | "pict" | "object"
            | "fldinst" | "themedata" | "colorschememapping" | "datastore" | "latentstyles"
            | "xmlnstbl" | "rsidtbl" | "bkmkstart" | "bkmkend" | "sp" | "listtext"
            | "nonesttables" => Destination::Nowhere,
            _ if self.starred => Destination::Nowhere,
            _ => return false,
        };
        self.starred = false;
        // What lies in a group that is left out is left out too.
        if self.state.destination != Destination::Nowhere {
            self.state.destination = destination;
            if matches!(destination, Destination::Property(_)) {
                self.end_paragraph();
            }
        }
        true
    }
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    Encoding::for_label(format!("windows-{number}").as_bytes())
}

/// Windows' numbers of character sets; 0 is the code page of the document.
fn of_charset(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        128 => SHIFT_JIS,
        134 => GBK,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178..=180 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        _ => return None,
    })
}
