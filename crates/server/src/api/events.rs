//! What happens in a case, as server-sent events: entries of the journal with their numbers, results
//! that changed, progress of jobs.
//!
//! A watcher that was away names the last number it heard (`Last-Event-ID`) and is told every entry
//! since; of the rest it asks for the state. One that is too slow is told to look again.

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::{self, StreamExt as _};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;
use utoipa::{IntoParams, ToSchema};

use super::extract::{Ask, CasePath, Hidden, InCase};
use super::jobs::JobShape;
use super::problem::ApiError;
use super::shapes::EntryShape;
use crate::auth::CurrentUser;
use crate::room::{Event, OpenCase};

/// From where on.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsAsk {
    /// Entries after this number are told first; the header `Last-Event-ID` goes before.
    after: Option<u64>,
}

/// That results are others: ask for them again.
#[derive(Serialize, ToSchema)]
struct ResultsShape {
    leads: bool,
    ledger: bool,
    seq: u64,
    needs_run: bool,
}

/// Events of a case: `entry` (with its number as id), `results`, `job`, `behind`.
#[utoipa::path(get, operation_id = "events_events", path = "/events", tag = "events", params(CasePath, EventsAsk), responses((status = 200, description = "Events", body = String, content_type = "text/event-stream")))]
pub(crate) async fn events(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    headers: HeaderMap,
    Ask(ask): Ask<EventsAsk>,
) -> Result<Sse<impl Stream<Item = Result<Sent, Infallible>>>, ApiError> {
    let named = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let named = named.and_then(|text| text.parse().ok()).or(ask.after);
    // Listening begins before the view is read, so that nothing falls between.
    let receiver = case.hub.listen();
    let view = case.room.view();
    let after = named.unwrap_or(view.journal.seq);
    let missed: Vec<Sent> = view
        .journal
        .entries()
        .filter(|(entry, _)| entry.seq > after && !hidden.hides(&entry.act))
        .map(|(entry, holds)| {
            sent("entry", &EntryShape::of(&view, entry, holds, &user.name))
                .id(entry.seq.to_string())
        })
        .collect();
    let told = view.journal.seq.max(after);
    drop(view);
    let hello = Sent::default().comment("the events of the case follow");
    let live = stream::unfold(
        (receiver, case, told, user.name, hidden),
        |(mut receiver, case, mut told, viewer, hidden)| async move {
            loop {
                let event = match receiver.recv().await {
                    Ok(event) => event,
                    Err(RecvError::Lagged(_)) => {
                        return Some((sent("behind", &()), (receiver, case, told, viewer, hidden)));
                    }
                    Err(RecvError::Closed) => return None,
                };
                if let Some(sent) = told_once(&case, &event, &mut told, (&viewer, &hidden)) {
                    return Some((sent, (receiver, case, told, viewer, hidden)));
                }
            }
        },
    );
    let all = stream::iter(std::iter::once(hello).chain(missed)).chain(live).map(Ok);
    Ok(Sse::new(all).keep_alive(KeepAlive::default()))
}

/// The event as it is sent; nothing for an entry that was told already or is hidden from who listens.
fn told_once(
    case: &Arc<OpenCase>,
    event: &Event,
    told: &mut u64,
    (viewer, hidden): (&str, &Hidden),
) -> Option<Sent> {
    let view = case.room.view();
    Some(match event {
        Event::Entry(entry) if entry.seq <= *told || hidden.hides(&entry.act) => return None,
        Event::Entry(entry) => {
            *told = entry.seq;
            let holds = view.journal.entry(entry.seq).is_none_or(|(_, holds)| holds);
            sent("entry", &EntryShape::of(&view, entry, holds, viewer)).id(entry.seq.to_string())
        }
        Event::Results { leads, ledger } => sent(
            "results",
            &ResultsShape {
                leads: *leads,
                ledger: *ledger,
                seq: view.journal.seq,
                needs_run: view.needs_run,
            },
        ),
        Event::Job(job) => sent("job", &JobShape::from(job)),
    })
}

fn sent(name: &str, data: &impl Serialize) -> Sent {
    // What is sent is made of texts and numbers, which JSON can always hold.
    Sent::default().event(name).data(serde_json::to_string(data).unwrap_or_default())
}
