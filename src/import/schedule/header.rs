//! Which rows of a table name its columns, and what the columns hold.

use crate::import::columns::{self, Column};
use crate::import::document::{Cell, Merged, Piece, Table};
use crate::import::lines::plain;
use crate::import::{numbering, people, plausible, surnames};

/// A header names at least so many columns.
const FEWEST_COLUMNS: usize = 3;

/// So many rows of text are looked through for the heading of a table.
const TEXTS_ABOVE: usize = 4;

/// What a column of tasks is called by, among other words.
const TASKS: [&str; 9] = ["内容", "任务", "措施", "举措", "工作", "活动", "事项", "做法", "行动"];

/// What names of columns contain that hold times, leaders or offices.
const HINTS: [(Column, &[&str]); 3] = [
    (Column::When, &["时", "期", "日程", "进度", "节点", "月", "周"]),
    (Column::Leaders, &["领导", "人", "主席", "委员"]),
    (Column::Offices, &["部", "科", "处", "室", "单位", "组"]),
];

/// So many cells tell what a column holds.
const MOST_CELLS: usize = 60;

/// The rows at which further schedules begin: with a header of other columns, or the heading above.
pub fn further(table: &Table, first: usize) -> Vec<usize> {
    let named = |at: usize| columns_of(&table.rows[at]);
    let mut current = named(first);
    let mut cuts = Vec::new();
    for at in first + 2..table.rows.len() {
        let found = named(at);
        let count = found.iter().flatten().count();
        if count < FEWEST_COLUMNS || count < filled(&table.rows[at]) || found == current {
            continue;
        }
        current = found;
        let is_heading = |above: &usize| {
            let row = &table.rows[*above];
            let text = row.first().map_or("", |cell| cell.piece.text.as_str());
            filled(&table.rows[*above]) == 1 && numbering::split(text).is_some()
        };
        // A text may stand between the heading and its table.
        let mut above = (first + 1..at)
            .rev()
            .take(TEXTS_ABOVE)
            .take_while(|row| filled(&table.rows[*row]) == 1);
        cuts.push(above.find(is_heading).unwrap_or(at));
    }
    cuts
}

/// How many cells of a row say something.
pub fn filled(row: &[Cell]) -> usize {
    row.iter().filter(|cell| !cell.piece.text.is_empty()).count()
}

/// What the cells of a row name.
pub fn columns_of(row: &[Cell]) -> Vec<Option<Column>> {
    columns::of(&row.iter().map(|cell| cell.piece.joined()).collect::<Vec<_>>())
}

/// The row that is the header of a table.
pub fn find(table: &Table) -> Option<usize> {
    let count =
        |at: usize| table.rows.get(at).map_or(0, |row| columns_of(row).iter().flatten().count());
    (0..table.rows.len().min(12)).find(|at| {
        let both = if is_below(table, *at) { count(*at) + count(at + 1) } else { count(*at) };
        count(*at) >= 2 && (both >= FEWEST_COLUMNS || count(*at) == filled(&table.rows[*at]))
    })
}

/// Whether the row below names columns, too: 责任分工 above 牵头领导, 牵头单位.
pub fn is_below(table: &Table, header: usize) -> bool {
    let Some(below) = table.rows.get(header + 1) else {
        return false;
    };
    let filled = |cell: &&Cell| !cell.piece.text.is_empty() && cell.merged == Merged::No;
    let cells: Vec<&Cell> = below.iter().filter(filled).collect();
    let of_below = columns_of(below);
    let above =
        |cell: &Cell| matches!(columns::named(&cell.piece.joined()), None | Some(Column::Both));
    let heads = &table.rows[header];
    !cells.is_empty()
        && of_below.iter().zip(below).all(|(column, cell)| column.is_some() || !filled(&cell))
        && heads.iter().zip(below).any(|(head, below)| filled(&below) && above(head))
}

/// Finds what columns hold whose names are not known, by their cells, where no other column holds
/// that: times, offices, and the tasks themselves.
pub fn guessed(
    columns: &mut [Option<Column>],
    header: &[Cell],
    body: &[Vec<Cell>],
) -> Vec<(Piece, Column)> {
    let mut guessed = Vec::new();
    for kind in [Column::When, Column::Leaders, Column::Offices, Column::Task] {
        let is_known = |column: &Option<Column>| {
            *column == Some(kind)
                || kind == Column::When && *column == Some(Column::Month)
                || matches!(kind, Column::Offices | Column::Leaders)
                    && *column == Some(Column::Both)
        };
        if columns.iter().any(is_known) {
            continue;
        }
        let found = (0..columns.len()).find(|at| {
            let name = plain(&header[*at].piece.text);
            let is_named = match kind {
                // Aims and results are texts, too.
                Column::Task => TASKS.iter().any(|word| name.contains(word)),
                _ => !name.is_empty(),
            };
            let cells = cells(body, *at);
            let fitting = cells.iter().filter(|text| holds(kind, text)).count();
            // 进度要求 may be what is required or by when.
            let is_free = columns[*at].is_none()
                || kind == Column::When && columns[*at] == Some(Column::Remark);
            // What the name itself suggests needs less proof.
            let suggests = HINTS.iter().any(|(hinted, words)| {
                *hinted == kind && words.iter().any(|word| name.contains(word))
            });
            let share = if suggests { 2 } else { 4 };
            is_free && is_named && cells.len() >= 2 && fitting * 5 >= cells.len() * share
        });
        if let Some(at) = found {
            columns[at] = Some(kind);
            guessed.push((header[at].piece.clone(), kind));
        }
    }
    guessed.extend(tasks_beside(columns, header, body));
    guessed.extend(of_other_kind(columns, header, body));
    guessed
}

/// The first cells of a column that say something.
fn cells(body: &[Vec<Cell>], at: usize) -> Vec<&str> {
    let cells = body.iter().filter_map(|row| row.get(at)).map(|cell| cell.piece.text.as_str());
    cells.filter(|text| !text.is_empty()).take(MOST_CELLS).collect()
}

/// Finds leaders in the column of offices, or offices in that of leaders, where there is only one of
/// the two: 牵头 may be said of persons, 责任人 of offices.
fn of_other_kind(
    columns: &mut [Option<Column>],
    header: &[Cell],
    body: &[Vec<Cell>],
) -> Option<(Piece, Column)> {
    for (kind, other) in [(Column::Offices, Column::Leaders), (Column::Leaders, Column::Offices)] {
        let is_other = |column: &Option<Column>| {
            matches!(column, Some(Column::Both)) || *column == Some(other)
        };
        let Some(at) = columns.iter().position(|column| *column == Some(kind)) else { continue };
        let cells = cells(body, at);
        let fitting = cells.iter().filter(|text| holds(other, text)).count();
        if !columns.iter().any(is_other) && cells.len() >= 2 && fitting * 5 >= cells.len() * 4 {
            columns[at] = Some(other);
            return Some((header[at].piece.clone(), other));
        }
    }
    None
}

/// Finds the tasks where no column is named so: texts in every row, directly behind items that are
/// merged over several. 工作要求 may be what is to be done.
fn tasks_beside(
    columns: &mut [Option<Column>],
    header: &[Cell],
    body: &[Vec<Cell>],
) -> Option<(Piece, Column)> {
    if columns.contains(&Some(Column::Task)) {
        return None;
    }
    let heads = |column: &Option<Column>| {
        matches!(column, Some(Column::Section | Column::Project | Column::Item))
    };
    let item = columns.iter().rposition(heads)?;
    let at = item + 1;
    let is_free = matches!(columns.get(at)?, None | Some(Column::Remark));
    let rows = || body.iter().filter(|row| filled(row) > 1);
    let says =
        |row: &&Vec<Cell>, at: usize| row.get(at).is_some_and(|cell| !cell.piece.text.is_empty());
    let merged = rows().filter(|row| !says(row, item) && says(row, at)).count();
    let told = rows().filter(|row| says(row, at)).count();
    if !is_free || merged < 2 || told < rows().count() {
        return None;
    }
    columns[at] = Some(Column::Task);
    Some((header[at].piece.clone(), Column::Task))
}

/// Whether a cell can hardly be anything else.
fn holds(kind: Column, text: &str) -> bool {
    match kind {
        Column::When => plausible::is_time(text),
        Column::Leaders => people::leaders(text).iter().all(|name| surnames::is_person(name)),
        Column::Offices => {
            let mut names = text.split(['、', '\n', '，', ' ']);
            names.all(plausible::ends_as_office) && text.chars().count() <= 40
        }
        _ => text.chars().count() >= 5 && !plausible::is_time(text),
    }
}

/// What columns hold, once it is clear which there are. None without any for tasks.
pub fn roles(mut columns: Vec<Option<Column>>) -> Option<Vec<Option<Column>>> {
    let has = |columns: &[Option<Column>], column: Column| columns.contains(&Some(column));
    // Where no column holds tasks, that of the items does: a table that knows no more.
    if !has(&columns, Column::Task) {
        let last = [Column::Item, Column::Project, Column::Section];
        let role = last.into_iter().find(|role| has(&columns, *role))?;
        let at = columns.iter().rposition(|column| *column == Some(role))?;
        columns[at] = Some(Column::Task);
    }
    nest(&mut columns);
    let place = |column: Column| columns.iter().position(|held| *held == Some(column));
    let last = |column: Column| columns.iter().rposition(|held| *held == Some(column));
    let (section, item, project) =
        (place(Column::Section), place(Column::Item), place(Column::Project));
    let (when, month, times) = (place(Column::When), place(Column::Month), last(Column::Month));
    if let (None, Some(item), Some(project)) = (section, item, project)
        && item < project
    {
        columns[item] = Some(Column::Section);
    }
    // Of a column of quarters and one of months the second has the times.
    if let (None, Some(month), Some(times)) = (when, month, times)
        && month < times
    {
        columns[times] = Some(Column::When);
    }
    let project = match (has(&columns, Column::Section), has(&columns, Column::Item)) {
        (true, false) => Column::Item,
        (false, true) => Column::Section,
        _ => Column::Project,
    };
    // A column of months beside one of times is the month of all rows that it goes down.
    let month = if has(&columns, Column::When) { Column::Month } else { Column::When };
    for column in columns.iter_mut().flatten() {
        match column {
            Column::Project => *column = project,
            Column::Month => *column = month,
            _ => {}
        }
    }
    Some(columns)
}

/// Tells the columns apart that name what tasks belong to, by their order: of two of one kind the
/// first stands above the second, of three the first has the sections and the last the tasks.
fn nest(columns: &mut [Option<Column>]) {
    use Column::{Item, Project, Section, Task};
    let nested = |column: &Option<Column>| {
        column.is_some_and(|column| matches!(column, Section | Project | Item | Task))
    };
    let at: Vec<usize> = (0..columns.len()).filter(|at| nested(&columns[*at])).collect();
    let kinds: Vec<Column> = at.iter().filter_map(|at| columns[*at]).collect();
    match (kinds.as_slice(), at.as_slice()) {
        ([Task, Task], [first, _]) => columns[*first] = Some(Item),
        ([Item, Item, Task], [first, ..]) => columns[*first] = Some(Section),
        (
            [Project, Project, Task] | [Item | Task, Task, Task] | [Task, Item, Task],
            [first, second, _],
        ) => {
            columns[*first] = Some(Section);
            columns[*second] = Some(Item);
        }
        ([Section | Project, Task, Task], [_, second, _]) => columns[*second] = Some(Item),
        _ => {}
    }
}
