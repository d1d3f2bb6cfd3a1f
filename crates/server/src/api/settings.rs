//! The rules of a case, who has to look at a lead, and taught layouts.

use axum::Json;
use axum::http::StatusCode;
use case::progress::Silent;
use case::{AnswerPlace, CaseError, Key, LearnOptions, Mark, Template, UnknownLayout};
use model::DocumentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Body, CasePath, InCase, work};
use super::problem::ApiError;

/// The rules of a case: when a status is proposed, what ranks a lead.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulesShape {
    /// TOML, as `rules.toml` of the case has it.
    text: String,
}

/// The rules of the case.
#[utoipa::path(get, operation_id = "settings_rules", path = "/rules", tag = "settings", params(CasePath), responses((status = 200, body = RulesShape)))]
pub(crate) async fn rules(InCase(case): InCase) -> Result<Json<RulesShape>, ApiError> {
    work(move || {
        let text = case.room.read(case::Case::rules_text)?;
        Ok(Json(RulesShape { text }))
    })
    .await
}

/// Replaces the rules; the next run goes by them. Rules that do not hold are refused.
#[utoipa::path(put, operation_id = "settings_put_rules", path = "/rules", tag = "settings", params(CasePath), request_body = RulesShape, responses((status = 200, body = RulesShape)))]
pub(crate) async fn put_rules(
    InCase(case): InCase,
    Body(rules): Body<RulesShape>,
) -> Result<Json<RulesShape>, ApiError> {
    work(move || {
        case.room.put_rules(&rules.text)?;
        Ok(Json(rules))
    })
    .await
}

/// Who has to look at a lead before it counts as decided.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyShape {
    /// TOML, as `policy.toml` of the case has it.
    text: String,
}

/// The review policy of the case.
#[utoipa::path(get, operation_id = "settings_policy", path = "/policy", tag = "settings", params(CasePath), responses((status = 200, body = PolicyShape)))]
pub(crate) async fn policy(InCase(case): InCase) -> Result<Json<PolicyShape>, ApiError> {
    work(move || {
        let text = case.room.read(case::Case::policy_text)?;
        Ok(Json(PolicyShape { text }))
    })
    .await
}

/// Replaces the review policy, which holds at once. One that does not hold is refused.
#[utoipa::path(put, operation_id = "settings_put_policy", path = "/policy", tag = "settings", params(CasePath), request_body = PolicyShape, responses((status = 200, body = PolicyShape)))]
pub(crate) async fn put_policy(
    InCase(case): InCase,
    Body(policy): Body<PolicyShape>,
) -> Result<Json<PolicyShape>, ApiError> {
    work(move || {
        case.room.put_policy(&policy.text)?;
        Ok(Json(policy))
    })
    .await
}

/// A taught layout.
#[derive(Serialize, ToSchema)]
pub(crate) struct TemplateShape {
    name: String,
    /// What it was learnt from.
    origin: String,
}

/// The taught layouts of the case.
#[utoipa::path(get, operation_id = "settings_templates", path = "/templates", tag = "settings", params(CasePath), responses((status = 200, body = Vec<TemplateShape>)))]
pub(crate) async fn templates(InCase(case): InCase) -> Result<Json<Vec<TemplateShape>>, ApiError> {
    work(move || {
        let templates = case.room.read(case::Case::templates)?;
        Ok(Json(templates.iter().map(Into::into).collect()))
    })
    .await
}

impl From<&Template> for TemplateShape {
    fn from(template: &Template) -> Self {
        let file = template.file();
        Self { name: file.name.clone(), origin: file.origin.clone() }
    }
}

/// A document from which a layout is learnt.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeachAsk {
    /// The example.
    document: String,
    /// What to call the layout: letters, digits, `.`, `-` and `_`.
    name: String,
    /// The language of its labels, for example `fr`; told by their letters if left out.
    #[serde(default)]
    language: String,
    /// Where answers stand, seen from their labels; found out if left out.
    answers: Option<AnswersWord>,
    /// Which key an answer belongs to.
    marks: Vec<MarkShape>,
}

/// An answer of the example and its key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkShape {
    /// The key of the question.
    key: String,
    /// The answer as written, or its place as the layout of the document tells it.
    text: String,
}

/// Where answers stand, seen from their labels.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AnswersWord {
    /// In the next cell.
    After,
    /// In the cell before.
    Before,
    /// In the cell or line below.
    Below,
    /// In the cell or line above.
    Above,
    /// In the same cell or line.
    Same,
    /// In the column below a header.
    Column,
}

impl From<AnswersWord> for AnswerPlace {
    fn from(word: AnswersWord) -> Self {
        match word {
            AnswersWord::After => Self::After,
            AnswersWord::Before => Self::Before,
            AnswersWord::Below => Self::Below,
            AnswersWord::Above => Self::Above,
            AnswersWord::Same => Self::Same,
            AnswersWord::Column => Self::Column,
        }
    }
}

/// Learns a layout from a document of the case in which answers are marked; the next run reads with
/// it. One of the same name is replaced.
#[utoipa::path(post, operation_id = "settings_teach", path = "/templates", tag = "settings", params(CasePath), request_body = TeachAsk, responses((status = 201, body = TemplateShape)))]
pub(crate) async fn teach(
    InCase(case): InCase,
    Body(ask): Body<TeachAsk>,
) -> Result<(StatusCode, Json<TemplateShape>), ApiError> {
    let TeachAsk { document, name, language, answers, marks } = ask;
    let marks = marks.into_iter().map(|MarkShape { key, text }| {
        let key = Key::parse(&key).ok_or_else(|| ApiError::invalid("there is no such key"))?;
        Ok(Mark { key, text })
    });
    let marks = marks.collect::<Result<Vec<Mark>, ApiError>>()?;
    let answers = answers.map(Into::into);
    let options = LearnOptions { name, language, origin: String::new(), answers };
    work(move || {
        let document = DocumentId::from(document);
        let taught = case.room.write(|case| case.teach(&document, &marks, options));
        let template = taught.map_err(|error| match error {
            CaseError::Learn { source, .. } => ApiError::invalid(source.to_string())
                .hint("mark answers as they are written, or say where they stand"),
            error => error.into(),
        })?;
        case.room.look_again()?;
        Ok((StatusCode::CREATED, Json((&template).into())))
    })
    .await
}

/// A layout that several pages share and nothing tells.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnknownShape {
    /// The path of one of the pages, to teach from.
    example: String,
    /// How many pages there are.
    pages: usize,
    /// The texts that most of them have.
    labels: Vec<String>,
}

impl From<UnknownLayout> for UnknownShape {
    fn from(layout: UnknownLayout) -> Self {
        let UnknownLayout { example, pages, labels, .. } = layout;
        Self { example, pages, labels }
    }
}

/// Layouts that several documents without records share: what to teach next.
#[utoipa::path(get, operation_id = "settings_unknown_layouts", path = "/templates/unknown", tag = "settings", params(CasePath), responses((status = 200, body = Vec<UnknownShape>)))]
pub(crate) async fn unknown(InCase(case): InCase) -> Result<Json<Vec<UnknownShape>>, ApiError> {
    work(move || {
        let layouts = case.room.read(|case| case.unknown_layouts(&Silent))?;
        Ok(Json(layouts.into_iter().map(Into::into).collect()))
    })
    .await
}
