//! The page that `crossroll link --report` writes: whole, self-contained, the same bytes each time.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use expect_test::expect;
use support::{Answer, crossroll, sandbox};

const GIVEN: [&str; 6] = ["Idris", "Samira", "Maro", "Oleksa", "مروان", "Yelda"];
const FAMILY: [&str; 5] = ["Qandil", "Testan", "Okunev", "Tavrosh", "قنديل"];

/// Ninety fictional people, every third of them twice, the second time with a slip; one value is
/// markup, one turns the text around.
fn table(end: &str) -> String {
    let mut out = "id,first_name,surname,dob,phone,city,remarks\n".to_owned();
    for i in 0..90_usize {
        let (given, family) = (GIVEN[i % 6], FAMILY[i / 6 % 5]);
        let (year, month, day) = (1950 + i * 7 % 47, 1 + i * 5 % 12, 2 + i * 11 % 26);
        let phone = 700_000_000 + i * 7_654_321 % 99_999_989;
        let city = ["Altgrad", "<img src=x>", "Cor\u{202e}vale"][i % 3];
        if end != "b" {
            writeln!(out, "p{i:02}a,{given},{family},{year}-{month:02}-{day:02},{phone},{city},x")
                .unwrap();
        }
        if end != "a" && i % 3 == 0 {
            let slip = family.replacen('a', "aa", 1);
            writeln!(out, "p{i:02}b,{given},{slip},{year}-{month:02}-{day:02},{phone},,y").unwrap();
        }
    }
    out
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

fn report(folder: &Path, table: &str, more: &[&str]) -> (String, Answer) {
    let (input, page) = (path(folder, "people.csv"), path(folder, "report.html"));
    fs::write(&input, table).unwrap();
    let mut arguments = vec!["link", &input, "--report", &page, "--threshold", "0.9"];
    arguments.extend(more);
    let answer = crossroll(&arguments);
    (fs::read_to_string(&page).unwrap_or_default(), answer)
}

/// Every element that is opened is closed, in order.
fn assert_balanced(page: &str) {
    let void = ["meta", "input", "br", "!DOCTYPE", "rect", "path"];
    let mut open: Vec<&str> = Vec::new();
    let (head, script) = page.split_once("<script>").unwrap();
    for tag in head.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        let name = tag.split([' ', '\n']).next().unwrap();
        if let Some(closed) = name.strip_prefix('/') {
            if closed != "rect" {
                assert_eq!(open.pop(), Some(closed), "{tag}");
            }
        } else if !void.contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, ["html", "body"]);
    assert!(script.trim_end().ends_with("</html>"));
}

/// The text of a section, without its markup.
fn text_of(page: &str, id: &str) -> String {
    let from = page.find(&format!("<section id=\"{id}\"")).unwrap();
    let section = &page[from..from + page[from..].find("</section>").unwrap()];
    let mut out = String::new();
    for piece in section.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        if tag == "/dt"
            || tag.starts_with("/t") && !tag.starts_with("/table") && !tag.starts_with("/title")
        {
            out.push(' ');
        }
        out.push_str(text);
    }
    let lines: Vec<String> = out
        .lines()
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|l| !l.is_empty())
        .collect();
    lines.join("\n") + "\n"
}

#[test]
fn the_page_is_whole_and_says_what_was_found() {
    let folder = sandbox();
    let (page, answer) = report(folder.path(), &table(""), &[]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_balanced(&page);
    for section in [
        "summary",
        "weights",
        "scores",
        "thresholds",
        "pairs",
        "clusters",
        "refused",
        "unlinkables",
        "blocking",
    ] {
        assert!(page.contains(&format!("<h2 id=\"{section}-name\">")), "{section}");
        assert!(page.contains(&format!("<a href=\"#{section}\">")), "{section}");
    }
    expect![[r"
        Summary
        records 120
        pairs compared 30
        pairs scored 30
        matches 30
        clusters 90
        joins refused 0
        A pair is scored from a weight of −10 on, and a match from a probability of 0.9 on. No labels were used: what is said of quality is estimated from the model itself.
        Columns and what they were taken for
        Table Records Column Taken for
        people.csv 120 id id
        people.csv 120 first_name firstName
        people.csv 120 surname lastName
        people.csv 120 dob birthDate
        people.csv 120 phone phone
        people.csv 120 city city
        people.csv 120 remarks left out
        Compared: firstName, lastName, birthDate, city, phone. A whole name is compared by its parts.
    "]]
    .assert_eq(&text_of(&page, "summary"));
    let thresholds = text_of(&page, "thresholds");
    assert!(thresholds.contains("Estimated, not measured."), "{thresholds}");
    let row = |start: &str| thresholds.lines().find(|l| l.starts_with(start)).unwrap();
    // Half of the records have a copy, and every copy is found.
    assert!(row("0.9 chosen").starts_with("0.9 chosen +3.17 30 60 50.00 %"), "{thresholds}");
    assert!(row("0.5 ").contains(" 90 0.00 %"), "{thresholds}");
}

#[test]
fn the_page_loads_nothing_and_no_value_becomes_markup() {
    let folder = sandbox();
    let (page, _) = report(folder.path(), &table(""), &["--report-pair", "p04a,p10a"]);
    for outside in ["src=", "href=\"h", "url(", "@import", "fetch(", "XMLHttp"] {
        let found = page.replace("&lt;img src=x&gt;", "").contains(outside);
        assert!(!found, "the page holds {outside}");
    }
    assert_eq!(page.matches("http").count(), page.matches("http-equiv=").count() + 1);
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("<img"), "a value became markup");
    assert!(!page.contains('\u{202e}'), "a mark of direction got through");
    assert!(page.contains("<bdi dir=\"auto\">مروان</bdi>"));
    // Of the machine the page says nothing.
    assert!(!page.contains(folder.path().to_str().unwrap()));
}

#[test]
fn the_same_records_give_the_same_bytes_in_any_order() {
    let folder = sandbox();
    let whole = table("");
    let (straight, _) = report(folder.path(), &whole, &[]);
    let mut rows: Vec<&str> = whole.lines().collect();
    rows[1..].reverse();
    let (turned, _) = report(folder.path(), &rows.join("\n"), &[]);
    assert!(straight == turned, "the order of the rows shows");
}

#[test]
fn a_pair_that_is_asked_for_is_explained() {
    let folder = sandbox();
    let asked = ["--report-pair", "p00b,p00a", "--report-pair", "p01a,p89a"];
    let (page, answer) = report(folder.path(), &table(""), &asked);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let pairs = text_of(&page, "pairs");
    assert!(pairs.contains("p00a and p00b: weight +"), "{pairs}");
    assert!(pairs.contains("p01a and p89a: weight −"), "{pairs}");
    assert!(pairs.contains("No blocking rule found this pair"), "{pairs}");
}

#[test]
fn two_tables_have_their_pairs_and_their_names() {
    let folder = sandbox();
    let (a, b) = (path(folder.path(), "left.csv"), path(folder.path(), "right.csv"));
    fs::write(&a, table("a")).unwrap();
    fs::write(&b, table("b")).unwrap();
    let out = path(folder.path(), "report.html");
    // The ids may be turned round: one is of each table.
    let answer = crossroll(&[
        "link",
        &a,
        &b,
        "--one-to-one",
        "--report",
        &out,
        "--report-pair",
        "p03b,p03a",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let page = fs::read_to_string(&out).unwrap();
    assert_balanced(&page);
    assert!(page.contains("Linkage of left.csv with right.csv"));
    assert!(text_of(&page, "pairs").contains("Left: left.csv. Right: right.csv."));
}

#[test]
fn a_pair_that_is_not_there_is_the_users_mistake() {
    let folder = sandbox();
    for (pair, said) in [
        ("p00a,nobody", "no pair of records has the ids p00a and nobody"),
        ("p00a,p00a", "no pair of records"),
        ("p00a", "two ids with a comma in between are expected"),
    ] {
        let (page, answer) = report(folder.path(), &table(""), &["--report-pair", pair]);
        assert_eq!(answer.code, 1, "{}", answer.stderr);
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
        assert!(page.is_empty(), "no page is left behind");
    }
}

#[test]
fn a_table_without_pairs_has_a_page_all_the_same() {
    let folder = sandbox();
    let (page, answer) = report(folder.path(), "id,surname,dob\n1,Qandil,1980\n", &[]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_balanced(&page);
    assert!(text_of(&page, "pairs").contains("No pair was scored."));
}

#[test]
fn the_parts_that_are_shown_add_up_even_if_a_property_comes_twice() {
    let folder = sandbox();
    let mut rows = "id,name,dob,address1,address2\n".to_owned();
    for (i, line) in table("").lines().skip(1).enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let (street, house) = (["Gate Road", "Mill Lane", "Quay Street"][i % 3], i / 2);
        writeln!(
            rows,
            "{},{} {},{},{house} {street},{} quarter",
            cells[0], cells[1], cells[2], cells[3], cells[5]
        )
        .unwrap();
    }
    let (page, answer) = report(folder.path(), &rows, &["--report-pair", "p00a,p00b"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let pairs = text_of(&page, "pairs");
    let mut lines = pairs.lines().skip_while(|l| !l.starts_with("How p00a and p00b"));
    let (mut sum, mut total) = (0.0, None);
    let number = |text: &str| text.replace('−', "-").parse::<f64>().unwrap();
    for line in lines.by_ref().skip(2) {
        let words: Vec<&str> = line.split(' ').collect();
        if words[0] == "weight" {
            total = Some(number(words[words.len() - 1]));
            break;
        }
        sum += number(words[words.len() - 2]);
    }
    let total = total.unwrap();
    assert!((sum - total).abs() < 0.1, "{sum} is not {total}: {pairs}");
    // Each line of the address with its own value.
    let street = |value: &str| pairs.lines().any(|l| l.starts_with("street ") && l.contains(value));
    assert!(street("0 Gate Road") && street("Altgrad quarter"), "{pairs}");
}
