//! The sheet with the text: a paragraph a row, with what it is in front of it.

use super::TEXT;
use super::contents::{Contents, Field, Owner};
use super::look::{LINE, Look, for_print, lines, make_room};
use crate::plan::Plan;
use crate::words;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// The row of the header; the note stands above it.
const HEADER: u32 = 1;

/// How wide the texts are, in half-width characters.
const WIDTH: f64 = 96.0;

/// The hidden column with the fields' names.
const KEYS: u16 = 2;

/// What a paragraph is called in the first column, and which field of whom it is.
pub const KINDS: [(&str, Owner, &str); 8] = [
    ("通知题目", Owner::Notice, "title"),
    ("主送", Owner::Notice, "to"),
    ("通知正文", Owner::Notice, "text"),
    ("附件", Owner::Notice, "attachments"),
    ("题目", Owner::Plan, "title"),
    ("文号", Owner::Plan, "document_number"),
    ("印发日期", Owner::Plan, "issued"),
    ("总体思路", Owner::Plan, "overview"),
];

/// What the text of a section or an item is called there.
pub const BODY: &str = "正文";

/// What a heading between a section and its items is called there.
pub const GROUP: &str = "小标题";

/// Writes the sheet.
pub(super) fn add(
    sheet: &mut Worksheet,
    plan: &Plan,
    contents: &Contents,
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.set_name("正文")?;
    for_print(sheet, HEADER)?;
    sheet.set_column_width(0, 12)?.set_column_width(1, WIDTH)?;
    let year = plan.year;
    let note = words!(
        "{year}年计划的正文，一行是一段。改好两张表，保存，在放着 data 的文件夹里运行：unionplan import 这个文件的名字.xlsx，改动就写回 plan.yaml。增加一段，在下面插入一行；删掉一段，删掉那一行。左边一栏和序号不用改。",
        "The text of the plan of {year}, a paragraph a row. Edit both sheets, save, and run in the folder that holds data: unionplan import THIS-FILE.xlsx"
    );
    sheet.merge_range(0, 0, 0, 1, &format!("{}\n{}", note.zh, note.en), &look.note)?;
    sheet.set_row_height(0, 5.0 * LINE)?;
    sheet.write_string_with_format(HEADER, 0, "类别", &look.header)?;
    sheet.write_string_with_format(HEADER, 1, "内容", &look.header)?;
    sheet.write_string_with_format(HEADER, KEYS, TEXT, &look.plain)?;
    let mut pen = Pen { sheet, look, row: HEADER + 1 };
    for (kind, owner, name) in KINDS {
        pen.paragraphs(contents, kind, Field::new(owner, name), &look.cell)?;
    }
    for (index, section) in plan.sections.iter().enumerate() {
        pen.headed(contents, Owner::Section(index))?;
        pen.paragraphs(contents, BODY, Field::new(Owner::Section(index), "text"), &look.cell)?;
        let mut above = "";
        for item in section.items.clone() {
            let owner = Owner::Item(item);
            let group = contents.title(Field::new(owner, "group"));
            if group != above {
                pen.paragraphs(contents, GROUP, Field::new(owner, "group"), &look.heading)?;
            }
            above = group;
            pen.headed(contents, owner)?;
            pen.paragraphs(contents, BODY, Field::new(owner, "text"), &look.cell)?;
        }
    }
    sheet.set_column_hidden(KEYS)?;
    Ok(())
}

/// Writes row after row.
struct Pen<'s> {
    sheet: &'s mut Worksheet,
    look: &'s Look,
    row: u32,
}

impl Pen<'_> {
    /// The title of a section or an item with its number in front.
    fn headed(&mut self, contents: &Contents, owner: Owner) -> Result<(), XlsxError> {
        let label = contents.labels.get(&owner).map_or("", String::as_str);
        let heading = &self.look.heading;
        self.paragraphs(contents, label, Field::new(owner, "title"), heading)
    }

    /// A field, a paragraph a row.
    fn paragraphs(
        &mut self,
        contents: &Contents,
        kind: &str,
        field: Field,
        format: &Format,
    ) -> Result<(), XlsxError> {
        for text in contents.text(field) {
            self.sheet.write_string_with_format(self.row, 0, kind, &self.look.middle)?;
            self.sheet.write_string_with_format(self.row, 1, text, format)?;
            let key = field.to_string();
            self.sheet.write_string_with_format(self.row, KEYS, key, &self.look.plain)?;
            make_room(self.sheet, self.row, lines(text, WIDTH))?;
            self.row += 1;
        }
        Ok(())
    }
}
