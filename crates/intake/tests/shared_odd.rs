//! The special files of the shared caches (`../shared/data`, or the folder that `SHARED` names):
//! each must end in a state that its truth allows. Passes where the data are absent.

use std::path::PathBuf;
use std::sync::Arc;

use intake::{Limits, ReadOptions};
use model::DocumentState;

/// What the truth says of a file, and the states that are right then.
const ALLOWED: &[(&str, &[DocumentState])] = &[
    (
        "ok-or-reject",
        &[
            DocumentState::Read,
            DocumentState::PartlyRead,
            DocumentState::Corrupt,
            DocumentState::RefusedByLimit,
        ],
    ),
    ("ok", &[DocumentState::Read, DocumentState::PartlyRead]),
    ("error:truncated", &[DocumentState::Corrupt, DocumentState::PartlyRead]),
    ("error:unknown-format", &[DocumentState::Unsupported, DocumentState::Corrupt]),
    ("error:empty", &[DocumentState::Empty]),
    ("needs-password", &[DocumentState::Encrypted]),
    ("reject", &[DocumentState::RefusedByLimit]),
];

fn shared() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("SHARED").map_or(root, PathBuf::from)
}

#[test]
fn special_files_end_in_the_right_state() {
    for cache in ["cache-a", "cache-b"] {
        let folder = shared().join("data").join(cache);
        let Ok(truth) = std::fs::read_to_string(folder.join("truth/documents.jsonl")) else {
            return;
        };
        let mut checked = 0;
        for line in truth.lines() {
            let document: serde_json::Value = serde_json::from_str(line).unwrap();
            let (path, expected) = (&document["path"], &document["expected"]);
            let (path, expected) = (path.as_str().unwrap(), expected.as_str().unwrap());
            if !path.starts_with("odd/") || path.contains("!/") {
                continue;
            }
            let content: Arc<[u8]> = std::fs::read(folder.join("cache").join(path)).unwrap().into();
            let unpacked = intake::unpack(path, content, &Limits::default());
            let options = ReadOptions { ocr: false, ..ReadOptions::default() };
            let state = unpacked[0].state.as_ref().map_or_else(
                || {
                    let content = unpacked[0].content.as_deref().unwrap();
                    intake::read(path, unpacked[0].media, content, &options).state
                },
                |(state, _)| *state,
            );
            // Without recognition a scan stays unread; the other special files do not need it.
            let scan =
                unpacked[0].media.is_image() || document["kind"] == "special:wrong_ext_jpg_as_pdf";
            let (_, allowed) = ALLOWED.iter().find(|(e, _)| expected.starts_with(e)).unwrap();
            assert!(scan || allowed.contains(&state), "{cache}/{path}: {state}, {expected}");
            checked += 1;
        }
        assert!(checked > 10, "{cache}: only {checked} special files");
    }
}
