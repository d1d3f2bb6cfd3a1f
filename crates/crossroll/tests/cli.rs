//! What people see of the program: help, messages, exit codes.

mod support;

use expect_test::expect;
use support::{crossroll, sandbox};

#[test]
fn help_names_every_command() {
    let answer = crossroll(&["--help"]);
    assert_eq!(answer.code, 0);
    expect![[r"
        Who are these people, who of them is already on a list, and how sure are we?

        Reads boxes of registration forms, makes people out of forms, and screens them against every loaded
        watchlist, offline, with the evidence for every value. It proposes; a person decides.

        Usage: crossroll [OPTIONS] <COMMAND>

        Commands:
          new        Make a case: one folder that holds everything
          add        Add files, folders or archives to a case; the source is only read
          lists      Load watchlists into a case
          run        Bring the leads of a case up to date
          leads      Print the leads of a case
          documents  Print what became of every file of a case
          verify     Check that nothing in a case has changed since it was sealed
          backup     Copy a case to another folder, while others may work on it
          repair     Make a damaged case whole as far as it can be, and tell what is lost
          read       Read forms from files without a case
          template   Teach a layout of forms from an example, and find the pages that lack one
          screen     Screen names against lists, or against those of a case
          link       Find the records of one person in one table or two
          eval       Measure the shipped model on labelled data; without arguments on the built-in set
          names      Compare names
          serve      Show a case, the cases of a desk, or answers from lists, over HTTP
          users      Manage the accounts of a desk: a folder of cases that several people work on
          protect    Purpose, retention, categories, restriction and erasure: the people in a case
          audit      Read and check the log of who saw and did what
          demo       Show all of it on a fictional cache and list
          help       Print this message or the help of the given subcommand(s)

        Options:
              --no-progress
                  Show no progress bars

          -q, --quiet
                  Say nothing but warnings and errors

          -h, --help
                  Print help (see a summary with '-h')

          -V, --version
                  Print version

        Exit codes: 0 done, 1 your mistake, 2 our fault or the machine's, 3 done with problems recorded.
    "]].assert_eq(&answer.stdout);
}

#[test]
fn a_folder_without_a_case_is_the_users_mistake() {
    let folder = sandbox();
    let path = folder.path().join("nothing");
    let answer = crossroll(&["run", path.to_str().unwrap()]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("is not a case folder"), "{}", answer.stderr);
    assert!(answer.stderr.contains("hint: make one with `crossroll new CASE`"));
}

#[test]
fn a_case_is_not_made_twice() {
    let folder = sandbox();
    let case = folder.path().join("case");
    assert_eq!(crossroll(&["new", case.to_str().unwrap()]).code, 0);
    let again = crossroll(&["new", case.to_str().unwrap()]);
    assert_eq!(again.code, 1);
    assert!(again.stderr.contains("holds a case already"), "{}", again.stderr);
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let folder = sandbox();
    let case = folder.path().join("case");
    crossroll(&["new", case.to_str().unwrap()]);
    let answer = crossroll(&["add", case.to_str().unwrap(), "/no/such/stick"]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("cannot read /no/such/stick"), "{}", answer.stderr);
}

#[test]
fn an_empty_folder_is_accounted_for_and_a_run_without_anything_says_so() {
    let folder = sandbox();
    let case = folder.path().join("case");
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let case = case.to_str().unwrap();
    crossroll(&["new", case]);
    let added = crossroll(&["add", case, stick.to_str().unwrap()]);
    assert_eq!(added.code, 0);
    assert_eq!(
        added.stdout.trim_end(),
        "files found 0 = read 0 + partly_read 0 + encrypted 0 + unsupported 0 + corrupt 0 \
         + refused_by_limit 0 + empty 0 + duplicate 0"
    );
    let run = crossroll(&["run", case]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("no list is loaded"), "{}", run.stderr);
    assert_eq!(crossroll(&["leads", case, "--json"]).stdout, "");
}

#[test]
fn a_list_that_nobody_knows_is_refused_with_a_hint() {
    let folder = sandbox();
    let case = folder.path().join("case");
    let list = folder.path().join("list.bin");
    std::fs::write(&list, b"\x00\x01\x02 no list").unwrap();
    let case = case.to_str().unwrap();
    crossroll(&["new", case]);
    let answer = crossroll(&["lists", "add", case, list.to_str().unwrap()]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("hint:"), "{}", answer.stderr);
    assert_eq!(crossroll(&["lists", "show", case, "--json"]).stdout, "");
}

#[test]
fn broken_queries_name_their_line() {
    let folder = sandbox();
    let list = folder.path().join("own.csv");
    std::fs::write(&list, "id,name,nationality\nX-1,Sample Person,FR\n").unwrap();
    let queries = folder.path().join("queries.jsonl");
    std::fs::write(&queries, "{\"id\":\"a\",\"properties\":{\"name\":[\"Sample\"]}}\n{oops\n")
        .unwrap();
    let arguments =
        ["screen", "--list", list.to_str().unwrap(), "--queries", queries.to_str().unwrap()];
    let answer = crossroll(&arguments);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("query file, line 2"), "{}", answer.stderr);
}

#[test]
fn a_share_above_one_is_refused() {
    let arguments = ["screen", "--list", "x", "--queries", "y", "--prior", "7"];
    let answer = crossroll(&arguments);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("a number from 0 to 1 is expected"), "{}", answer.stderr);
}

#[test]
fn serving_to_other_machines_is_refused() {
    let folder = sandbox();
    let case = folder.path().join("case");
    crossroll(&["new", case.to_str().unwrap()]);
    let answer = crossroll(&["serve", case.to_str().unwrap(), "--listen", "0.0.0.0:0"]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("can be reached from other machines"), "{}", answer.stderr);
}

#[test]
fn screening_gives_one_line_a_query_in_order() {
    let folder = sandbox();
    let list = folder.path().join("own.csv");
    std::fs::write(
        &list,
        "id,name,dob,nationality\nX-1,Samir Qandil,1985-03-14,TN\nX-2,Raed Zanbaq,1979,MA\n",
    )
    .unwrap();
    let queries = folder.path().join("queries.csv");
    std::fs::write(&queries, "id,name,birth_date\nq2,Ra'id Zanbak,1979\nq1,سمير قنديل,1985\n")
        .unwrap();
    let timings = folder.path().join("timings.jsonl");
    let answer = crossroll(&[
        "screen",
        "--list",
        list.to_str().unwrap(),
        "--queries",
        queries.to_str().unwrap(),
        "--timings",
        timings.to_str().unwrap(),
        "--explain",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let lines: Vec<serde_json::Value> =
        answer.stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    for (line, (query, entity)) in lines.iter().zip([("q2", "X-2"), ("q1", "X-1")]) {
        assert_eq!(line["id"], query);
        let best = &line["results"][0];
        assert_eq!(best["entity_id"], entity, "{line}");
        let parts = best["explanation"]["parts"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|p| p["weight"].as_f64().unwrap()).sum::<f64>()
            + best["explanation"]["prior"].as_f64().unwrap();
        assert!((sum - best["weight"].as_f64().unwrap()).abs() < 1e-6, "{best}");
    }
    assert_eq!(std::fs::read_to_string(timings).unwrap().lines().count(), 2);
}

#[test]
fn names_are_compared_and_ranked_over_pipes_and_files() {
    let folder = sandbox();
    let pairs = folder.path().join("pairs.tsv");
    std::fs::write(&pairs, "a\tSamir Qandil\tسمير قنديل\tx\nb\tSamir Qandil\tRuslan Okunev\n")
        .unwrap();
    let answer = crossroll(&["names", "compare", pairs.to_str().unwrap()]);
    let scores: Vec<f64> =
        answer.stdout.lines().map(|l| l.split('\t').nth(1).unwrap().parse().unwrap()).collect();
    assert!(scores[0] > scores[1], "{}", answer.stdout);
    let pool = folder.path().join("pool.tsv");
    std::fs::write(&pool, "1\tRuslan Okunev\n2\tSameer Kandil\n").unwrap();
    let queries = folder.path().join("queries.tsv");
    std::fs::write(&queries, "q\tسمير قنديل\n").unwrap();
    let answer = crossroll(&[
        "names",
        "rank",
        "--pool",
        pool.to_str().unwrap(),
        "--queries",
        queries.to_str().unwrap(),
    ]);
    assert!(answer.stdout.starts_with("q\t2\t"), "{}", answer.stdout);
}

#[test]
fn the_index_of_a_case_answers_as_the_lists_do() {
    let folder = sandbox();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (case, list, queries) = (at("case"), at("list.csv"), at("queries.csv"));
    std::fs::write(&list, "id,name,alias\nS-1,Maro Testan,\"SAKHR, Abu\"\nS-2,Hadiya Zarquni,\n")
        .unwrap();
    std::fs::write(&queries, "id,name\nq1,Hadia Zarkouni\nq2,Abu Sakhr\n").unwrap();
    assert_eq!(crossroll(&["new", &case]).code, 0);
    assert_eq!(crossroll(&["lists", "add", &case, &list]).code, 0);
    let index = std::fs::read_dir(folder.path().join("case/index")).unwrap();
    let segments: Vec<_> = index.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(segments.len(), 1, "made when the list is added");
    let ask = |from: &str, what: &str| crossroll(&["screen", from, what, "--queries", &queries]);
    let direct = ask("--list", &list);
    assert!(direct.stdout.contains("S-2"), "{}", direct.stdout);
    assert_eq!(ask("--case", &case).stdout, direct.stdout);
    // One that is damaged or gone is made again.
    std::fs::write(&segments[0], "cut short").unwrap();
    assert_eq!(ask("--case", &case).stdout, direct.stdout);
    std::fs::remove_file(&segments[0]).unwrap();
    assert_eq!(ask("--case", &case).stdout, direct.stdout);
}

#[test]
#[cfg(unix)]
fn a_pipe_or_link_named_as_output_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;

    let folder = sandbox();
    let sheet = folder.path().join("sheet.csv");
    std::fs::write(&sheet, "full name,kunya,date of birth\nSample Person,Abu Sample,1985\n")
        .unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let source = pipe.clone();
    let reader = std::thread::spawn(move || std::fs::read_to_string(source).unwrap());
    let answer = crossroll(&["read", sheet.to_str().unwrap(), "--out", pipe.to_str().unwrap()]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(pipe.metadata().unwrap().file_type().is_fifo(), "the pipe was replaced");
    assert!(reader.join().unwrap().contains("Sample Person"));

    let file = folder.path().join("records.jsonl");
    std::fs::write(&file, "old").unwrap();
    let link = folder.path().join("link.jsonl");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let answer = crossroll(&["read", sheet.to_str().unwrap(), "--out", link.to_str().unwrap()]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(link.is_symlink(), "the link was replaced");
    assert!(std::fs::read_to_string(&file).unwrap().contains("Sample Person"));
}

#[test]
fn quiet_says_nothing_where_all_went_well() {
    let sandbox = sandbox();
    let case = sandbox.path().join("case");
    let made = crossroll(&["new", case.to_str().unwrap(), "--quiet"]);
    assert_eq!((made.code, made.stdout.as_str(), made.stderr.as_str()), (0, "", ""));
}
