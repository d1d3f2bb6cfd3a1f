//! Owns the way from files to columns: which column holds what, and the records in their order.
//!
//! Invariant: all columns are as long as there are records; a table without a column that the
//! other has is filled with missing values.

use std::path::{Path, PathBuf};

use ::link::{Column, ColumnBuilder, Property};

use crate::args::LinkArgs;
use crate::command::link::ids::Ids;
use crate::exit::Mistake;
use crate::table::TableFile;

/// Names of columns that hold an id, if the one asked for is not there.
const ID_NAMES: [&str; 3] = ["unique_id", "rec_id", "id"];
/// Records that can be numbered.
const RECORDS_MAX: usize = u32::MAX as usize / 2;

/// What was read.
pub(crate) struct Input {
    pub(crate) ids: Ids,
    pub(crate) values: Vec<Column>,
    /// Records of the first table.
    pub(crate) first: usize,
    /// Which column of which table was taken for what.
    pub(crate) columns: Vec<String>,
    /// The tables, for a report that reads values as they are written.
    pub(crate) tables: Vec<TableColumns>,
}

/// A table and what its columns were taken for.
pub(crate) struct TableColumns {
    pub(crate) path: PathBuf,
    /// Number of the column of ids.
    pub(crate) id: usize,
    /// Names of its columns, and what each was taken for.
    pub(crate) columns: Vec<(String, Option<Property>)>,
    pub(crate) records: usize,
}

/// Where a column of a table goes.
struct Wanted {
    column: usize,
    /// Number among the columns of all tables.
    slot: usize,
}

impl Input {
    /// Reads the tables that are named.
    pub(crate) fn read(args: &LinkArgs) -> anyhow::Result<Self> {
        let mut slots: Vec<(Property, usize)> = Vec::new();
        let mut builders: Vec<ColumnBuilder> = Vec::new();
        let (mut ids, mut order, mut columns) = (Ids::default(), Vec::new(), Vec::new());
        let (mut first, mut seen, mut tables) = (0, Vec::new(), Vec::new());
        for (number, path) in
            [Some(&args.left), args.right.as_ref()].into_iter().flatten().enumerate()
        {
            let table = TableFile::open(path)?;
            let names = table.columns();
            let id = id_column(args, path, &names)?;
            let wanted = wanted(args, path, &names, id, &mut slots)?;
            seen.extend(names.iter().cloned());
            columns.push(told(path, &names, &wanted, &slots));
            let from = ids.len();
            for (property, _) in &slots[builders.len()..] {
                let mut builder = ColumnBuilder::new(*property);
                (0..from).for_each(|_| builder.push(""));
                builders.push(builder);
            }
            let mut numbers = vec![id];
            numbers.extend(wanted.iter().map(|w| w.column));
            table.read(&numbers, &mut |at, text| {
                if at == 0 {
                    ids.push(text.trim());
                } else {
                    builders[wanted[at - 1].slot].push(text);
                }
            })?;
            if ids.len() == from {
                return Err(Mistake::new(
                    format!("{} holds no record", path.display()),
                    "a table has a header and one row a record",
                )
                .into());
            }
            if ids.len() > RECORDS_MAX {
                return Err(
                    Mistake::new("too many records for one machine", "split the tables").into()
                );
            }
            for builder in &mut builders {
                (builder.len()..ids.len()).for_each(|_| builder.push(""));
            }
            tables.push(TableColumns::new(path, id, &names, &wanted, &slots, ids.len() - from));
            order.extend(ids.sorted(from, &path.display().to_string())?);
            if number == 0 {
                first = ids.len();
            }
        }
        if let Some((name, _)) = args.map.iter().find(|(c, _)| !seen.contains(c)) {
            let paths = [Some(&args.left), args.right.as_ref()];
            let paths: Vec<String> =
                paths.into_iter().flatten().map(|p| p.display().to_string()).collect();
            return Err(Mistake::new(
                format!(
                    "no column {name} in {}; there are {}",
                    paths.join(" and "),
                    seen.join(", ")
                ),
                "look at --map",
            )
            .into());
        }
        let ids = ids.reordered(&order);
        ids.check_tables(first)?;
        let values = builders.into_iter().map(|b| b.finish().reordered(&order)).collect();
        Ok(Self { ids, values, first, columns, tables })
    }
}

impl TableColumns {
    fn new(
        path: &Path,
        id: usize,
        names: &[String],
        wanted: &[Wanted],
        slots: &[(Property, usize)],
        records: usize,
    ) -> Self {
        let held =
            |column: usize| wanted.iter().find(|w| w.column == column).map(|w| slots[w.slot].0);
        let columns = names.iter().enumerate().map(|(c, name)| (name.clone(), held(c))).collect();
        Self { path: path.to_owned(), id, columns, records }
    }
}

/// The column that holds the ids.
fn id_column(args: &LinkArgs, path: &Path, names: &[String]) -> anyhow::Result<usize> {
    let find = |wanted: &str| names.iter().position(|n| n.eq_ignore_ascii_case(wanted));
    let found = find(&args.id).or_else(|| {
        if args.id == ID_NAMES[0] { ID_NAMES.iter().find_map(|n| find(n)) } else { None }
    });
    Ok(found.ok_or_else(|| {
        Mistake::new(
            format!("{} has no column {}; it has {}", path.display(), args.id, names.join(", ")),
            "name the column of ids with --id",
        )
    })?)
}

/// The columns that hold something, and their slots.
fn wanted(
    args: &LinkArgs,
    path: &Path,
    names: &[String],
    id: usize,
    slots: &mut Vec<(Property, usize)>,
) -> anyhow::Result<Vec<Wanted>> {
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut held: Vec<(Property, usize)> = Vec::new();
    for (column, name) in names.iter().enumerate() {
        let Some(property) = property_of(args, name)? else { continue };
        if column == id {
            continue;
        }
        // The second column of a property is another slot than the first.
        let before = held.iter().filter(|(p, _)| *p == property).count();
        held.push((property, before));
        let slot = slots.iter().position(|s| *s == (property, before)).unwrap_or_else(|| {
            slots.push((property, before));
            slots.len() - 1
        });
        wanted.push(Wanted { column, slot });
    }
    if wanted.is_empty() {
        return Err(Mistake::new(
            format!("no column of {} is recognised: {}", path.display(), names.join(", ")),
            "say what a column holds, for example --map COLUMN=lastName",
        )
        .into());
    }
    Ok(wanted)
}

fn property_of(args: &LinkArgs, name: &str) -> anyhow::Result<Option<Property>> {
    let Some((_, property)) = args.map.iter().find(|(column, _)| column == name) else {
        return Ok(Property::of_column(name));
    };
    if property.is_empty() {
        return Ok(None);
    }
    match Property::parse(property) {
        Some(property) => Ok(Some(property)),
        None => Err(Mistake::new(
            format!("no property {property}; there are {}", Property::names().join(", ")),
            "look at --map",
        )
        .into()),
    }
}

fn told(path: &Path, names: &[String], wanted: &[Wanted], slots: &[(Property, usize)]) -> String {
    let taken: Vec<String> =
        wanted.iter().map(|w| format!("{} as {}", names[w.column], slots[w.slot].0)).collect();
    format!("{}: {}", path.display(), taken.join(", "))
}
