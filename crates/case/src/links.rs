//! The network of a case around a person: what the forms and judgements of its leads tie together.
//! The graph is `triage`'s; here it is made of a view.

use model::Verdict;
use triage::{Network, TieKind, TieLink};

use crate::CaseView;

impl CaseView {
    /// The network of all leads, by place. Made once for each state of the journal.
    pub fn network(&self) -> &Network {
        self.journal.network.get_or_init(|| Network::new(self.links()))
    }

    fn links(&self) -> Vec<(TieKind, String, TieLink)> {
        let mut links = Vec::new();
        for (person, row) in self.people.rows.iter().enumerate() {
            for member in &row.members {
                let Some(facts) = self.facts(member) else { continue };
                for (kind, key, written) in &facts.ties {
                    let link = TieLink {
                        person,
                        record: member.clone(),
                        document: facts.document.clone(),
                        written: written.clone(),
                    };
                    links.push((*kind, key.clone(), link));
                }
            }
        }
        for (judgement, entry) in self.journal.judgements() {
            if judgement.verdict != Verdict::Related {
                continue;
            }
            let key = format!("{} {}", judgement.left, judgement.right);
            for record in [&judgement.left, &judgement.right] {
                let Some((person, _)) = self.find(record.as_str()) else { continue };
                let relation = judgement.relation.clone().unwrap_or_else(|| "related".to_owned());
                let written = format!("{relation}, judged by {}", entry.by.user);
                let link = TieLink { person, record: record.clone(), document: None, written };
                links.push((TieKind::Related, key.clone(), link));
            }
        }
        links
    }
}
