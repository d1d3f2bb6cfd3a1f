//! How often a login may be tried, by name and by address.
//!
//! A try counts before it is checked, so tries at one time count too. A name that has no account is
//! counted like one that has. Kept in memory: whoever can restart the server needs no password.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tries that cost nothing; the next waits [`WAIT`], each further one twice as long.
pub(crate) const FREE_BY_NAME: u32 = 5;
/// The same of an address: several people may sit behind one.
pub(crate) const FREE_BY_ADDRESS: u32 = 20;
/// First wait. These figures are chosen by hand: a person who mistypes hardly notices, and a program has
/// a hundred tries a day.
const WAIT: Duration = Duration::from_secs(30);
/// Longest wait: long enough to be of no use to a program, short enough that nobody is kept out of
/// their account for a day by somebody else.
const WAIT_MAX: Duration = Duration::from_mins(15);
/// After so long without a try all is forgotten.
const MEMORY: Duration = Duration::from_hours(1);
/// Keys kept; of more the oldest goes. A flood of names takes no more than a megabyte.
const KEYS_MAX: usize = 10_000;

/// Counts tries.
pub(crate) struct Throttle {
    free: u32,
    tries: Mutex<BTreeMap<String, Tries>>,
}

#[derive(Clone, Copy)]
struct Tries {
    failed: u32,
    last: Instant,
    until: Option<Instant>,
}

impl Throttle {
    /// Counts with so many free tries.
    pub(crate) fn new(free: u32) -> Self {
        Self { free, tries: Mutex::default() }
    }

    /// Counts a try; how long to wait if it comes too early.
    ///
    /// # Errors
    /// The time to wait.
    pub(crate) fn begin(&self, key: &str, now: Instant) -> Result<(), Duration> {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = Tries { failed: 0, last: now, until: None };
        let mut known = tries.get(key).copied().unwrap_or(fresh);
        if now.duration_since(known.last) > MEMORY {
            known = fresh;
        }
        if let Some(wait) = known.until.and_then(|until| until.checked_duration_since(now))
            && !wait.is_zero()
        {
            return Err(wait);
        }
        known.failed += 1;
        known.last = now;
        known.until = known.failed.checked_sub(self.free).map(|over| {
            let wait = WAIT.saturating_mul(1 << over.min(10));
            now + wait.min(WAIT_MAX)
        });
        if !tries.contains_key(key) && tries.len() >= KEYS_MAX {
            let oldest = tries.iter().min_by_key(|(_, tries)| tries.last).map(|(k, _)| k.clone());
            oldest.and_then(|oldest| tries.remove(&oldest));
        }
        tries.insert(key.to_owned(), known);
        Ok(())
    }

    /// Forgets all tries of a key, after one that was right.
    pub(crate) fn forget(&self, key: &str) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Takes one try back, after one that was right: others of the key still count.
    pub(crate) fn take_back(&self, key: &str) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = tries.get_mut(key) {
            known.failed = known.failed.saturating_sub(1);
            known.until = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_beyond_the_free_ones_wait_twice_as_long_each_time() {
        let throttle = Throttle::new(3);
        let mut now = Instant::now();
        for _ in 0..3 {
            assert_eq!(throttle.begin("ana", now), Ok(()));
        }
        let mut waits = Vec::new();
        for _ in 0..7 {
            let wait = throttle.begin("ana", now).unwrap_err();
            waits.push(wait.as_secs());
            assert!(throttle.begin("ana", now + wait / 2).is_err());
            assert_eq!(throttle.begin("ben", now), Ok(()), "others are not kept out");
            throttle.forget("ben");
            now += wait;
            assert_eq!(throttle.begin("ana", now), Ok(()));
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(throttle.begin("ana", now + MEMORY * 2), Ok(()));
        throttle.forget("ana");
        assert_eq!(throttle.begin("ana", now), Ok(()));
    }

    #[test]
    fn a_flood_of_names_takes_bounded_memory() {
        let throttle = Throttle::new(1);
        let now = Instant::now();
        for n in 0..KEYS_MAX + 10 {
            let _ = throttle.begin(&n.to_string(), now);
        }
        assert_eq!(throttle.tries.lock().unwrap().len(), KEYS_MAX);
    }
}
