//! A case folder: runs the steps, batches, resumes, audits.
