//! The protection of a case over HTTP: purpose, categories, restriction, erasure.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use case::{Purpose, is_sensitive};
use model::Subject;
use serde::{Deserialize, Serialize};

use crate::app::{TheCase, with_case, with_case_mut};
use crate::auth::{CurrentUser, Trail};
use crate::error::PageError;
use crate::room::Cases;

/// Routes of protection.
pub(crate) fn routes(cases: Arc<Cases>) -> Router {
    Router::new()
        .route("/cases/{case}/protection", get(show).put(set))
        .route("/cases/{case}/protection/restrict", post(restrict))
        .route("/cases/{case}/protection/category", post(categorise))
        .route("/cases/{case}/protection/erase", post(erase))
        .with_state(cases)
}

#[derive(Serialize)]
struct ProtectionAnswer {
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
    restricted: Vec<Subject>,
    /// Records that were erased, with the hash of what they said.
    erased: Vec<ErasedAnswer>,
    /// Fields that exports leave out unless asked for.
    sensitive: Vec<&'static str>,
}

#[derive(Serialize)]
struct CategoryAnswer {
    subject: Subject,
    categories: Vec<String>,
}

#[derive(Serialize)]
struct ErasedAnswer {
    record: String,
    hash: String,
}

async fn show(the: TheCase, user: CurrentUser) -> Result<Json<ProtectionAnswer>, PageError> {
    let found = with_case(the.case, |case| Ok(case.protection()?)).await?;
    let sees = user.may(crate::auth::Permission::SeeRestricted);
    let shown = |subject: &Subject| sees || !found.restricted.contains(subject);
    let categories = found.categories.iter().filter(|(subject, _)| shown(subject));
    let minors = found.minors.iter().filter(|id| shown(&Subject::Entity((*id).clone())));
    Ok(Json(ProtectionAnswer {
        is_past: found.is_past,
        minors: minors.map(ToString::to_string).collect(),
        categories: categories
            .map(|(subject, all)| CategoryAnswer {
                subject: subject.clone(),
                categories: all.iter().cloned().collect(),
            })
            .collect(),
        restricted: if sees { found.restricted.iter().cloned().collect() } else { Vec::new() },
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPurpose {
    purpose: Option<String>,
    legal_basis: Option<String>,
    retain_until: Option<String>,
}

async fn set(the: TheCase, Json(new): Json<NewPurpose>) -> Result<StatusCode, PageError> {
    let NewPurpose { purpose, legal_basis, retain_until } = new;
    let purpose = Purpose { purpose, legal_basis, retain_until };
    with_case_mut(the.case, move |case| Ok(case.set_purpose(&purpose)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Restriction {
    subject: Subject,
    on: bool,
    reason: String,
}

async fn restrict(
    the: TheCase,
    user: CurrentUser,
    trail: Trail,
    Json(said): Json<Restriction>,
) -> Result<StatusCode, PageError> {
    note(&trail, &said.subject);
    let Restriction { subject, on, reason } = said;
    with_case_mut(the.case, move |case| Ok(case.restrict(subject, on, &user.actor(), &reason)?))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    subject: Subject,
    category: String,
    on: bool,
    reason: Option<String>,
}

async fn categorise(
    the: TheCase,
    user: CurrentUser,
    trail: Trail,
    Json(said): Json<Category>,
) -> Result<StatusCode, PageError> {
    note(&trail, &said.subject);
    with_case_mut(the.case, move |case| {
        let Category { subject, category, on, reason } = said;
        Ok(case.categorise(subject, &category, on, &user.actor(), reason.as_deref())?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Erasing {
    subject: Subject,
    #[serde(default)]
    with_document: bool,
    reason: String,
}

/// What was erased, and what stays all the same.
#[derive(Serialize)]
struct ErasingAnswer {
    hash: String,
    statements: u64,
    document: Option<String>,
    is_document_gone: bool,
    /// Other records of the document, for whose sake its bytes stay.
    others: u64,
    /// Containers that hold the document too, and are kept.
    containers: Vec<String>,
}

async fn erase(
    the: TheCase,
    user: CurrentUser,
    trail: Trail,
    Json(said): Json<Erasing>,
) -> Result<Json<Vec<ErasingAnswer>>, PageError> {
    note(&trail, &said.subject);
    if said.reason.trim().is_empty() {
        return Err(PageError::BadRequest);
    }
    let erased = with_case_mut(the.case, move |case| {
        let actor = user.actor();
        Ok(case.erase(&said.subject, said.with_document, &actor, &said.reason)?)
    })
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

/// Names what is changed in the log: ids alone.
fn note(trail: &Trail, subject: &Subject) {
    trail.note(match subject {
        Subject::Lead(id) => format!("leads/{id}"),
        Subject::Entity(id) => format!("records/{id}"),
        Subject::Document(id) => format!("documents/{id}"),
        Subject::Dataset(name) => format!("datasets/{name}"),
    });
}
