//! The kinds of content that intake tells apart, and what they are called on the wire.

use serde::{Deserialize, Serialize};

/// The kinds of content that intake tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MediaType {
    /// Word, XML kind.
    Docx,
    /// Excel, XML kind.
    Xlsx,
    /// Excel, binary sheets in a ZIP.
    Xlsb,
    /// `PowerPoint`, XML kind.
    Pptx,
    /// `OpenDocument` text.
    Odt,
    /// `OpenDocument` sheet.
    Ods,
    /// Another `OpenDocument` file: drawing, presentation, formula.
    Odf,
    /// Word 97–2003.
    Doc,
    /// Excel 97–2003.
    Xls,
    /// An office file behind a password (OLE container with `EncryptedPackage`).
    OfficeEncrypted,
    /// A mail or other item of Outlook.
    Msg,
    /// Another OLE container.
    Ole,
    /// Rich Text Format.
    Rtf,
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// TIFF.
    Tiff,
    /// GIF.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// WebP.
    Webp,
    /// HEIF with HEVC, as phones take photographs.
    Heic,
    /// HEIF with AV1.
    Avif,
    /// ZIP archive that is no office file.
    Zip,
    /// Gzip.
    Gzip,
    /// One content packed by bzip2.
    Bzip2,
    /// One content packed by xz.
    Xz,
    /// One content packed by Zstandard.
    Zstd,
    /// Tar archive.
    Tar,
    /// RAR archive.
    Rar,
    /// 7z archive.
    SevenZip,
    /// One mail.
    Mail,
    /// A mailbox of many mails (mbox).
    Mailbox,
    /// Text whose lines are records with a delimiter.
    Delimited,
    /// HTML.
    Html,
    /// Any other XML.
    Xml,
    /// Plain text.
    Text,
    /// A program.
    Executable,
    /// No bytes.
    Empty,
    /// None of these.
    Unknown,
}

impl MediaType {
    /// The media type as the ledger writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xlsb => "application/vnd.ms-excel.sheet.binary.macroenabled.12",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odf => "application/vnd.oasis.opendocument",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::OfficeEncrypted => "application/x-ole-encrypted-office",
            Self::Msg => "application/vnd.ms-outlook",
            Self::Ole => "application/x-ole-storage",
            Self::Rtf => "application/rtf",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Zip => "application/zip",
            Self::Gzip => "application/gzip",
            Self::Bzip2 => "application/x-bzip2",
            Self::Xz => "application/x-xz",
            Self::Zstd => "application/zstd",
            Self::Tar => "application/x-tar",
            Self::Rar => "application/vnd.rar",
            Self::SevenZip => "application/x-7z-compressed",
            Self::Mail => "message/rfc822",
            Self::Mailbox => "application/mbox",
            Self::Delimited => "text/csv",
            Self::Html => "text/html",
            Self::Xml => "application/xml",
            Self::Text => "text/plain",
            Self::Executable => "application/x-executable",
            Self::Empty => "inode/x-empty",
            Self::Unknown => "application/octet-stream",
        }
    }

    /// Whether it is a picture that is read.
    pub fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Tiff | Self::Gif | Self::Bmp | Self::Webp)
    }

    /// Whether [`crate::unpack()`] looks for members in it. Office files are no containers.
    pub fn is_container(self) -> bool {
        self.is_mail()
            || matches!(self, Self::Zip | Self::Gzip | Self::Bzip2 | Self::Xz | Self::Zstd)
            || matches!(self, Self::Tar | Self::SevenZip | Self::Mailbox)
    }

    /// Whether it is read as a text beside having members.
    pub fn is_mail(self) -> bool {
        matches!(self, Self::Mail | Self::Msg)
    }
}
