//! Pages as Word, mail programs and browsers write them.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::fixtures::show;

fn check(page: &str, expect: &Expect) {
    expect.assert_eq(&show(&read(page.as_bytes(), &ReadOptions::default())));
}

#[test]
fn tables_are_tables_and_unclosed_cells_end_where_the_next_begins() {
    check(
        "<html><head><title>x</title><style>p{}</style></head><body dir=rtl><p>نموذج&nbsp;تجريبي</p>\
         <table><tr><td>الاسم<td>سامر <b>نموذج</b>\n المثال<tr><td colspan=2>wide</td></tr>\
         <tr><td rowspan=2>tall<td>1<tr><td>2</table>after<br>the &#1575;&#x644; &amp; end",
        &expect![[r"
            read
            paragraph 1: نموذج تجريبي
            table, register false
              الاسم (table 1, row 1, column 1) | سامر نموذج المثال (table 1, row 1, column 2)
              wide (table 1, row 2, column 1)
              tall (table 1, row 3, column 1) | 1 (table 1, row 3, column 2)
              - | 2 (table 1, row 4, column 2)
            paragraph 2: after
            paragraph 3: the ال & end"]],
    );
}

#[test]
fn frames_around_text_are_no_tables_and_inner_tables_follow() {
    check(
        "<table><tr><td><p>Only text</p><table><tr><td>Name</td><td>Sample</td></tr></table></td></tr></table>",
        &expect![[r"
            read
            table 1, row 1, column 1: Only text
            table, register false
              Name (table 2, row 1, column 1) | Sample (table 2, row 1, column 2)"]],
    );
}

#[test]
fn controls_show_their_answers_and_scripts_nothing() {
    check(
        "<form>Name <input name=n value='Sample &quot;S&quot;'><br><input type=checkbox checked> married \
         <input type=radio> single<br><select><option>A<option selected>B+</option></select>\
         <script>if (a<b) { document.write('<td>') }</script><!-- <p>aside</p> --><textarea>note</textarea>",
        &expect![[r#"
            read
            paragraph 1: Name Sample "S"
            paragraph 2: ☒ married ☐ single
            paragraph 3: B+note"#]],
    );
}

#[test]
fn pages_say_their_encoding_and_who_wrote_them() {
    let page = "<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1256\"><meta name=Generator content=\"Sample Word\"><!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Sample Clerk</o:Author><o:Created>2014-02-03T04:05:06Z</o:Created></o:DocumentProperties></xml><![endif]--><p>عبد</p>";
    let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(page);
    let read = read(&bytes, &ReadOptions::default());
    assert_eq!(read.layout.text(), "عبد\n");
    expect![[r#"{"application": "Sample Word", "author": "Sample Clerk", "created": "2014-02-03T04:05:06Z", "encoding": "windows-1256"}"#]].assert_eq(&format!("{:?}", read.metadata));
}

#[test]
fn work_is_linear_in_the_size() {
    // A second for each of these would be a hundred times too much.
    for piece in [
        "<!--",
        "<a b=\"",
        "<a '",
        "<table><tr><td>",
        "</",
        "&",
        "<x ",
        "<script>",
        "<td rowspan=99 colspan=99>",
    ] {
        let page = piece.repeat((4 << 20) / piece.len());
        let start = std::time::Instant::now();
        read(page.as_bytes(), &ReadOptions::default());
        assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn any_page_is_survived(page in "(<|>|/|table|tr|td|=|\"|'|&|#|;|x| |p|!|-|script|é){0,80}") {
        read(page.as_bytes(), &ReadOptions::default());
    }
}
