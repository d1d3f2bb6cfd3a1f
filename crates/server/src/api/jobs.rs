//! Long work on a case: what the command line can do to one, begun here, watched and cancelled.
//!
//! Paths are those of the machine that serves: only the analyst who works alone on it may name them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Json;
use case::{Acquisition, AddOptions, BackupOptions, CaseError, ListOptions, Progress};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{At, Body, CasePath, InCase, work};
use super::problem::ApiError;
use crate::auth::CurrentUser;
use crate::room::{Job, OpenCase};

/// Long work.
#[derive(Serialize, ToSchema)]
pub(crate) struct JobShape {
    id: u64,
    kind: &'static str,
    user: String,
    /// `waiting`, `running`, `done`, `failed`, `cancelled`.
    state: &'static str,
    /// The task it is at.
    task: String,
    /// Items of the task that are done.
    done: u64,
    /// Items of the task, if known.
    total: Option<u64>,
    /// What came of it, or what went wrong.
    outcome: Option<String>,
}

impl From<&Job> for JobShape {
    fn from(job: &Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            user: job.user.clone(),
            state: job.state.as_str(),
            task: job.task.clone(),
            done: job.done,
            total: job.total,
            outcome: job.outcome.clone(),
        }
    }
}

/// What is to be done.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum JobAsk {
    /// Brings the leads up to date.
    Run {
        /// Reads every form again.
        #[serde(default)]
        again: bool,
    },
    /// Adds files.
    Add {
        /// A folder, archive or file of this machine.
        path: String,
        /// Name of the dataset; else that of the folder or file.
        name: Option<String>,
        /// Who acquired them.
        by: Option<String>,
        /// From whom they came.
        from: Option<String>,
        /// On what.
        device: Option<String>,
        /// Anything else.
        note: Option<String>,
    },
    /// Loads a list.
    AddList {
        /// A file or folder of this machine.
        path: String,
        /// Name of the list; else that of the file.
        name: Option<String>,
        /// Own CSV only: which property each column holds, by the name of the column.
        #[serde(default)]
        map: BTreeMap<String, String>,
        /// Reads a version anew that is loaded already.
        #[serde(default)]
        again: bool,
    },
    /// Copies the case while others work on it.
    Backup {
        /// A folder of this machine: a new one, or with `incremental` an earlier backup.
        path: String,
        /// Adds what is new to an earlier backup.
        #[serde(default)]
        incremental: bool,
    },
    /// Hashes all that was sealed and compares; checks the chain of the audit log.
    Verify {},
    /// Puts a taught layout into the case.
    AddTemplate {
        /// Its file on this machine.
        path: String,
    },
}

/// The jobs of a case that are remembered, by number.
#[utoipa::path(get, operation_id = "jobs_list", path = "/jobs", tag = "jobs", params(CasePath), responses((status = 200, body = Vec<JobShape>)))]
pub(crate) async fn list(InCase(case): InCase) -> Json<Vec<JobShape>> {
    Json(case.jobs.all().iter().map(Into::into).collect())
}

/// Begins long work. One job of a case works at a time.
#[utoipa::path(post, operation_id = "jobs_begin", path = "/jobs", tag = "jobs", params(CasePath), request_body = JobAsk, responses((status = 202, body = JobShape)))]
pub(crate) async fn begin(
    InCase(case): InCase,
    user: CurrentUser,
    Body(ask): Body<JobAsk>,
) -> Result<(axum::http::StatusCode, Json<JobShape>), ApiError> {
    if names_a_path(&ask) && !user.is_alone {
        return Err(ApiError::denied());
    }
    if let Some(path) = source_of(&ask) {
        // A mistake is told at once and not by a job.
        let path = path.to_owned();
        work(move || {
            path.symlink_metadata()
                .map(drop)
                .map_err(|_| ApiError::invalid("there is no such path"))
        })
        .await?;
    }
    let (worked, kind) = (Arc::clone(&case), kind_of(&ask));
    let job = case.jobs.begin(kind, &user.name, move |progress| do_job(&worked, ask, progress));
    match job {
        Some(job) => Ok((axum::http::StatusCode::ACCEPTED, Json((&job).into()))),
        None => Err(ApiError::new(
            axum::http::StatusCode::CONFLICT,
            "too_many_jobs",
            "too many jobs wait already",
        )),
    }
}

fn names_a_path(ask: &JobAsk) -> bool {
    source_of(ask).is_some() || matches!(ask, JobAsk::Backup { .. })
}

/// The path that is read.
fn source_of(ask: &JobAsk) -> Option<&Path> {
    match ask {
        JobAsk::Add { path, .. } | JobAsk::AddList { path, .. } | JobAsk::AddTemplate { path } => {
            Some(Path::new(path))
        }
        JobAsk::Run { .. } | JobAsk::Verify {} | JobAsk::Backup { .. } => None,
    }
}

fn kind_of(ask: &JobAsk) -> &'static str {
    match ask {
        JobAsk::Run { .. } => "run",
        JobAsk::Add { .. } => "add",
        JobAsk::AddList { .. } => "add_list",
        JobAsk::Verify {} => "verify",
        JobAsk::AddTemplate { .. } => "add_template",
        JobAsk::Backup { .. } => "backup",
    }
}

/// Does the work with a connection of its own, then lets the room see what changed.
fn do_job(open: &OpenCase, ask: JobAsk, progress: &dyn Progress) -> Result<String, CaseError> {
    let mut case = open.room.copy()?;
    let outcome = match ask {
        JobAsk::Run { again } => {
            let done = case.run(again, progress)?;
            format!(
                "{} documents read, {} records, {} people, screened against {} entities",
                done.documents, done.records, done.people, done.listed
            )
        }
        JobAsk::Add { path, name, by, from, device, note } => {
            let acquisition = Acquisition { by, from, device, note };
            let options = AddOptions { name, acquisition };
            let done = case.add(&PathBuf::from(path), &options, progress)?;
            done.accounting.to_string()
        }
        JobAsk::AddList { path, name, map, again } => {
            let options = ListOptions { name, map: map.into_iter().collect(), again };
            let done = case.add_list(&PathBuf::from(path), &options, progress)?;
            let (entities, problems) = (done.dataset.entities, done.problems.len());
            let changes = done.version.and_then(|version| version.changes);
            let changes = changes.map_or_else(String::new, |changes| format!("; {changes}"));
            format!("{}: {entities} entities, {problems} problems{changes}", done.dataset.name)
        }
        JobAsk::Verify {} => {
            let done = case.verify(progress)?;
            let findings: Vec<String> = done
                .findings
                .iter()
                .map(|finding| format!("{} {}", finding.file, finding.fault.as_str()))
                .collect();
            let audit = case::verify_audit(case.folder(), None)?;
            let faults =
                audit.findings.iter().map(|f| format!("line {} {}", f.line, f.fault.as_str()));
            format!(
                "{} files hashed; {} findings {}; audit log: {} entries, {} findings {}",
                done.files,
                findings.len(),
                findings.join(", "),
                audit.entries,
                audit.findings.len(),
                faults.collect::<Vec<_>>().join(", ")
            )
        }
        JobAsk::Backup { path, incremental } => {
            let options = BackupOptions { incremental, ..BackupOptions::default() };
            let done = case.backup(Path::new(&path), options, progress)?;
            format!(
                "{} contents copied ({} bytes), {} were there, {} damaged",
                done.copied,
                done.bytes,
                done.present,
                done.damaged.len()
            )
        }
        JobAsk::AddTemplate { path } => {
            let template = case.add_template(&PathBuf::from(path))?;
            format!("{} is taught", template.file().name)
        }
    };
    drop(case);
    open.room.index_text()?;
    open.room.refresh()?;
    open.room.ready()?;
    open.room.searcher()?;
    Ok(outcome.trim_end().to_owned())
}

/// A job of a case.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct JobPath {
    /// Name of the case.
    #[expect(dead_code, reason = "read by `InCase`; stands here to be described")]
    case: String,
    /// Its number.
    id: u64,
}

/// One job.
#[utoipa::path(get, operation_id = "jobs_one", path = "/jobs/{id}", tag = "jobs", params(JobPath), responses((status = 200, body = JobShape)))]
pub(crate) async fn one(
    InCase(case): InCase,
    At(path): At<JobPath>,
) -> Result<Json<JobShape>, ApiError> {
    let job = case.jobs.find(path.id).ok_or_else(|| ApiError::not_found("job"))?;
    Ok(Json((&job).into()))
}

/// Asks a job to end; what it has done is kept.
#[utoipa::path(delete, operation_id = "jobs_cancel", path = "/jobs/{id}", tag = "jobs", params(JobPath), responses((status = 202, description = "It ends where what was done can be kept")))]
pub(crate) async fn cancel(
    InCase(case): InCase,
    At(path): At<JobPath>,
) -> Result<axum::http::StatusCode, ApiError> {
    if case.jobs.cancel(path.id) {
        Ok(axum::http::StatusCode::ACCEPTED)
    } else {
        Err(ApiError::not_found("job"))
    }
}
