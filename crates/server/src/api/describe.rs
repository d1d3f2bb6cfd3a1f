//! The description of the API, made of the handlers: what all operations have in common is added
//! here, so that no handler has to repeat it.

use axum::Json;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{ContentBuilder, InfoBuilder, OpenApi, Ref, RefOr, ResponseBuilder, Schema};
use utoipa::{PartialSchema as _, ToSchema as _};

use super::problem::Problem;

/// Failures that any operation may answer with, each with its meaning.
const FAILURES: [(&str, &str); 12] = [
    ("400", "The request cannot be understood"),
    ("401", "Nobody is signed in"),
    ("403", "The role does not allow it"),
    ("404", "There is no such thing"),
    ("405", "The path knows no such method"),
    ("408", "The request did not come in time"),
    ("409", "Somebody acted since, or it cannot be done now"),
    ("413", "The body is too large"),
    ("415", "The body is of another type"),
    ("422", "A value makes no sense, or a reason is missing"),
    ("429", "Too many requests"),
    ("503", "Other work goes on; try again"),
];

/// The whole description, as `openapi.json` has it.
pub(crate) fn openapi() -> OpenApi {
    let mut api = super::plain_description();
    api.info = InfoBuilder::new()
        .title("Crossroll")
        .version("1")
        .description(Some(
            "The case server: documents, people, leads, judgements and decisions of a case. \
             Every write names the number of the journal entry that was seen last; where somebody \
             acted on the same lead since, it is refused with 409.",
        ))
        .build();
    let components = api.components.get_or_insert_default();
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    for item in api.paths.paths.values_mut() {
        let operations =
            [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        operations.into_iter().flatten().for_each(add_failures);
    }
    api
}

fn add_failures(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            "Done".clone_into(&mut response.description);
        }
    }
    for (status, meaning) in FAILURES {
        let problem: RefOr<Schema> = Ref::from_schema_name(Problem::name()).into();
        let content = ContentBuilder::new().schema(Some(problem)).build();
        let response = ResponseBuilder::new()
            .description(meaning)
            .content("application/problem+json", content)
            .build();
        operation
            .responses
            .responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(response));
    }
}

/// The description of this API.
#[utoipa::path(
    get, operation_id = "describe_description", path = "/openapi.json", tag = "cases",
    responses((status = 200, description = "OpenAPI 3.1", body = Object, content_type = "application/json"))
)]
pub(crate) async fn description() -> Json<OpenApi> {
    Json(openapi())
}
