//! Pages as images, for the screen on which a person checks a reading.
//!
//! Only formats with pages can be rendered; a text document is shown as text instead.

use crate::sniff::MediaType;

/// Why a page could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The format has no pages.
    #[error("a document of type {media} has no pages to render")]
    NoPages {
        /// What the document is.
        media: &'static str,
    },
    /// The document has fewer pages.
    #[error("page {page} is past the last page")]
    NoSuchPage {
        /// The page asked for, from 0.
        page: u32,
    },
    /// The page is damaged, or a limit was met.
    #[error("page {page} cannot be rendered: {reason}")]
    Failed {
        /// The page asked for, from 0.
        page: u32,
        /// What the renderer met.
        reason: String,
    },
}

/// How many pages the document has; 0 for formats without pages and for damaged files.
pub fn page_count(media: MediaType, content: &[u8]) -> u32 {
    let _ = content;
    u32::from(media.is_image())
}

/// A page as PNG, scaled to the width.
pub fn render_page(
    media: MediaType,
    content: &[u8],
    page: u32,
    width_px: u32,
) -> Result<Vec<u8>, RenderError> {
    let _ = (content, page, width_px);
    Err(RenderError::NoPages { media: media.as_str() })
}
