//! Fictional lists and a server over them.

use super::http::Served;
use super::sandbox;

/// Invented people and firms around one of them, with an address, a payment and an ownership.
pub const LIST: &str = include_str!("../lists/probes.ftm.json");

/// A server over two lists, and the folder that they lie in.
pub struct Lists {
    server: Served,
    /// Where the lists are.
    pub folder: tempfile::TempDir,
}

impl std::ops::Deref for Lists {
    type Target = Served;
    fn deref(&self) -> &Served {
        &self.server
    }
}

/// Serves the probes, and a list of one's own, as `own`; the update token is `sample`.
pub fn lists() -> Lists {
    let folder = sandbox();
    let list = folder.path().join("entities.ftm.json");
    std::fs::write(&list, LIST).unwrap();
    std::fs::write(folder.path().join("own.csv"), "id,name,dob\nX-1,Samir Qandil,1985-03-14\n")
        .unwrap();
    let probes = format!("probes={}", list.display());
    let own = folder.path().join("own.csv");
    let arguments = ["--list", &probes, "--list", own.to_str().unwrap()];
    let server = Served::start(&arguments, &[("YENTE_UPDATE_TOKEN", "sample")]);
    Lists { server, folder }
}
