//! The lists of a case with their dates, hashes and counts; their versions, what changed between two
//! of them, and entries as they were.

use std::collections::BTreeMap;

use axum::Json;
use case::{DiffPage, WhichChanges};
use model::{ChangeCounts, ChangeKind, DatasetName, EntityId, ListChange, ListVersion};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cases::DatasetShape;
use super::extract::{Ask, At, CasePath, InCase, ItemPath, checked_page, usual_limit, work};
use super::problem::ApiError;
use super::shapes::StatementShape;
use super::words::ChangeWord;

/// The loaded lists.
#[utoipa::path(get, operation_id = "lists_list", path = "/lists", tag = "lists", params(CasePath), responses((status = 200, body = Vec<DatasetShape>)))]
pub(crate) async fn list(InCase(case): InCase) -> Json<Vec<DatasetShape>> {
    let view = case.room.view();
    Json(view.ledger.lists().map(Into::into).collect())
}

/// A version of a list that was loaded.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionShape {
    /// The list.
    list: String,
    /// Its number in the case, from 1.
    version: u64,
    /// The publisher's date, ISO 8601.
    date: Option<String>,
    /// SHA-256 of the bytes; of several files, of their hashes in order of name.
    sha256: String,
    /// When it was loaded, ISO 8601; none if an earlier release loaded it.
    added: Option<String>,
    /// Entities it holds.
    entities: u64,
    /// Counts and facts by name.
    info: BTreeMap<String, String>,
    /// Its files, which are kept in the case; none if an earlier release loaded it.
    files: Vec<VersionFileShape>,
    /// What it changed against the version before; none for the first.
    changes: Option<ChangeCountsShape>,
}

/// A file of a version.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionFileShape {
    name: String,
    sha256: String,
}

/// Listed subjects by what became of them. Those delisted and reported dead are counted in the first
/// three as well.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeCountsShape {
    added: u64,
    removed: u64,
    changed: u64,
    /// By the publisher's own word.
    delisted: u64,
    /// Where no death was reported before.
    reported_dead: u64,
}

impl From<ChangeCounts> for ChangeCountsShape {
    fn from(counts: ChangeCounts) -> Self {
        let ChangeCounts { added, removed, changed, delisted, reported_dead } = counts;
        Self { added, removed, changed, delisted, reported_dead }
    }
}

impl From<ListVersion> for VersionShape {
    fn from(version: ListVersion) -> Self {
        let files = version
            .files
            .into_iter()
            .map(|file| VersionFileShape { name: file.name, sha256: file.sha256.to_string() });
        Self {
            list: version.list.to_string(),
            version: version.version,
            date: version.date,
            sha256: version.sha256,
            added: version.added,
            entities: version.entities,
            info: version.info,
            files: files.collect(),
            changes: version.changes.map(Into::into),
        }
    }
}

/// The versions of a list that were loaded, in that order.
#[utoipa::path(get, operation_id = "lists_versions", path = "/lists/{id}/versions", tag = "lists", params(ItemPath), responses((status = 200, body = Vec<VersionShape>)))]
pub(crate) async fn versions(
    InCase(case): InCase,
    At(path): At<ItemPath>,
) -> Result<Json<Vec<VersionShape>>, ApiError> {
    work(move || {
        let list = DatasetName::from(path.id);
        let versions = case.room.read(|case| case.list_versions(Some(&list)))?;
        if versions.is_empty() {
            return Err(ApiError::not_found("list"));
        }
        Ok(Json(versions.into_iter().map(Into::into).collect()))
    })
    .await
}

/// Which changes of a list.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChangesWord {
    /// Entities that are new.
    Added,
    /// Entities that are gone.
    Removed,
    /// Entities that say something else.
    Changed,
    /// What the publisher says is no longer listed.
    Delisted,
    /// Who is newly reported dead.
    ReportedDead,
}

impl From<ChangesWord> for WhichChanges {
    fn from(word: ChangesWord) -> Self {
        match word {
            ChangesWord::Added => Self::Kind(ChangeKind::Added),
            ChangesWord::Removed => Self::Kind(ChangeKind::Removed),
            ChangesWord::Changed => Self::Kind(ChangeKind::Changed),
            ChangesWord::Delisted => Self::Delisted,
            ChangesWord::ReportedDead => Self::ReportedDead,
        }
    }
}

/// Which difference, and which part of it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DiffAsk {
    /// The version to tell from; the one before `to` if not said.
    from: Option<u64>,
    /// The version to tell to, which may be the earlier one; the last if not said.
    to: Option<u64>,
    /// Only these.
    #[param(inline)]
    what: Option<ChangesWord>,
    /// Entities after this one: `next` of the page before.
    after: Option<String>,
    /// How many to give, 1000 at most.
    #[serde(default = "usual_limit")]
    #[param(maximum = 1000, minimum = 1)]
    limit: usize,
}

/// A page of what changed between two versions of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct DiffShape {
    from: VersionShape,
    to: VersionShape,
    /// How many subjects changed in all; on the first page only.
    counts: Option<ChangeCountsShape>,
    /// In order of the entities.
    changes: Vec<ChangeShape>,
    /// What the next page begins after; none if this is the last.
    next: Option<String>,
}

/// What became of an entity of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeShape {
    /// The entity.
    entity: String,
    /// The listed subject it belongs to: itself, the holder of a passport, the target of a sanction.
    subject: String,
    schema: String,
    /// What to call it.
    caption: String,
    kind: ChangeWord,
    /// The publisher's word that it is no longer listed.
    delisted: Option<String>,
    /// A report of death that was not there before, in the list's words.
    reported_dead: Option<String>,
    /// What changed; empty where the entity came or went as a whole.
    properties: Vec<PropertyChangeShape>,
}

/// A property that says something else.
#[derive(Serialize, ToSchema)]
pub(crate) struct PropertyChangeShape {
    prop: String,
    /// Values that are gone.
    before: Vec<String>,
    /// Values that are new.
    after: Vec<String>,
}

impl From<ListChange> for ChangeShape {
    fn from(change: ListChange) -> Self {
        let properties = change.properties.into_iter().map(|property| PropertyChangeShape {
            prop: property.prop,
            before: property.before,
            after: property.after,
        });
        Self {
            entity: change.entity_id.to_string(),
            subject: change.subject.to_string(),
            schema: change.schema,
            caption: change.caption,
            kind: change.kind.into(),
            delisted: change.delisted,
            reported_dead: change.reported_dead,
            properties: properties.collect(),
        }
    }
}

/// What changed between two versions of a list.
#[utoipa::path(get, operation_id = "lists_diff", path = "/lists/{id}/diff", tag = "lists", params(ItemPath, DiffAsk), responses((status = 200, body = DiffShape)))]
pub(crate) async fn diff(
    InCase(case): InCase,
    At(path): At<ItemPath>,
    Ask(ask): Ask<DiffAsk>,
) -> Result<Json<DiffShape>, ApiError> {
    let (_, limit) = checked_page(0, ask.limit)?;
    work(move || {
        let list = DatasetName::from(path.id);
        let after = ask.after.map(EntityId::from);
        let page = DiffPage { after, limit, what: ask.what.map(Into::into) };
        let page = case.room.read(|case| case.list_diff_page(&list, ask.from, ask.to, &page))?;
        let last = page.changes.last().filter(|_| !page.is_last);
        Ok(Json(DiffShape {
            next: last.map(|change| change.entity_id.to_string()),
            from: page.from.into(),
            to: page.to.into(),
            counts: page.counts.map(Into::into),
            changes: page.changes.into_iter().map(Into::into).collect(),
        }))
    })
    .await
}

/// An entry of a version of a list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct VersionEntityPath {
    /// Name of the case.
    #[expect(dead_code, reason = "read by `InCase`; stands here to be described")]
    case: String,
    /// The list.
    id: String,
    /// Number of the version.
    version: u64,
    /// The entity.
    entity: String,
}

/// An entry as a version of its list had it.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionEntityShape {
    id: String,
    list: String,
    version: u64,
    /// What the version says. What later ones say the same of cites their files.
    statements: Vec<StatementShape>,
}

/// An entry as a version of its list had it.
#[utoipa::path(get, operation_id = "lists_entity", path = "/lists/{id}/versions/{version}/entities/{entity}", tag = "lists", params(VersionEntityPath), responses((status = 200, body = VersionEntityShape)))]
pub(crate) async fn entity(
    InCase(case): InCase,
    At(path): At<VersionEntityPath>,
) -> Result<Json<VersionEntityShape>, ApiError> {
    work(move || {
        let (list, id) = (DatasetName::from(path.id), EntityId::from(path.entity));
        let statements = case.room.read(|case| case.list_entity_at(&list, path.version, &id))?;
        if statements.is_empty() {
            return Err(ApiError::not_found("entity"));
        }
        Ok(Json(VersionEntityShape {
            id: id.to_string(),
            list: list.to_string(),
            version: path.version,
            statements: statements.iter().map(Into::into).collect(),
        }))
    })
    .await
}
