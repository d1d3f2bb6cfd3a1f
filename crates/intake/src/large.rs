//! Files past the size limit: hashed in a stream, never held in memory, and refused.

use std::fs::File;
use std::io::{self, Read};

use model::{DocumentId, DocumentState, Problem, Stage};
use sha2::{Digest, Sha256};

use crate::walk::Found;
use crate::{MediaType, Unpacked};

/// The ledger entry of a file that is too large to be opened. It is hashed all the same.
pub fn refuse_large(found: &Found) -> Unpacked {
    let mut problems = Vec::new();
    let id = hash_stream(found).unwrap_or_else(|error| {
        let message = format!("cannot be read: {}", error.kind());
        problems.push(Problem::new(Stage::Intake, &found.path, "unreadable", message));
        crate::unpack::hash(found.path.as_bytes())
    });
    let reason = format!("{} bytes are past the limit for one file", found.size);
    Unpacked {
        path: found.path.clone(),
        id,
        size: found.size,
        media: MediaType::Unknown,
        content: None,
        state: Some((DocumentState::RefusedByLimit, Some(reason))),
        problems,
    }
}

fn hash_stream(found: &Found) -> io::Result<DocumentId> {
    let mut file = File::open(&found.source)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
    }
    let hex: Vec<String> = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(DocumentId::from(hex.concat()))
}
