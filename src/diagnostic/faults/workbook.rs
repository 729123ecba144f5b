//! Workbooks that go out and come back.

use super::error;
use crate::diagnostic::{Diagnostic, Place};
use crate::words;
use std::path::Path;

/// A workbook that carries programs.
pub fn workbook_with_macros(path: &Path) -> Diagnostic {
    error(
        "workbook-with-macros",
        Place::whole(path),
        words!("这个工作簿带有宏，不导入", "a workbook with macros is not imported"),
        vec![words!(
            "在 Excel 或 WPS 里打开，不启用宏，“另存为”选“Excel 工作簿（*.xlsx）”，再导入",
            "open it without its macros, save it as .xlsx, and import that"
        )],
    )
}
