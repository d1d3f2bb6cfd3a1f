//! A room: a case that many look at while some change it: views in memory, connections to read with, one to
//! write with.
//!
//! Reads wait for nobody: lists and filters are answered from the view, evidence by a connection of
//! its own. Writes take turns. Long work (adding, loading, running) has a connection of its own,
//! here or in another process; [`Room::refresh`] notices what it left and puts a new view in place.
//! Acts take effect at once where the workbench is [ready](Room::ready).
//! Invariant: a view that is out never changes, and its journal is whole up to its number.

mod bench;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};

use model::{Act, Entry, LeadId};

use crate::search::Searcher;
use crate::view::amended::Amended;
use crate::view::journal::{JournalView, changes_results};
use crate::view::people::People;
use crate::{Actor, Case, CaseError, CaseView, Changed, NotDone, Workbench};

/// A case to be worked on by many.
pub struct Room {
    folder: PathBuf,
    readers: Arc<intake::Readers>,
    writer: Mutex<Case>,
    /// Connections that nobody reads with now.
    idle: Mutex<Vec<Case>>,
    /// The connection that watches for changes by others, and what it saw last.
    watch: Mutex<(Case, Option<i64>)>,
    /// The number that tells of writes by others, as the connection that writes saw it when the view
    /// was last as it had left the leads; `None` if that is not known.
    own: Mutex<Option<i64>>,
    /// Held while a view is put together of parts, so that none overtakes another.
    assembling: Mutex<()>,
    view: RwLock<Arc<CaseView>>,
    /// The case held ready; `None` until it is, and after it failed.
    bench: Mutex<Option<Workbench>>,
    searcher: Mutex<Option<Arc<Searcher>>>,
    heard: Box<dyn Fn(&Change) + Send + Sync>,
}

/// What changed from one view to the next.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// New entries of the journal.
    pub entries: Vec<Entry>,
    /// Leads are others, or were proposed anew.
    pub leads: bool,
    /// Documents or lists are others.
    pub ledger: bool,
}

/// Connections that are kept to read with; a busy server has some tens of requests at once, most of
/// which are answered from the view. Chosen by hand.
const IDLE_MAX: usize = 8;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panic leaves is whole: each change of what is locked is one assignment.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    /// Opens a case for many. `heard` is told what changes.
    ///
    /// # Errors
    /// Those of the store.
    pub fn open(
        case: Case,
        heard: impl Fn(&Change) + Send + Sync + 'static,
    ) -> Result<Self, CaseError> {
        let watch = case.again()?;
        let seen = watch.store.data_version()?;
        let ledger = watch.read_ledger()?;
        let entries = watch.store.journal()?;
        let corrections = JournalView::default().corrections_with(&entries);
        let amended = watch.read_amended(corrections, &Amended::default())?;
        let people = watch.read_people((&ledger, &amended), &People::default(), None)?;
        let policy = Arc::new(watch.policy()?);
        let standing = JournalView::fold(entries, &people, &policy);
        let name = case.folder().file_name().unwrap_or(case.folder().as_os_str());
        let view = CaseView {
            name: name.to_string_lossy().into(),
            needs_run: watch.is_outdated()?,
            ledger: Arc::new(ledger),
            amended: Arc::new(amended),
            people: Arc::new(people),
            journal: Arc::new(standing),
            policy,
        };
        Ok(Self {
            folder: case.folder().to_owned(),
            readers: Arc::clone(&case.readers),
            writer: Mutex::new(case),
            idle: Mutex::default(),
            watch: Mutex::new((watch, Some(seen))),
            own: Mutex::default(),
            assembling: Mutex::default(),
            view: RwLock::new(Arc::new(view)),
            bench: Mutex::default(),
            searcher: Mutex::default(),
            heard: Box::new(heard),
        })
    }

    /// The case folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The case as it is now.
    pub fn view(&self) -> Arc<CaseView> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads with a connection of its own.
    ///
    /// # Errors
    /// Those of the work.
    pub fn read<T, E: From<CaseError>>(
        &self,
        work: impl FnOnce(&Case) -> Result<T, E>,
    ) -> Result<T, E> {
        let taken = lock(&self.idle).pop();
        let case = match taken {
            Some(case) => case,
            None => self.copy()?,
        };
        let outcome = work(&case);
        let mut idle = lock(&self.idle);
        if idle.len() < IDLE_MAX {
            idle.push(case);
        }
        outcome
    }

    /// A connection for long work, which waits for no reader and is not waited for.
    ///
    /// # Errors
    /// Those of the store.
    pub fn copy(&self) -> Result<Case, CaseError> {
        let store = store::Store::open(&self.folder)?;
        Ok(Case { store, readers: Arc::clone(&self.readers) })
    }

    /// Writes acts to the journal: `acts` makes them of the view as it is when no other write goes
    /// on, or refuses. Gives the new entries.
    ///
    /// # Errors
    /// Refusals and those of the store; then nothing was written.
    pub fn record(
        &self,
        actor: &Actor,
        acts: impl FnOnce(&CaseView) -> Result<Acts, CaseError>,
    ) -> Result<Vec<Entry>, CaseError> {
        let mut case = lock(&self.writer);
        // What another process wrote is seen before it is judged what is stale.
        self.catch_up(&case)?;
        let Acts { acts, reason, batch } = acts(&self.view())?;
        if acts.is_empty() {
            return Err(NotDone::invalid("there is nothing to do").into());
        }
        let entries = case.record(&acts, actor, reason.as_deref(), batch.as_deref())?;
        // The act stands whatever becomes of its effect, which a run brings as well.
        match self.take_up(&mut case).unwrap_or_default() {
            Some(changed) => self.refresh_after(&case, &changed)?,
            None => self.catch_up(&case)?,
        }
        Ok(entries)
    }

    /// Changes something else of the case by the connection that writes.
    ///
    /// # Errors
    /// Those of the work.
    pub fn write<T>(
        &self,
        work: impl FnOnce(&mut Case) -> Result<T, CaseError>,
    ) -> Result<T, CaseError> {
        let mut case = lock(&self.writer);
        *lock(&self.own) = None;
        work(&mut case)
    }

    /// Puts a view in place after a change by the connection that writes, whose leads are known. What
    /// others wrote meanwhile is seen too, at the cost of looking at all.
    fn refresh_after(&self, case: &Case, changed: &Changed) -> Result<(), CaseError> {
        let version = case.store.data_version()?;
        let before = lock(&self.own).take();
        let touched: BTreeSet<LeadId> =
            changed.leads.iter().chain(&changed.gone).cloned().collect();
        self.look((before == Some(version)).then_some(&touched))?;
        *lock(&self.own) = Some(version);
        Ok(())
    }

    /// Takes up the entries that the view lacks.
    fn catch_up(&self, case: &Case) -> Result<(), CaseError> {
        let change = {
            let _assembling = lock(&self.assembling);
            let view = self.view();
            let more = case.store.journal_after(view.journal.seq)?;
            if more.is_empty() {
                return Ok(());
            }
            let outdated = more.iter().any(|entry| changes_results(&entry.act));
            let change = Change { entries: more.clone(), ..Change::default() };
            self.put(CaseView {
                journal: Arc::new(view.journal.with(more, &view.people, &view.policy)),
                needs_run: view.needs_run || outdated,
                ..CaseView::clone(&view)
            });
            change
        };
        (self.heard)(&change);
        Ok(())
    }

    fn put(&self, view: CaseView) {
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
    }

    /// Looks whether the case has changed and puts a new view in place if so. Cheap if not. Tells
    /// whether documents, lists or leads are others.
    ///
    /// # Errors
    /// Those of the store; the view stays.
    pub fn refresh(&self) -> Result<bool, CaseError> {
        self.look(None)
    }

    /// The same, for whoever looks by the clock: where somebody writes nothing is looked at, since they
    /// look themselves at the end, and at less.
    ///
    /// # Errors
    /// Those of the store; the view stays.
    pub fn glance(&self) -> Result<bool, CaseError> {
        if matches!(self.writer.try_lock(), Err(TryLockError::WouldBlock)) {
            return Ok(false);
        }
        self.refresh()
    }

    /// The same; where `touched` is given, results are as a run makes them, and no other lead can say
    /// something else than it did.
    fn look(&self, touched: Option<&BTreeSet<LeadId>>) -> Result<bool, CaseError> {
        let mut watch = lock(&self.watch);
        let now = watch.0.store.data_version()?;
        if watch.1 == Some(now) {
            return Ok(false);
        }
        let case = &watch.0;
        let before = self.view();
        let ledger = if case.ledger_key()? == before.ledger.key {
            Arc::clone(&before.ledger)
        } else {
            Arc::new(case.read_ledger()?)
        };
        let same_ledger = Arc::ptr_eq(&ledger, &before.ledger);
        let amended = case.amended_now(&before, same_ledger)?;
        let same_facts = same_ledger && Arc::ptr_eq(&amended, &before.amended);
        let people = case.read_people((&ledger, &amended), &before.people, touched)?;
        let is_outdated = touched.is_none() && case.is_outdated()?;
        let policy = case.policy()?;
        let same_policy = policy == *before.policy;
        let policy = if same_policy { Arc::clone(&before.policy) } else { Arc::new(policy) };
        let mut change = Change {
            ledger: !same_ledger,
            leads: !same_facts
                || people.rows != before.people.rows
                || is_outdated != before.needs_run
                || !same_policy,
            entries: Vec::new(),
        };
        let same_people = same_facts && people.rows == before.people.rows;
        let people = if same_people { Arc::clone(&before.people) } else { Arc::new(people) };
        {
            let _assembling = lock(&self.assembling);
            let view = self.view();
            change.entries = case.store.journal_after(view.journal.seq)?;
            let standing = if same_people && same_policy && change.entries.is_empty() {
                Arc::clone(&view.journal)
            } else if same_people && same_policy {
                Arc::new(view.journal.with(change.entries.clone(), &people, &policy))
            } else {
                Arc::new(view.journal.anew(change.entries.clone(), &people, &policy))
            };
            self.put(CaseView {
                name: Arc::clone(&view.name),
                ledger,
                amended,
                people,
                journal: standing,
                policy,
                needs_run: is_outdated,
            });
        }
        // What was written meanwhile is looked at the next time.
        watch.1 = Some(now);
        drop(watch);
        if change.ledger || change.leads || !change.entries.is_empty() {
            (self.heard)(&change);
        }
        Ok(change.ledger || change.leads)
    }

    /// As [`Room::refresh`], also where the database tells of no change: files beside it may have.
    ///
    /// # Errors
    /// Those of the store; the view stays.
    pub fn look_again(&self) -> Result<(), CaseError> {
        lock(&self.watch).1 = None;
        self.refresh().map(drop)
    }

    /// What searches the records and lists of the case, made when first asked for and whenever they
    /// have changed; where only corrections have, no more than those is made anew.
    ///
    /// # Errors
    /// Those of the store.
    pub fn searcher(&self) -> Result<Arc<Searcher>, CaseError> {
        let mut kept = lock(&self.searcher);
        let view = self.view();
        let searcher = match kept.as_ref() {
            Some(searcher) if searcher.is_of(&view) => return Ok(Arc::clone(searcher)),
            Some(searcher) if searcher.has_read(&view) => Arc::new(searcher.amended(&view)),
            _ => Arc::new(self.read(|case| Searcher::open(case, &view))?),
        };
        *kept = Some(Arc::clone(&searcher));
        Ok(searcher)
    }

    /// Seals the case.
    ///
    /// # Errors
    /// Those of the store.
    pub fn seal(&self) -> Result<(), CaseError> {
        lock(&self.writer).seal_if_open()
    }
}

/// What is to be written to the journal at one go.
#[derive(Clone, Debug, Default)]
pub struct Acts {
    /// The acts.
    pub acts: Vec<Act>,
    /// Why.
    pub reason: Option<String>,
    /// The name by which they are taken back at one go.
    pub batch: Option<String>,
}

impl Case {
    /// The corrected records as they are now.
    fn amended_now(&self, view: &CaseView, same_ledger: bool) -> Result<Arc<Amended>, CaseError> {
        let more = self.store.journal_after(view.journal.seq)?;
        let corrections = view.journal.corrections_with(&more);
        if same_ledger && view.amended.rests_on(&corrections) {
            return Ok(Arc::clone(&view.amended));
        }
        // Where documents are others, so may be what was read of a record.
        let nothing = Amended::default();
        let known: &Amended = if same_ledger { &view.amended } else { &nothing };
        Ok(Arc::new(self.read_amended(corrections, known)?))
    }

    /// The same case by another connection.
    pub(crate) fn again(&self) -> Result<Case, CaseError> {
        Ok(Case { store: self.store.again()?, readers: Arc::clone(&self.readers) })
    }
}
