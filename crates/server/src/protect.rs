//! The protection of a case over HTTP: purpose, categories, restriction, erasure.

use std::sync::Arc;

use axum::Json;
use axum::http::StatusCode;
use case::{Case, CaseError, Purpose, is_sensitive};
use model::Subject;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::ApiError;
use crate::api::acts::SubjectShape;
use crate::api::extract::{Body, CasePath, InCase, work};
use crate::auth::{CurrentUser, Permission, Trail};
use crate::room::OpenCase;

/// The protection of a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProtectionAnswer {
    purpose: Option<String>,
    legal_basis: Option<String>,
    /// The last day that the case may be kept.
    retain_until: Option<String>,
    /// Whether that day is past.
    is_past: bool,
    /// Records of people who may have been under eighteen, and nobody said what they are.
    minors: Vec<String>,
    categories: Vec<CategoryAnswer>,
    /// What is restricted; for the case lead.
    restricted: Vec<SubjectShape>,
    /// Records that were erased, with the hash of what they said.
    erased: Vec<ErasedAnswer>,
    /// Fields that exports leave out unless asked for.
    sensitive: Vec<&'static str>,
}

/// What somebody is to the case.
#[derive(Serialize, ToSchema)]
struct CategoryAnswer {
    subject: SubjectShape,
    categories: Vec<String>,
}

/// A record that was erased.
#[derive(Serialize, ToSchema)]
struct ErasedAnswer {
    record: String,
    hash: String,
}

/// Purpose, categories, restrictions, what was erased.
#[utoipa::path(get, operation_id = "protect_show", path = "/protection", tag = "protection", params(CasePath), responses((status = 200, body = ProtectionAnswer)))]
pub(crate) async fn show(
    InCase(case): InCase,
    user: CurrentUser,
) -> Result<Json<ProtectionAnswer>, ApiError> {
    let found = work(move || Ok(case.room.read(Case::protection)?)).await?;
    let sees = user.may(Permission::SeeRestricted);
    let shown = |subject: &Subject| sees || !found.restricted.contains(subject);
    let categories = found.categories.iter().filter(|(subject, _)| shown(subject));
    let minors = found.minors.iter().filter(|id| shown(&Subject::Entity((*id).clone())));
    Ok(Json(ProtectionAnswer {
        is_past: found.is_past,
        minors: minors.map(ToString::to_string).collect(),
        categories: categories
            .map(|(subject, all)| CategoryAnswer {
                subject: subject.into(),
                categories: all.iter().cloned().collect(),
            })
            .collect(),
        restricted: if sees {
            found.restricted.iter().map(Into::into).collect()
        } else {
            Vec::new()
        },
        erased: found
            .erased
            .iter()
            .map(|(record, hash)| ErasedAnswer { record: record.to_string(), hash: hash.clone() })
            .collect(),
        sensitive: ["blood_type", "sharia_level", "prior_jihad", "obedience"]
            .into_iter()
            .filter(|key| is_sensitive(key))
            .collect(),
        purpose: found.purpose.purpose,
        legal_basis: found.purpose.legal_basis,
        retain_until: found.purpose.retain_until,
    }))
}

/// Why the case is kept; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPurpose {
    purpose: Option<String>,
    legal_basis: Option<String>,
    retain_until: Option<String>,
}

/// Says why the case is kept, and until when.
#[utoipa::path(put, operation_id = "protect_set", path = "/protection", tag = "protection", params(CasePath), request_body = NewPurpose, responses((status = 204)))]
pub(crate) async fn set(
    InCase(case): InCase,
    Body(new): Body<NewPurpose>,
) -> Result<StatusCode, ApiError> {
    let NewPurpose { purpose, legal_basis, retain_until } = new;
    let purpose = Purpose { purpose, legal_basis, retain_until };
    change(case, move |case| case.set_purpose(&purpose)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something to be hidden, or shown again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Restriction {
    subject: SubjectShape,
    on: bool,
    reason: String,
}

/// Hides something from all but the case lead, or shows it again.
#[utoipa::path(post, operation_id = "protect_restrict", path = "/protection/restrict", tag = "protection", params(CasePath), request_body = Restriction, responses((status = 204)))]
pub(crate) async fn restrict(
    InCase(case): InCase,
    user: CurrentUser,
    trail: Trail,
    Body(said): Body<Restriction>,
) -> Result<StatusCode, ApiError> {
    let Restriction { subject, on, reason } = said;
    let subject = noted(&trail, subject);
    change(case, move |case| case.restrict(subject, on, &user.actor(), &reason)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What somebody is to the case: suspect, victim, minor, kin, contact, guarantor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CategoryAsk {
    subject: SubjectShape,
    category: String,
    on: bool,
    reason: Option<String>,
}

/// Says what somebody is to the case, or that they are not.
#[utoipa::path(post, operation_id = "protect_categorise", path = "/protection/category", tag = "protection", params(CasePath), request_body = CategoryAsk, responses((status = 204)))]
pub(crate) async fn categorise(
    InCase(case): InCase,
    user: CurrentUser,
    trail: Trail,
    Body(said): Body<CategoryAsk>,
) -> Result<StatusCode, ApiError> {
    let CategoryAsk { subject, category, on, reason } = said;
    let subject = noted(&trail, subject);
    change(case, move |case| {
        case.categorise(subject, &category, on, &user.actor(), reason.as_deref())
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something to be erased.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Erasing {
    subject: SubjectShape,
    #[serde(default)]
    with_document: bool,
    reason: String,
}

/// What was erased, and what stays all the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErasingAnswer {
    hash: String,
    statements: u64,
    document: Option<String>,
    is_document_gone: bool,
    /// Other records of the document, for whose sake its bytes stay.
    others: u64,
    /// Containers that hold the document too, and are kept.
    containers: Vec<String>,
}

/// Erases a record, or all of a lead or a document, for good.
#[utoipa::path(post, operation_id = "protect_erase", path = "/protection/erase", tag = "protection", params(CasePath), request_body = Erasing, responses((status = 200, body = Vec<ErasingAnswer>)))]
pub(crate) async fn erase(
    InCase(case): InCase,
    user: CurrentUser,
    trail: Trail,
    Body(said): Body<Erasing>,
) -> Result<Json<Vec<ErasingAnswer>>, ApiError> {
    let Erasing { subject, with_document, reason } = said;
    let subject = noted(&trail, subject);
    if reason.trim().is_empty() {
        return Err(ApiError::invalid("say why it is erased"));
    }
    let erased =
        change(case, move |case| case.erase(&subject, with_document, &user.actor(), &reason))
            .await?;
    let answers = erased.into_iter().map(|one| ErasingAnswer {
        hash: one.hash,
        statements: one.statements,
        document: one.document.map(|id| id.to_string()),
        is_document_gone: one.is_document_gone,
        others: one.others,
        containers: one.containers,
    });
    Ok(Json(answers.collect()))
}

/// Changes the case, and lets all views see it.
async fn change<T: Send + 'static>(
    case: Arc<OpenCase>,
    act: impl FnOnce(&mut Case) -> Result<T, CaseError> + Send + 'static,
) -> Result<T, ApiError> {
    work(move || {
        let outcome = case.room.write(act)?;
        case.room.refresh()?;
        Ok(outcome)
    })
    .await
}

/// Names what is changed in the log: ids alone.
fn noted(trail: &Trail, subject: SubjectShape) -> Subject {
    let subject = subject.into();
    trail.note(match &subject {
        Subject::Lead(id) => format!("leads/{id}"),
        Subject::Entity(id) => format!("records/{id}"),
        Subject::Document(id) => format!("documents/{id}"),
        Subject::Dataset(name) => format!("datasets/{name}"),
    });
    subject
}
