//! Who is linked to whom: people who named the same person, gave the same phone or address, crossed
//! at the same place on the same day. Two people are never linked by a guess: only by what their
//! forms say alike, or by what a person judged.
//!
//! A graph of two sorts of nodes: people, by number, and ties (a phone, a recommender), by kind and
//! key. Each link has the document it stands in. Invariant: the order of ties and links is that of
//! their keys, whatever the order they came in.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use model::{DocumentId, EntityId};

/// What kind of thing people share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// Recommended by the same person.
    Recommender,
    /// Entered through the same person.
    Facilitator,
    /// The same phone number.
    Phone,
    /// The same mail address.
    Email,
    /// The same address of residence.
    Address,
    /// The same point of entry on the same day.
    Crossing,
    /// A mother of the same name.
    Mother,
    /// Judged to be kin or otherwise linked.
    Related,
}

impl TieKind {
    /// All of them.
    pub const ALL: [TieKind; 8] = [
        TieKind::Recommender,
        TieKind::Facilitator,
        TieKind::Phone,
        TieKind::Email,
        TieKind::Address,
        TieKind::Crossing,
        TieKind::Mother,
        TieKind::Related,
    ];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            TieKind::Recommender => "recommender",
            TieKind::Facilitator => "facilitator",
            TieKind::Phone => "phone",
            TieKind::Email => "email",
            TieKind::Address => "address",
            TieKind::Crossing => "crossing",
            TieKind::Mother => "mother",
            TieKind::Related => "related",
        }
    }
}

/// Somebody's link to a tie, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TieLink {
    /// The person, by number.
    pub person: usize,
    /// The record that says so.
    pub record: EntityId,
    /// The document it stands in; none for a judgement.
    pub document: Option<DocumentId>,
    /// As written there.
    pub written: String,
}

/// One thing that people share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Its kind.
    pub kind: TieKind,
    /// What makes it the same thing, folded by the caller.
    pub key: String,
    /// Those who have it, by person.
    pub links: Vec<TieLink>,
}

impl Tie {
    /// How many people have it.
    pub fn people(&self) -> usize {
        self.links.iter().map(|l| l.person).collect::<BTreeSet<_>>().len()
    }
}

/// The graph.
#[derive(Clone, Debug, Default)]
pub struct Network {
    ties: Vec<Tie>,
    /// Ties of each person.
    of_person: BTreeMap<usize, Vec<usize>>,
}

/// A tie that so many people have leads nowhere in a search for a path: half the cache passed one
/// border. Chosen by hand.
const PATH_PEOPLE_MAX: usize = 60;
/// People that a search for a path may meet.
const PATH_MET_MAX: usize = 20_000;

impl Network {
    /// The graph of these links. Ties that one person has alone are left out.
    pub fn new(links: impl IntoIterator<Item = (TieKind, String, TieLink)>) -> Self {
        let mut by_key: BTreeMap<(TieKind, String), Vec<TieLink>> = BTreeMap::new();
        for (kind, key, link) in links {
            if !key.is_empty() {
                by_key.entry((kind, key)).or_default().push(link);
            }
        }
        let mut network = Network::default();
        for ((kind, key), mut links) in by_key {
            links.sort();
            links.dedup();
            let tie = Tie { kind, key, links };
            if tie.people() < 2 {
                continue;
            }
            let place = network.ties.len();
            for person in tie.links.iter().map(|l| l.person).collect::<BTreeSet<_>>() {
                network.of_person.entry(person).or_default().push(place);
            }
            network.ties.push(tie);
        }
        network
    }

    /// The ties of a person, by kind and key.
    pub fn ties_of(&self, person: usize) -> impl Iterator<Item = &Tie> {
        let places = self.of_person.get(&person).into_iter().flatten();
        places.filter_map(|place| self.ties.get(*place))
    }

    /// The shortest way from one person to another over at most `steps_max` ties: people and the
    /// ties between them. Ties that too many have are not followed.
    pub fn path(&self, from: usize, to: usize, steps_max: usize) -> Option<Vec<(usize, &Tie)>> {
        let mut came: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut open = VecDeque::from([(from, 0usize)]);
        while let Some((person, steps)) = open.pop_front() {
            if person == to {
                return Some(self.walk_back(from, to, &came));
            }
            if steps >= steps_max || came.len() > PATH_MET_MAX {
                continue;
            }
            for &place in self.of_person.get(&person).into_iter().flatten() {
                let Some(tie) = self.ties.get(place) else { continue };
                if tie.people() > PATH_PEOPLE_MAX {
                    continue;
                }
                for next in tie.links.iter().map(|l| l.person) {
                    if next != from && !came.contains_key(&next) {
                        came.insert(next, (person, place));
                        open.push_back((next, steps + 1));
                    }
                }
            }
        }
        None
    }

    /// The steps of a way: each person with the tie that leads on to the next.
    fn walk_back(
        &self,
        from: usize,
        to: usize,
        came: &BTreeMap<usize, (usize, usize)>,
    ) -> Vec<(usize, &Tie)> {
        let mut steps = Vec::new();
        let mut at = to;
        while at != from {
            let Some(&(before, place)) = came.get(&at) else { break };
            steps.extend(self.ties.get(place).map(|tie| (before, tie)));
            at = before;
        }
        steps.reverse();
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(kind: TieKind, key: &str, person: usize) -> (TieKind, String, TieLink) {
        let record = EntityId::from(format!("r{person}"));
        let document = Some(DocumentId::from("d"));
        (kind, key.to_owned(), TieLink { person, record, document, written: key.to_owned() })
    }

    fn network() -> Network {
        Network::new([
            link(TieKind::Phone, "+999", 1),
            link(TieKind::Phone, "+999", 2),
            link(TieKind::Recommender, "x", 2),
            link(TieKind::Recommender, "x", 3),
            link(TieKind::Address, "alone", 1),
            link(TieKind::Address, "", 1),
            link(TieKind::Address, "", 2),
        ])
    }

    #[test]
    fn only_what_several_share_is_a_tie() {
        let network = network();
        let ties: Vec<&str> = network.ties_of(1).map(|tie| tie.key.as_str()).collect();
        assert_eq!(ties, ["+999"]);
        assert_eq!(network.ties_of(2).count(), 2);
        assert_eq!(network.ties_of(9).count(), 0);
    }

    #[test]
    fn a_path_names_each_person_and_the_tie_that_leads_on() {
        let network = network();
        let path = network.path(1, 3, 4).unwrap();
        let steps: Vec<_> = path.iter().map(|(person, tie)| (*person, tie.key.as_str())).collect();
        assert_eq!(steps, [(1, "+999"), (2, "x")]);
        assert!(network.path(1, 3, 1).is_none(), "too far");
        assert!(network.path(1, 9, 4).is_none());
    }
}
