//! Documents: the ledger, the text with its places, page images, original bytes.

use axum::Json;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use model::{Block, DocumentId, DocumentState, Span};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{
    Ask, At, CasePath, Hidden, InCase, ItemPath, checked_page, usual_limit, work,
};
use super::lead::SheetShape;
use super::problem::ApiError;
use super::shapes::{AreaShape, page_of};
use super::words::DocumentStateWord;

/// Widths of page images in pixels; beyond, a page of A4 holds no more. Chosen by hand.
const WIDTHS: std::ops::RangeInclusive<u32> = 50..=4000;
/// The usual width: readable without zoom.
const WIDTH: u32 = 1000;

/// Which documents.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentsAsk {
    /// Only those in this state.
    state: Option<String>,
    /// Only those of this dataset.
    dataset: Option<String>,
    /// Only those with this text in their path or reason.
    text: Option<String>,
    /// How many to leave out.
    #[serde(default)]
    offset: usize,
    /// How many to give, 1000 at most.
    #[serde(default = "usual_limit")]
    #[param(maximum = 1000, minimum = 1)]
    limit: usize,
}

/// A page of the ledger.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentsShape {
    /// Documents that match.
    total: usize,
    documents: Vec<DocumentShape>,
}

/// A row of the ledger.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentShape {
    /// SHA-256 of its content.
    id: String,
    path: String,
    dataset: String,
    state: DocumentStateWord,
    /// Why, for every state but `read`.
    reason: Option<String>,
    media_type: String,
    size: u64,
}

/// The ledger.
#[utoipa::path(get, operation_id = "documents_list", path = "/documents", tag = "documents", params(CasePath, DocumentsAsk), responses((status = 200, body = DocumentsShape)))]
pub(crate) async fn list(
    InCase(case): InCase,
    Hidden(hidden): Hidden,
    Ask(ask): Ask<DocumentsAsk>,
) -> Result<Json<DocumentsShape>, ApiError> {
    let (offset, limit) = checked_page(ask.offset, ask.limit)?;
    let state = match ask.state.as_deref() {
        None => None,
        Some(word) => Some(
            DocumentState::parse(word)
                .ok_or_else(|| ApiError::invalid("there is no such state"))?,
        ),
    };
    let view = case.room.view();
    let holds = |text: &str| ask.text.as_ref().is_none_or(|part| text.contains(part.as_str()));
    let found = view.ledger.documents.iter().filter(|(dataset, document)| {
        !hidden.contains(document.id.as_str())
            && state.is_none_or(|state| state == document.state)
            && ask.dataset.as_ref().is_none_or(|name| name == dataset.as_str())
            && (holds(&document.path) || document.reason.as_deref().is_some_and(holds))
    });
    let total = found.clone().count();
    let documents = found.skip(offset).take(limit).map(|(dataset, document)| DocumentShape {
        id: document.id.to_string(),
        path: document.path.clone(),
        dataset: dataset.to_string(),
        state: document.state.into(),
        reason: document.reason.clone(),
        media_type: document.media_type.clone(),
        size: document.size,
    });
    Ok(Json(DocumentsShape { total, documents: documents.collect() }))
}

/// A document and the records that were read of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentDetail {
    document: SheetShape,
    /// Its records, each with its lead.
    records: Vec<DocumentRecord>,
}

/// A record of a document.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentRecord {
    id: String,
    lead: Option<String>,
    name: Option<String>,
}

/// One document.
#[utoipa::path(get, operation_id = "documents_one", path = "/documents/{id}", tag = "documents", params(ItemPath), responses((status = 200, body = DocumentDetail)))]
pub(crate) async fn one(
    InCase(case): InCase,
    At(path): At<ItemPath>,
) -> Result<Json<DocumentDetail>, ApiError> {
    work(move || {
        let view = case.room.view();
        let id = DocumentId::from(path.id);
        let (sheet, _) = case.room.sheet(&id)?;
        let records = view.ledger.records.iter().filter(|(_, f)| f.document.as_ref() == Some(&id));
        let records = records.map(|(record, _)| {
            let row = view.find(record.as_str()).map(|(_, row)| row);
            DocumentRecord {
                id: record.to_string(),
                lead: row.map(|row| row.id.to_string()),
                name: row.and_then(|row| row.names.first().cloned()),
            }
        });
        Ok(Json(DocumentDetail { document: (&sheet).into(), records: records.collect() }))
    })
    .await
}

/// The text of a document in reading order.
#[derive(Serialize, ToSchema)]
pub(crate) struct LayoutShape {
    /// Pages with their width and height; none for text documents.
    pages: Vec<PageShape>,
    blocks: Vec<BlockShape>,
}

/// The size of a page, in points or pixels.
#[derive(Serialize, ToSchema)]
pub(crate) struct PageShape {
    width: f32,
    height: f32,
}

/// A paragraph, a line or a table; the rows of a table are lists of cells, others have one row.
#[derive(Serialize, ToSchema)]
pub(crate) struct BlockShape {
    /// `paragraph`, `line` or `table`.
    kind: &'static str,
    rows: Vec<Vec<Vec<SpanShape>>>,
}

/// A run of text with its place.
#[derive(Serialize, ToSchema)]
pub(crate) struct SpanShape {
    text: String,
    /// The place in words.
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<AreaShape>,
    confidence: f32,
}

impl From<&Span> for SpanShape {
    fn from(span: &Span) -> Self {
        let (page, area) = page_of(&span.place);
        Self {
            text: span.text.clone(),
            place: span.place.describe(),
            page,
            area,
            confidence: span.confidence,
        }
    }
}

impl From<&Block> for BlockShape {
    fn from(block: &Block) -> Self {
        let spans = |spans: &[Span]| spans.iter().map(SpanShape::from).collect::<Vec<_>>();
        match block {
            Block::Paragraph(span) => {
                Self { kind: "paragraph", rows: vec![vec![vec![span.into()]]] }
            }
            Block::Line(line) => Self { kind: "line", rows: vec![vec![spans(&line.spans)]] },
            Block::Table(table) => {
                let row =
                    |row: &Vec<model::Cell>| row.iter().map(|cell| spans(&cell.spans)).collect();
                Self { kind: "table", rows: table.rows.iter().map(row).collect() }
            }
        }
    }
}

/// The text of a document with the places of its words.
#[utoipa::path(get, operation_id = "documents_layout", path = "/documents/{id}/layout", tag = "documents", params(ItemPath), responses((status = 200, body = LayoutShape)))]
pub(crate) async fn layout(
    InCase(case): InCase,
    At(path): At<ItemPath>,
) -> Result<Json<LayoutShape>, ApiError> {
    work(move || {
        let (_, layout) = case.room.sheet(&DocumentId::from(path.id))?;
        let layout = layout.unwrap_or_default();
        let pages = layout.pages.iter().map(|p| PageShape { width: p.width, height: p.height });
        Ok(Json(LayoutShape {
            pages: pages.collect(),
            blocks: layout.blocks.iter().map(Into::into).collect(),
        }))
    })
    .await
}

/// A page of a document.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PagePath {
    /// Name of the case.
    #[expect(dead_code, reason = "read by `InCase`; stands here to be described")]
    case: String,
    /// The document.
    id: String,
    /// The page, from 0.
    page: u32,
}

/// How a page is drawn.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageImageAsk {
    /// Width in pixels.
    #[param(minimum = 50, maximum = 4000)]
    width: Option<u32>,
}

/// A page as an image.
#[utoipa::path(get, operation_id = "documents_page", path = "/documents/{id}/pages/{page}", tag = "documents", params(PagePath, PageImageAsk), responses((status = 200, description = "PNG", body = Vec<u8>, content_type = "image/png")))]
pub(crate) async fn page(
    InCase(case): InCase,
    At(path): At<PagePath>,
    Ask(ask): Ask<PageImageAsk>,
) -> Result<Response, ApiError> {
    let width = ask.width.unwrap_or(WIDTH);
    if !WIDTHS.contains(&width) {
        return Err(ApiError::invalid("a page is 50 to 4000 pixels wide"));
    }
    let png = work(move || {
        let id = DocumentId::from(path.id);
        let found = case.room.read(|case| {
            let Some(document) = case.document(&id)? else { return Ok(None) };
            case.page_png(&document, path.page, width)
        });
        found.map_err(ApiError::from)?.ok_or_else(|| ApiError::not_found("page"))
    })
    .await?;
    Ok(([(CONTENT_TYPE, "image/png")], png).into_response())
}

/// The bytes of a document as they were acquired. They are foreign: nothing here opens them.
#[utoipa::path(get, operation_id = "documents_original", path = "/documents/{id}/original", tag = "documents", params(ItemPath), responses((status = 200, description = "The bytes", body = Vec<u8>, content_type = "application/octet-stream")))]
pub(crate) async fn original(
    InCase(case): InCase,
    At(path): At<ItemPath>,
) -> Result<Response, ApiError> {
    let (id, bytes) = work(move || {
        let view = case.room.view();
        let known = view.ledger.document(&path.id).map(|(_, document)| document.id.clone());
        let id = known.ok_or_else(|| ApiError::not_found("document"))?;
        // A file that was refused or could not be read has a row and no bytes.
        let bytes =
            case.room.read(|case| case.content(&id)).map_err(|_| ApiError::not_found("content"))?;
        Ok((id, bytes))
    })
    .await?;
    let name = format!("attachment; filename=\"{id}\"");
    let headers =
        [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}
