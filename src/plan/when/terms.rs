//! What a school means by its terms and holidays.

use super::months::Months;

/// Says which months of the plan's year the terms and holidays take.
///
/// A term or holiday without months is one the school does not know: it is not read.
///
/// ```
/// use unionplan::plan::when::{Months, Terms, When};
///
/// let terms = Terms { winter_break: Months::listed([2]).unwrap(), ..Terms::default() };
/// assert!(When::read("寒假", 2021, &terms).unwrap().months().iter().eq([2]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// 春季学期: 2–7月 by default.
    pub spring: Months,
    /// 秋季学期: 9–12月 by default, its January being another year's.
    pub autumn: Months,
    /// 上学期, 第一学期: by default 9–12月, as a school year begins in autumn.
    pub first: Months,
    /// 下学期, 第二学期: by default 2–7月, as a school year ends in summer.
    pub second: Months,
    /// 寒假: 1–2月 by default.
    pub winter_break: Months,
    /// 暑假: 7–8月 by default.
    pub summer_break: Months,
}

impl Default for Terms {
    fn default() -> Self {
        let (spring, autumn) = (Months::between(2, 7), Months::between(9, 12));
        Self {
            spring,
            autumn,
            first: autumn,
            second: spring,
            winter_break: Months::between(1, 2),
            summer_break: Months::between(7, 8),
        }
    }
}
