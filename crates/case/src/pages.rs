//! Documents for the viewer: the ledger row, the text, the page images.

use std::sync::Arc;

use intake::Content;
use model::{Document, DocumentId};

use crate::{Case, CaseError};

impl Case {
    /// The ledger row a content was first found under.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Document>, CaseError> {
        Ok(self.store.document(id)?)
    }

    /// The text of a document as it was read, if it was.
    pub fn text(&self, id: &DocumentId) -> Result<Option<String>, CaseError> {
        Ok(self.store.reading(id)?.map(|(layout, _)| layout.text()))
    }

    /// How many pages of a document can be shown; 0 for text documents.
    pub fn page_count(&self, document: &Document) -> Result<u32, CaseError> {
        let blobs = self.store.blobs();
        if !blobs.has(&document.id) {
            return Ok(0);
        }
        let content = Content::File(Arc::new(blobs.open(&document.id)?));
        let kind = self.readers.kind(&document.path, &content)?;
        Ok(self.readers.page_count(kind, &content)?)
    }

    /// A page as PNG; `None` if there is none or it cannot be rendered.
    pub fn page_png(
        &self,
        document: &Document,
        page: u32,
        width_px: u32,
    ) -> Result<Option<Vec<u8>>, CaseError> {
        let blobs = self.store.blobs();
        if !blobs.has(&document.id) {
            return Ok(None);
        }
        let content = Content::File(Arc::new(blobs.open(&document.id)?));
        let kind = self.readers.kind(&document.path, &content)?;
        Ok(self.readers.render_page(kind, &content, page, width_px)?)
    }
}
