//! A register as a workbook: one person a row, under Arabic headings.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::form::{COUNTRIES, Language, MARK, ROLES, date, label};
use super::people::Person;

/// The workbook of people.
pub(crate) fn write(people: &[&Person]) -> anyhow::Result<Vec<u8>> {
    let arabic = Language::Arabic;
    let headings = [
        label(0, arabic),
        label(1, arabic),
        label(2, arabic),
        "تاريخ الولادة",
        "الجنسية",
        label(9, arabic),
        label(10, arabic),
        label(11, arabic),
    ];
    let mut rows: Vec<Vec<String>> = vec![headings.map(str::to_owned).into()];
    rows.extend(people.iter().map(|person| {
        vec![
            person.name[0].to_owned(),
            person.kunya[0].to_owned(),
            person.mother[0].to_owned(),
            date(person.birth, arabic),
            COUNTRIES[person.country][0].to_owned(),
            date(person.entry, arabic),
            ROLES[person.role][0].to_owned(),
            person.phone.to_owned(),
        ]
    }));
    write_rows(&rows)
}

/// The workbook of rows of text, the header among them.
pub(crate) fn write_rows(rows: &[Vec<String>]) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    // The time of writing is stored otherwise, and two runs would differ.
    let written = ExcelDateTime::from_ymd(2014, 3, 31)?;
    workbook.set_properties(&DocProperties::new().set_title(MARK).set_creation_datetime(&written));
    let sheet = workbook.add_worksheet();
    sheet.set_name(MARK)?.set_right_to_left(true);
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write(row, column, text)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}
