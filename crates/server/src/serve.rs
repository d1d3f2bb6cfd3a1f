//! Listening: loopback only, until Ctrl-C.

use std::net::SocketAddr;

use case::Case;
use tokio::net::TcpListener;

use crate::limits::{Limits, listen};
use crate::room::OpenCase;
use crate::yente::ServedLists;
use crate::{ServeError, app};

/// What is served.
pub enum Subject {
    /// A case.
    Case(Box<Case>),
    /// Lists without a case.
    Lists(Box<ServedLists>),
}

/// Serves until Ctrl-C. `ready` is told the address once requests are answered (the port may
/// have been given as 0).
///
/// # Errors
/// [`ServeError::NotLoopback`] for an address that other machines could reach: there is no login
/// that would keep them out.
pub fn serve(
    subject: Subject,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    if !address.ip().is_loopback() {
        return Err(ServeError::NotLoopback { address });
    }
    let (routes, case) = match subject {
        Subject::Case(case) => {
            let case = OpenCase::open(*case)?;
            (app::of_case(&case), Some(case))
        }
        Subject::Lists(lists) => (app::of_lists(*lists), None),
    };
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|source| ServeError::Listen { address, source })?;
        if let Some(case) = &case {
            case.watch();
        }
        ready(listener.local_addr()?);
        listen(listener, routes, Limits::default(), interrupted()).await?;
        Ok::<_, ServeError>(())
    })?;
    // Acts leave a case unsealed.
    if let Some(case) = case {
        case.room.seal()?;
    }
    Ok(())
}

async fn interrupted() {
    // Without a signal handler the default one ends the process, which is right too.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
