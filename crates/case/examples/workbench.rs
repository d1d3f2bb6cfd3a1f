//! Development aid: how long what people do takes, on a fictional case of any size.
//!
//! `cargo run -p case --release --example workbench -- FOLDER [RECORDS] [ENTRIES]` makes registers and
//! a list in FOLDER, a case of them, and prints milliseconds and memory. Nobody in them exists: names
//! are put together from syllables.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use case::{Actor, AddOptions, Case, Changed, ListOptions, Workbench, progress::Silent};
use model::journal::Correction;
use model::{Act, EntityId, Judgement, Undo, Verdict};

type Boxed<T> = Result<T, Box<dyn std::error::Error>>;

/// Rows of one register.
const ROWS: usize = 1_000;
/// Records of one person, on average two in five records have another.
const PEOPLE_OF_TEN_RECORDS: usize = 7;

fn main() -> Boxed<()> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("usage: workbench FOLDER [RECORDS] [ENTRIES]")?;
    let records: usize = args.next().map_or(Ok(20_000), |n| n.parse())?;
    let entries: usize = args.next().map_or(Ok(22_000), |n| n.parse())?;
    let folder = Path::new(&folder);
    let case = &mut made_case(folder, records, entries)?;
    tell("memory before it is opened", 0.0);
    let mut bench = timed("open from results", || Workbench::open(case, &Silent))?;
    let (people, kept, pairs) = bench.counts();
    say(&format!("{kept} records, {people} people, {pairs} pairs"));
    tell("memory of the open workbench", 0.0);
    acts(case, &mut bench)?;
    lists(case, &mut bench, folder, entries)?;
    Ok(())
}

/// Registers, a list, and a case that was run over them; made once a folder.
fn made_case(folder: &Path, records: usize, entries: usize) -> Boxed<Case> {
    let at = folder.join("case");
    if at.is_dir() {
        let mut case = Case::open(&at)?;
        timed("run that finds nothing", || case.run(false, &Silent))?;
        return Ok(case);
    }
    let registers = folder.join("registers");
    fs::create_dir_all(&registers)?;
    for (at, first) in (0..records).step_by(ROWS).enumerate() {
        let mut text =
            "Full name,Kunya,Mother's name,Date of birth,Nationality,Place of residence,\
             Date of entry,Role,Contact number,Date of death\n"
                .to_owned();
        for row in first..(first + ROWS).min(records) {
            let fields = register_row(row, records);
            writeln!(text, "{}", fields.join(","))?;
        }
        fs::write(registers.join(format!("register-{at}.csv")), text)?;
    }
    fs::write(folder.join("list.ftm.json"), list_text(entries, records, |_| false))?;
    let mut case = Case::create(&at)?;
    timed("add", || case.add(&registers, &AddOptions::default(), &Silent))?;
    let list = folder.join("list.ftm.json");
    timed("lists add", || case.add_list(&list, &options(), &Silent))?;
    timed("run", || case.run(false, &Silent))?;
    Ok(case)
}

fn acts(case: &mut Case, bench: &mut Workbench) -> Boxed<()> {
    let leads = case.leads()?;
    let several: Vec<Vec<EntityId>> = leads
        .iter()
        .map(|view| view.lead.members.clone())
        .filter(|members| members.len() > 1)
        .take(40)
        .collect();
    let listed: Vec<(EntityId, EntityId)> = leads
        .iter()
        .filter_map(|v| {
            Some((v.lead.members[0].clone(), v.lead.matches.first()?.entity_id.clone()))
        })
        .take(20)
        .collect();
    drop(leads);
    let corrections: Vec<Act> = several
        .iter()
        .take(20)
        .flat_map(|members| {
            let correct = |key: &str, written: &str| {
                Act::Correction(Correction {
                    record: members[0].clone(),
                    key: key.to_owned(),
                    before: String::new(),
                    written: Some(written.to_owned()),
                })
            };
            [correct("birth_date", "03/04/1971"), correct("full_name", "Nemo Fictus Sampla")]
        })
        .collect();
    many(case, bench, "correction", &corrections)?;
    let undo: Vec<Act> =
        (1..=corrections.len() as u64).map(|seq| Act::Undo(Undo::Entry(seq))).collect();
    many(case, bench, "undo of a correction", &undo)?;
    let split = |members: &Vec<EntityId>| {
        let pair = (members[0].clone(), members[1].clone());
        Act::Judgement(Judgement::new(pair.0, pair.1, Verdict::Different))
    };
    let splits: Vec<Act> = several.iter().skip(20).map(split).collect();
    let start = Instant::now();
    for act in &splits {
        bench.preview(case, std::slice::from_ref(act))?;
    }
    tell("preview of a split", start.elapsed().as_secs_f64() * 1e3 / splits.len().max(1) as f64);
    many(case, bench, "judgement on two records", &splits)?;
    let words: Vec<Act> = listed
        .into_iter()
        .map(|(l, r)| Act::Judgement(Judgement::new(l, r, Verdict::Different)))
        .collect();
    many(case, bench, "judgement on a list entry", &words)?;
    let path = case.folder().join("rules.toml");
    let rules = fs::read_to_string(&path)?;
    for points in ["points = 41", "points = 40"] {
        let text = rules.replacen("points = 40", points, 1);
        fs::write(&path, text)?;
        let changed = timed("another weight in rules.toml", || bench.refresh(case, &Silent))?;
        say(&format!("  {} places", changed.ranks));
    }
    Ok(())
}

fn options() -> ListOptions {
    ListOptions { name: Some("sample".to_owned()), ..ListOptions::default() }
}

fn lists(case: &mut Case, bench: &mut Workbench, folder: &Path, entries: usize) -> Boxed<()> {
    let list = folder.join("next.ftm.json");
    let step = (entries / 50).max(1);
    fs::write(&list, list_text(entries, 20_000, |at| at.is_multiple_of(step)))?;
    timed("lists add, 50 entries changed", || case.add_list(&list, &options(), &Silent))?;
    let changed = timed("what the new version changed", || bench.refresh(case, &Silent))?;
    say(&format!("  {} leads made anew, {} places", changed.leads.len(), changed.ranks));
    tell("memory after all", 0.0);
    timed("run that finds nothing", || case.run(false, &Silent))?;
    timed("run again, everybody", || case.run(true, &Silent))?;
    Ok(())
}

fn many(case: &mut Case, bench: &mut Workbench, what: &str, acts: &[Act]) -> Boxed<()> {
    let actor = Actor::lead("an analyst");
    let (mut worst, mut sum, mut total) = (0.0_f64, 0.0, Changed::default());
    for act in acts {
        let start = Instant::now();
        let entries = case.record(std::slice::from_ref(act), &actor, Some("sample"), None)?;
        let changed = bench.apply(case, &entries)?;
        let took = start.elapsed().as_secs_f64() * 1e3;
        (worst, sum) = (worst.max(took), sum + took);
        total.leads.extend(changed.leads);
        total.pairs += changed.pairs;
        total.ranks += changed.ranks;
    }
    let count = acts.len().max(1);
    tell(what, sum / count as f64);
    say(&format!(
        "  of {count}: worst {worst:.0} ms; {:.1} leads, {} pairs, {} places each",
        total.leads.len() as f64 / count as f64,
        total.pairs / count,
        total.ranks / count
    ));
    Ok(())
}

/// A name of two or three syllables, by number.
fn word(number: usize) -> String {
    const HEADS: [&str; 14] =
        ["bo", "di", "fa", "gu", "ha", "ja", "ki", "la", "mu", "na", "qa", "ri", "su", "za"];
    const TAILS: [&str; 12] =
        ["bar", "dun", "fil", "gar", "hir", "jad", "kul", "lim", "mas", "nub", "rat", "san"];
    let (head, tail) = (HEADS[number % HEADS.len()], TAILS[number / HEADS.len() % TAILS.len()]);
    let middle = HEADS[number / (HEADS.len() * TAILS.len()) % HEADS.len()];
    let mut name = if number < HEADS.len() * TAILS.len() {
        format!("{head}{tail}")
    } else {
        format!("{head}{middle}{tail}")
    };
    name[..1].make_ascii_uppercase();
    name
}

/// Numbers that look drawn, the same each time (`SplitMix64`).
fn drawn(seed: usize, salt: u64, below: usize) -> usize {
    let mut z = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(salt << 17);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).unwrap_or_default()
}

/// Common numbers are drawn more often, as common names are borne by more.
fn common(seed: usize, salt: u64, below: usize) -> usize {
    let first = drawn(seed, salt, below);
    drawn(seed, salt + 1, first + 1)
}

/// Name, kunya, mother, birth date, nationality of a person by number.
fn person(number: usize) -> (String, String, String, String, &'static str) {
    const NATIONS: [&str; 8] =
        ["Tunisian", "Moroccan", "Egyptian", "Jordanian", "French", "Russian", "Saudi", "Turkish"];
    let name = format!(
        "{} {} {}",
        word(common(number, 1, 160)),
        word(common(number, 3, 160)),
        word(200 + common(number, 5, 2_000))
    );
    let kunya = format!("Abu {}", word(common(number, 7, 120)));
    let mother =
        format!("{} {}", word(common(number, 9, 160)), word(200 + drawn(number, 11, 2_000)));
    let birth = format!(
        "{:02}/{:02}/{}",
        1 + drawn(number, 13, 28),
        1 + drawn(number, 15, 12),
        1960 + drawn(number, 17, 38)
    );
    (name, kunya, mother, birth, NATIONS[drawn(number, 19, NATIONS.len())])
}

fn register_row(row: usize, records: usize) -> Vec<String> {
    let people = records * PEOPLE_OF_TEN_RECORDS / 10;
    let (name, kunya, mother, birth, nation) = person(drawn(row, 21, people));
    let entry = format!("{:02}/{:02}/2014", 1 + drawn(row, 23, 28), 1 + drawn(row, 25, 12));
    let died = if drawn(row, 27, 12) == 0 { "01/05/2015" } else { "" };
    let phone = format!("+999{:09}", drawn(row, 29, 1_000_000_000));
    let role = ["fighter", "other", "suicide"][drawn(row, 31, 3)];
    let place = word(common(row, 33, 300));
    [&name, &kunya, &mother, &birth, nation, &place, &entry, role, &phone, died]
        .map(str::to_owned)
        .into()
}

/// A list: one entry in fifty is a person of the registers.
fn list_text(entries: usize, records: usize, is_changed: impl Fn(usize) -> bool) -> String {
    let people = records * PEOPLE_OF_TEN_RECORDS / 10;
    let mut text = String::new();
    for at in 0..entries {
        let number = if at % 50 == 0 { drawn(at, 41, people) } else { people + at };
        let (name, kunya, _, birth, nation) = person(number);
        let country = nation[..2].to_lowercase();
        let day: Vec<&str> = birth.split('/').collect();
        let year = if is_changed(at) { "1950" } else { day[2] };
        let line = format!(
            "{{\"id\":\"S-{at}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{name}\"],\
             \"weakAlias\":[\"{kunya}\"],\"birthDate\":[\"{year}-{}-{}\"],\
             \"nationality\":[\"{country}\"]}}}}\n",
            day[1], day[0]
        );
        text.push_str(&line);
    }
    text
}

fn timed<T, E: std::error::Error + 'static>(
    what: &str,
    work: impl FnOnce() -> Result<T, E>,
) -> Boxed<T> {
    let start = Instant::now();
    let done = work()?;
    tell(what, start.elapsed().as_secs_f64() * 1e3);
    Ok(done)
}

fn tell(what: &str, millis: f64) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
            .unwrap_or_default()
    };
    let (now, peak) = (of("VmRSS:") / 1024, of("VmHWM:") / 1024);
    say(&format!("{what:34} {millis:8.0} ms   memory {now} MB, at most {peak} MB"));
}

#[expect(clippy::print_stdout, reason = "a development aid talks")]
fn say(line: &str) {
    println!("{line}");
}
