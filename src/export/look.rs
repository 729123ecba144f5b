//! How a workbook looks: fonts, borders, widths, and what goes on a page.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// The formats of cells. All of them hold text, whatever is typed into them: 6月 stays 6月, and what
/// begins with = is no formula.
pub(super) struct Look {
    pub title: Format,
    pub header: Format,
    pub cell: Format,
    pub middle: Format,
    pub heading: Format,
    pub note: Format,
    pub plain: Format,
}

/// The number of A4 among paper sizes.
const A4: u8 = 9;

/// Points that a line of a cell takes.
pub(super) const LINE: f64 = 16.0;

impl Look {
    pub fn new() -> Self {
        let text = Format::new().set_num_format("@").set_font_name("宋体").set_font_size(11);
        let cell = text
            .clone()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin);
        let centered = cell.clone().set_align(FormatAlign::Center);
        Self {
            title: text
                .clone()
                .set_font_name("黑体")
                .set_font_size(18)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            header: centered
                .clone()
                .set_font_name("黑体")
                .set_background_color(Color::RGB(0x00EE_EEEE)),
            middle: centered,
            heading: cell.clone().set_font_name("黑体"),
            note: text
                .clone()
                .set_font_color(Color::RGB(0x0055_5555))
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            plain: text,
            cell,
        }
    }
}

/// Sets a sheet up for the printer: A4, as wide as the page, the header on every page, page
/// numbers.
pub(super) fn for_print(sheet: &mut Worksheet, header: u32) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页，共 &N 页");
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    sheet.set_repeat_rows(header, header)?.set_freeze_panes(header + 1, 0)?;
    Ok(())
}

/// How many half-width characters a Chinese one takes, with a little room to spare.
const WIDE: f64 = 2.2;

/// Makes a row so high that so many lines fit; one line fits any row. Programs that would find the
/// height by themselves are few.
pub(super) fn make_room(sheet: &mut Worksheet, row: u32, lines: u32) -> Result<(), XlsxError> {
    if lines > 1 {
        sheet.set_row_height(row, f64::from(lines) * LINE)?;
    }
    Ok(())
}

/// How many lines a text takes in a column of a width in half-width characters.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    let lines = text.lines().map(|line| {
        let characters = line.chars().map(|c| if c.is_ascii() { 1.0 } else { WIDE }).sum::<f64>();
        // Sizes of cells, far below any bound.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let lines = (characters / (width - 1.0)).ceil() as u32;
        lines.max(1)
    });
    lines.sum::<u32>().max(1)
}
