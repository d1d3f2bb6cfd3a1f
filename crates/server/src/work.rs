//! Turns at the processor: as many pieces of work run at one time as there are cores, the others wait
//! in the order they came. A request takes a place first, and is turned away when all are taken.
//!
//! A request of many parts (a batch of queries) runs part by part, so a short request between them
//! does not wait for the whole of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::available_parallelism;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::refusal::Refusal;

/// Requests that work or wait for their turn at one time. With some 2 ms a query and two cores the
/// last of them waits an eighth of a second; longer a client had better try again. Chosen by hand.
const PLACES: usize = 128;

/// A piece of work with its way to answer.
type Piece = Box<dyn FnOnce() + Send>;

/// The work of a server. It has threads of its own, one a core, that live as long as it does: what the
/// engine remembers by thread, and the allocator keeps for each, stays where it is. A pool whose threads
/// come and go took 690 MB for 22,000 entities after 86,000 queries, and went on growing; this 340 MB
/// (November 2026).
#[derive(Clone, Debug)]
pub(crate) struct Work {
    places: Arc<Semaphore>,
    queue: mpsc::Sender<Piece>,
}

impl Default for Work {
    fn default() -> Self {
        Self::new(PLACES, available_parallelism().map_or(1, usize::from))
    }
}

impl Work {
    fn new(places: usize, cores: usize) -> Self {
        let (queue, pieces) = mpsc::channel();
        let pieces = Arc::new(Mutex::new(pieces));
        for _ in 0..cores {
            let pieces = Arc::clone(&pieces);
            let thread = std::thread::Builder::new().name("work".to_owned());
            // Without any thread the queue has no end that takes, and whoever asks is told so.
            drop(thread.spawn(move || work_off(&pieces)));
        }
        Self { places: Arc::new(Semaphore::new(places)), queue }
    }

    /// A place for a request.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when all are taken.
    pub(crate) fn enter(&self) -> Result<Place, Refusal> {
        let held = self.places.clone().try_acquire_owned().map_err(|_| Refusal::Busy)?;
        Ok(Place { _held: held, queue: self.queue.clone() })
    }
}

/// Takes pieces in the order they came, until nobody can send any.
fn work_off(pieces: &Mutex<mpsc::Receiver<Piece>>) {
    loop {
        let next = pieces.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(piece) = next else { return };
        // Whoever waits learns of a panic by its answer never coming.
        let _ = catch_unwind(AssertUnwindSafe(piece));
    }
}

/// The place of one request; it is free again when this goes.
#[derive(Debug)]
pub(crate) struct Place {
    _held: OwnedSemaphorePermit,
    queue: mpsc::Sender<Piece>,
}

impl Place {
    /// Runs a piece of work when its turn comes, off the threads that talk to clients.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if the work panics.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let (answer, answered) = oneshot::channel();
        let piece = Box::new(move || {
            // A client that went away is worked for no more.
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        });
        self.queue.send(piece).map_err(|_| Refusal::Failed)?;
        answered.await.map_err(|_| Refusal::Failed)
    }

    /// Runs pieces of work, two at a time, and gives their results in order. A batch takes no more turns
    /// than that, however large it is.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if any of them panics.
    pub(crate) async fn run_all<T: Send + 'static, W: FnOnce() -> T + Send + 'static>(
        &self,
        works: impl IntoIterator<Item = W>,
    ) -> Result<Vec<T>, Refusal> {
        let (mut even, mut odd) = (Vec::new(), Vec::new());
        for (nth, work) in works.into_iter().enumerate() {
            if nth % 2 == 0 { even.push(work) } else { odd.push(work) }
        }
        let lane = async |works: Vec<W>| {
            let mut done = Vec::with_capacity(works.len());
            for work in works {
                done.push(self.run(work).await?);
            }
            Ok(done)
        };
        let (even, odd) = tokio::try_join!(lane(even), lane(odd))?;
        let mut odd = odd.into_iter();
        Ok(even.into_iter().flat_map(|first| [Some(first), odd.next()]).flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn requests_beyond_the_places_are_turned_away() {
        let work = Work::new(1, 1);
        let place = work.enter().unwrap();
        assert_eq!(work.enter().unwrap_err(), Refusal::Busy);
        assert_eq!(place.run(|| 7).await, Ok(7));
        drop(place);
        assert!(work.enter().is_ok());
    }

    #[tokio::test]
    async fn results_of_a_batch_keep_their_order() {
        let work = Work::new(1, 2);
        let place = work.enter().unwrap();
        for size in [0usize, 1, 2, 7] {
            let results = place.run_all((0..size).map(|n| move || n)).await;
            assert_eq!(results, Ok((0..size).collect()));
        }
    }

    #[tokio::test]
    async fn work_that_panics_costs_nobody_a_turn() {
        let work = Work::new(1, 1);
        let place = work.enter().unwrap();
        assert_eq!(place.run(|| -> u8 { panic!("on purpose") }).await, Err(Refusal::Failed));
        assert_eq!(place.run(|| 7).await, Ok(7));
    }
}
