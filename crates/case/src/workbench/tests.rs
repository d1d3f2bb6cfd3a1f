//! Whatever people do step by step leaves what a full run leaves (law 7); and what each act does.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use model::journal::{Correction, Grading, LifeClaim};
use model::{
    Act, Block, Cell, Credibility, Dataset, DatasetKind, Decision, DocumentId, EntityId, Grade,
    Judgement, Layout, Lead, LifeStatus, Place, Reliability, ScoredPair, Span, Status, Subject,
    Table, Undo, Verdict,
};
use proptest::prelude::*;
use store::{DocumentStatements, StoredDataset};

use super::Workbench;
use crate::progress::Silent;
use crate::{Actor, Case};

const GIVEN: [&str; 5] = ["Maro", "Hadiya", "Fictus", "Nemo", "Sampla"];
const FAMILY: [&str; 4] = ["Testan", "Zarquni", "Nowhari", "Placeholder"];
const BORN: [&str; 5] = ["04/05/1980", "1980", "03/02/1981", "10/10/1990", ""];
const NATIONS: [&str; 3] = ["Tunisian", "French", ""];
const DIED: [&str; 3] = ["", "", "01/03/2014"];

/// Choices of given name, family name, birth date, nationality, date of death.
type Choice = (usize, usize, usize, usize, usize);

fn choice() -> impl Strategy<Value = Choice> {
    (0..GIVEN.len(), 0..FAMILY.len(), 0..BORN.len(), 0..NATIONS.len(), 0..DIED.len())
}

struct Desk {
    _folder: tempfile::TempDir,
    case: Case,
    records: Vec<EntityId>,
}

fn document(at: usize) -> DocumentId {
    format!("{at:016x}{:048x}", 7).into()
}

fn form(at: usize, (given, family, born, nation, died): Choice) -> DocumentStatements {
    let name = format!("{} {}", GIVEN[given], FAMILY[family]);
    let entry = format!("01/02/20{:02}", 10 + at % 5);
    let rows = [
        ("Full name", name.as_str()),
        ("Kunya", if at.is_multiple_of(2) { "Abu Maro" } else { "Abu Nemo" }),
        ("Date of birth", BORN[born]),
        ("Nationality", NATIONS[nation]),
        ("Date of entry", &entry),
        ("Date of death", DIED[died]),
    ];
    let cell = |text: &str| Cell {
        spans: (!text.is_empty())
            .then(|| Span::new(text, Place::Paragraph { index: 0 }))
            .into_iter()
            .collect(),
    };
    let rows = rows.iter().map(|(label, text)| vec![cell(label), cell(text)]).collect();
    let blocks = vec![Block::Table(Table { register: false, rows })];
    let layout = Layout { pages: Vec::new(), blocks };
    let document = document(at);
    let read = forms::read("sample.docx", &document, &layout, &forms::Options::default());
    DocumentStatements {
        dataset: "stick".into(),
        path: format!("{at}.docx"),
        statements: read.records[0].to_statements(&document, &"stick".into()),
        document,
        problems: Vec::new(),
    }
}

impl Desk {
    fn new(records: &[Choice], listed: &[Choice]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::create(&folder.path().join("case")).unwrap();
        let dataset = Dataset {
            name: "stick".into(),
            kind: DatasetKind::Cache,
            title: "sample".into(),
            date: None,
            sha256: "aa".into(),
            entities: 0,
        };
        case.store.put_dataset(&StoredDataset { dataset, info: [].into() }).unwrap();
        let forms: Vec<_> = records.iter().enumerate().map(|(at, c)| form(at, *c)).collect();
        case.store.put_document_statements("forms", "k", &forms).unwrap();
        let records = (0..records.len()).map(|at| format!("{at:016x}-0").into()).collect();
        let mut desk = Self { _folder: folder, case, records };
        desk.list("2026-01-01", listed, "");
        desk
    }

    /// Loads a version of the list; `dead` is the entry whose remarks report a death.
    fn list(&mut self, date: &str, listed: &[Choice], dead: &str) {
        let path = self.case.folder().with_file_name("list.ftm.json");
        let mut text = String::new();
        for (at, (given, family, born, nation, _)) in listed.iter().enumerate() {
            let id = format!("L{at}");
            let born = ["1980-05-04", "1980", "1981-02-03", "1990-10-10", "1950"][*born];
            let nation = ["tn", "fr", "de"][*nation];
            let note = if id == dead { "Reportedly killed in a sample town." } else { "listed" };
            let _ = writeln!(
                text,
                "{{\"id\":\"{id}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{} {}\"],\
                 \"birthDate\":[\"{born}\"],\"nationality\":[\"{nation}\"],\"notes\":[\"{note}\"]}},\
                 \"last_change\":\"{date}\"}}",
                GIVEN[*given], FAMILY[*family]
            );
        }
        fs::write(&path, text).unwrap();
        let options = crate::ListOptions { name: Some("list".into()), ..Default::default() };
        self.case.add_list(Path::new(&path), &options, &Silent).unwrap();
    }

    fn open(&mut self) -> Workbench {
        Workbench::open(&mut self.case, &Silent).unwrap()
    }

    fn act(&mut self, bench: &mut Workbench, act: Act) -> super::Changed {
        let actor = Actor::lead("an analyst");
        bench.act(&mut self.case, &[act], &actor, (Some("sample"), None)).unwrap().1
    }

    /// What the case holds now.
    fn results(&self) -> (Vec<Lead>, Vec<ScoredPair>) {
        let mut pairs: Vec<ScoredPair> = self
            .records
            .iter()
            .flat_map(|r| self.case.store.pairs_of(r.as_str()).unwrap())
            .collect();
        pairs.sort_by(|a, b| (&a.left, &a.right).cmp(&(&b.left, &b.right)));
        pairs.dedup_by(|a, b| (&a.left, &a.right) == (&b.left, &b.right));
        (self.case.store.leads().unwrap(), pairs)
    }

    /// What a full run makes of the case as it is.
    fn results_anew(&mut self) -> (Vec<Lead>, Vec<ScoredPair>) {
        let entries = self.case.journal().unwrap().len();
        Workbench::rebuild(&mut self.case, false, &Silent).unwrap();
        assert_eq!(self.case.journal().unwrap().len(), entries, "nothing comes up again");
        self.results()
    }

    fn lead_of(&self, bench: &Workbench, record: usize) -> Lead {
        let id = bench.lead_of(&self.records[record]).unwrap();
        self.case.store.lead(id).unwrap().unwrap()
    }
}

#[derive(Clone, Debug)]
enum Step {
    Correct(usize, &'static str, Option<&'static str>),
    Judge(usize, usize, Verdict),
    JudgeEntry(usize, usize, Verdict),
    Claim(usize, LifeStatus),
    ClaimEntry(usize, LifeStatus),
    Grade(usize),
    Decide(usize),
    Undo(u64),
    List(Vec<Choice>, usize),
    Rank,
}

fn step() -> impl Strategy<Value = Step> {
    let record = 0..RECORDS_MAX;
    let verdict = || {
        prop::sample::select(vec![
            Verdict::Same,
            Verdict::Different,
            Verdict::Related,
            Verdict::Unsure,
        ])
    };
    let life = || {
        prop::sample::select(vec![
            LifeStatus::ReportedDead,
            LifeStatus::Unknown,
            LifeStatus::Disputed,
        ])
    };
    let correction = prop::sample::select(vec![
        ("full_name", Some("Maro Testan")),
        ("full_name", Some("Sampla Hadiya Zarquni")),
        ("full_name", None),
        ("birth_date", Some("04/05/1980")),
        ("birth_date", Some("1999")),
        ("birth_date", None),
        ("nationality", Some("French")),
        ("kunya", Some("Abu Nemo al-Nowhari")),
        ("death_date", Some("02/02/2013")),
        ("entry_date", Some("02/02/2016")),
        ("death_date", None),
    ]);
    prop_oneof![
        5 => (record.clone(), correction).prop_map(|(r, (key, text))| Step::Correct(r, key, text)),
        3 => (record.clone(), record.clone(), verdict()).prop_map(|(l, r, v)| Step::Judge(l, r, v)),
        3 => (record.clone(), 0..12usize, verdict()).prop_map(|(r, e, v)| Step::JudgeEntry(r, e, v)),
        2 => (record.clone(), life()).prop_map(|(r, l)| Step::Claim(r, l)),
        1 => (0..8usize, life()).prop_map(|(e, l)| Step::ClaimEntry(e, l)),
        1 => (0..3usize).prop_map(Step::Grade),
        2 => record.prop_map(Step::Decide),
        3 => (1..12u64).prop_map(Step::Undo),
        2 => (prop::collection::vec(choice(), 18..21), 0..12usize).prop_map(|(l, d)| Step::List(l, d)),
        1 => Just(Step::Rank),
    ]
}

const RECORDS_MAX: usize = 14;

const GRADE: Grade = Grade { reliability: Reliability::C, credibility: Credibility::Doubtful };

fn take(desk: &mut Desk, bench: &mut Workbench, step: Step) {
    let record = |at: usize| desk.records[at % desk.records.len()].clone();
    let entry = |at: usize| EntityId::from(format!("L{at}"));
    let claim = |entity: EntityId, life| {
        Act::LifeClaim(LifeClaim {
            entity,
            life,
            date: Some("2013-05".into()),
            text: "sample words".into(),
            citation: None,
            grade: GRADE,
        })
    };
    let act = match step {
        Step::Correct(at, key, written) => Act::Correction(Correction {
            record: record(at),
            key: key.into(),
            before: String::new(),
            written: written.map(str::to_owned),
        }),
        Step::Judge(left, right, verdict) => {
            let (left, right) = (record(left).min(record(right)), record(left).max(record(right)));
            if left == right {
                return;
            }
            Act::Judgement(Judgement::new(left, right, verdict))
        }
        Step::JudgeEntry(at, listed, verdict) => {
            Act::Judgement(Judgement::new(record(at), entry(listed), verdict))
        }
        Step::Claim(at, life) => claim(record(at), life),
        Step::ClaimEntry(at, life) => claim(entry(at), life),
        Step::Grade(what) => {
            let subjects = [
                Subject::Dataset("stick".into()),
                Subject::Document(document(0)),
                Subject::Entity(record(1)),
            ];
            Act::Grading(Grading { subject: subjects[what].clone(), grade: GRADE })
        }
        Step::Decide(at) => {
            let lead_id = bench.lead_of(&record(at)).unwrap().clone();
            let members = bench.members(&lead_id).unwrap().to_vec();
            Act::Decision(Decision { lead_id, members, status: Status::Possible, blind: false })
        }
        Step::Undo(seq) => Act::Undo(Undo::Entry(seq)),
        Step::List(listed, dead) => {
            desk.list("2026-02-02", &listed, &format!("L{dead}"));
            bench.refresh(&mut desk.case, &Silent).unwrap();
            return;
        }
        Step::Rank => {
            let path = desk.case.folder().join("rules.toml");
            let rules = fs::read_to_string(&path).unwrap();
            fs::write(&path, rules.replace("points = 40", "points = 4")).unwrap();
            bench.refresh(&mut desk.case, &Silent).unwrap();
            return;
        }
    };
    desk.act(bench, act);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Judgements, corrections, claims, grades, undos, new lists, other rules: after each, leads and
    /// pairs are those of a full run, and a run finds nothing to do.
    #[test]
    fn step_by_step_is_as_a_full_run(
        records in prop::collection::vec(choice(), 3..RECORDS_MAX),
        listed in prop::collection::vec(choice(), 18..21),
        steps in prop::collection::vec(step(), 1..7),
    ) {
        let mut desk = Desk::new(&records, &listed);
        let mut bench = desk.open();
        for step in steps {
            let what = format!("{step:?}");
            take(&mut desk, &mut bench, step);
            let now = desk.results();
            let (rules, _) = desk.case.rules().unwrap();
            prop_assert_eq!(desk.case.parts(&rules).unwrap(), desk.case.parts_done().unwrap());
            let anew = desk.results_anew();
            prop_assert_eq!(&now.0, &anew.0, "leads after {}", what);
            prop_assert_eq!(&now.1, &anew.1, "pairs after {}", what);
            let reopened = desk.open();
            prop_assert_eq!(reopened.counts(), bench.counts());
        }
    }
}

/// Two records of one man, a namesake's brother, and a list with the man on it.
fn desk() -> Desk {
    let (maro, other) = ((0, 0, 0, 0, 0), (1, 1, 3, 1, 0));
    let listed: Vec<Choice> =
        (0..20).map(|n| if n == 0 { maro } else { (2 + n % 3, 1 + n % 3, n % 4, 1, 0) }).collect();
    Desk::new(&[maro, maro, other], &listed)
}

fn correction(record: &EntityId, key: &str, written: &str) -> Act {
    Act::Correction(Correction {
        record: record.clone(),
        key: key.into(),
        before: String::new(),
        written: Some(written.into()),
    })
}

#[test]
fn a_correction_parts_two_records_and_its_undo_joins_them_again() {
    let mut desk = desk();
    let mut bench = desk.open();
    let before = desk.results();
    assert_eq!(before.0.len(), 2);
    let (second, undo) = (desk.records[1].clone(), Act::Undo(Undo::Entry(1)));
    let changed = desk.act(&mut bench, correction(&second, "birth_date", "1955"));
    assert_eq!(changed.leads.len(), 2, "{changed:?}");
    assert_eq!(desk.results().0.len(), 3);
    let views = desk.case.leads().unwrap();
    let values = views.iter().flat_map(|view| &view.records).flat_map(|record| &record.values);
    let read: Vec<_> =
        values.filter_map(|v| Some((v.written.as_str(), v.read.as_deref()?))).collect();
    assert_eq!(read, [("1955", "04/05/1980")], "what was read stands beside it");
    let changed = desk.act(&mut bench, undo);
    assert_eq!(changed.gone, [model::LeadId::from(second.as_str())]);
    assert_eq!(desk.results(), before);
}

#[test]
fn what_was_recorded_and_not_applied_is_taken_up_when_the_case_is_opened() {
    let mut desk = desk();
    desk.open();
    let act = correction(&desk.records[1], "birth_date", "1955");
    let actor = Actor::lead("an analyst");
    desk.case.record(&[act], &actor, None, None).unwrap();
    desk.open();
    assert_eq!(desk.results().0.len(), 3);
}

#[test]
fn a_new_version_that_delists_somebody_brings_the_lead_up_again() {
    let mut desk = desk();
    let mut bench = desk.open();
    let lead = desk.lead_of(&bench, 0);
    assert_eq!(lead.status, Status::Listed, "{lead:?}");
    let (lead_id, members) = (lead.id.clone(), lead.members.clone());
    let decision = Decision { lead_id, members, status: Status::Listed, blind: false };
    desk.act(&mut bench, Act::Decision(decision));
    let listed: Vec<Choice> = (1..21).map(|n| (2 + n % 3, 1 + n % 3, n % 4, 1, 0)).collect();
    desk.list("2026-02-02", &listed, "");
    let changed = bench.refresh(&mut desk.case, &Silent).unwrap();
    let [entry] = changed.entries.as_slice() else { panic!("{changed:?}") };
    let Act::Reopening(reopening) = &entry.act else { panic!("{entry:?}") };
    assert_eq!((&reopening.lead_id, reopening.cause.as_str()), (&lead.id, "list"));
    let reason = entry.by.reason.as_deref().unwrap();
    assert!(reason.contains("is no match any more"), "{reason}");
    assert!(reason.contains("before as already listed"), "{reason}");
    assert_eq!(entry.by.user, crate::PROGRAM);
    let decided = &bench.standing().decisions[&lead.id][0];
    assert_ne!(decided.by.lists, entry.by.lists, "the old decision keeps the lists of its time");
    let state = triage::review_state(&lead.id, bench.standing(), &triage::Policy::default());
    assert_eq!(state, triage::ReviewState::Undecided);
}

#[test]
fn records_that_are_split_bring_a_decided_lead_up_again() {
    let mut desk = desk();
    let mut bench = desk.open();
    let lead = desk.lead_of(&bench, 0);
    let (lead_id, members) = (lead.id.clone(), lead.members.clone());
    let decision = Decision { lead_id, members, status: Status::Listed, blind: false };
    desk.act(&mut bench, Act::Decision(decision));
    let split = super::split(&lead.members, &lead.members[1..]);
    let acts: Vec<Act> = split.into_iter().map(Act::Judgement).collect();
    let preview = bench.preview(&desk.case, &acts).unwrap();
    assert_eq!((preview.before.len(), preview.after.len(), preview.leads.len()), (1, 2, 2));
    let changed = desk.act(&mut bench, acts[0].clone());
    assert_eq!(preview.after.len(), changed.leads.len());
    let reasons = |lead: &Lead| -> Vec<String> {
        lead.matches.iter().map(|m| format!("{} {}", m.entity_id, m.reason)).collect()
    };
    assert_eq!(reasons(&preview.leads[0]), reasons(&desk.lead_of(&bench, 0)));
    let reason = changed.entries[0].by.reason.as_deref().unwrap();
    assert!(reason.starts_with("now 1 records instead of 2"), "{reason}");
    assert!(model::is_stale(&lead.members, bench.members(&lead.id).unwrap()));
}

#[test]
fn a_run_after_the_workbench_finds_nothing_to_do() {
    let mut desk = desk();
    let mut bench = desk.open();
    let act = correction(&desk.records[0], "nationality", "French");
    desk.act(&mut bench, act);
    let summary = desk.case.run(false, &Silent).unwrap();
    assert!(!summary.changed);
    assert_eq!((summary.people, summary.records), (2, 3));
}

#[test]
fn a_new_version_screens_only_what_it_changed() {
    let mut desk = desk();
    let mut bench = desk.open();
    let mut listed: Vec<Choice> = (0..20)
        .map(|n| if n == 0 { (0, 0, 0, 0, 0) } else { (2 + n % 3, 1 + n % 3, n % 4, 1, 0) })
        .collect();
    listed.push((1, 1, 3, 1, 0));
    desk.list("2026-02-02", &listed, "");
    let changed = bench.refresh(&mut desk.case, &Silent).unwrap();
    assert!(changed.leads.contains(bench.lead_of(&desk.records[2]).unwrap()), "{changed:?}");
    assert_eq!(desk.lead_of(&bench, 2).status, Status::Listed);
}
