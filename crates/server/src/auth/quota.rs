//! How much one person may ask: a bucket of requests for each, which fills by the second (a token
//! bucket). It keeps a program that went wrong from taking the server from the others; whoever works by
//! hand never meets it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Requests at one go. A screen asks for some ten; a script that reads a whole queue, page by page with the
/// images, for some hundred. Chosen by hand.
pub(crate) const BURST: f64 = 1_000.0;
/// Requests a second that come back. A hand that decides on a lead every second makes ten. Chosen by hand.
pub(crate) const RATE: f64 = 100.0;
/// People kept; of more those whose buckets are full go first.
const KEPT_MAX: usize = 10_000;

/// The buckets, by name.
#[derive(Default)]
pub(crate) struct Quota {
    buckets: Mutex<BTreeMap<String, (f64, Instant)>>,
}

impl Quota {
    /// Takes one request out.
    ///
    /// # Errors
    /// The time until there is one again.
    pub(crate) fn take(&self, name: &str, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= KEPT_MAX && !buckets.contains_key(name) {
            buckets.retain(|_, (left, then)| filled(*left, *then, now) < BURST);
        }
        let (left, then) = buckets.get(name).copied().unwrap_or((BURST, now));
        let left = filled(left, then, now);
        let (left, answer) = if left < 1.0 {
            (left, Err(Duration::from_secs_f64((1.0 - left) / RATE)))
        } else {
            (left - 1.0, Ok(()))
        };
        buckets.insert(name.to_owned(), (left, now));
        answer
    }
}

fn filled(left: f64, then: Instant, now: Instant) -> f64 {
    (left + now.duration_since(then).as_secs_f64() * RATE).min(BURST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_stopped_and_nobody_else_is() {
        let (quota, mut now) = (Quota::default(), Instant::now());
        let let_in = |now| (0..5_000).filter(|_| quota.take("ana", now).is_ok()).count();
        assert_eq!(let_in(now), 1_000);
        assert_eq!(quota.take("ben", now), Ok(()));
        assert_eq!(quota.take("ana", now), Err(Duration::from_millis(10)));
        now += Duration::from_secs(1);
        assert_eq!(let_in(now), 100);
        now += Duration::from_hours(1);
        assert_eq!(let_in(now), 1_000, "no more than a bucket holds");
    }
}
