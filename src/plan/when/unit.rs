//! What a number counts, be it said at once or only after more numbers.

use super::number::Number;

/// What a number counts.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unit {
    Month,
    Day,
    Quarter,
}

impl Unit {
    /// Reads the unit of a number.
    pub(super) fn read(text: &str) -> Option<(Self, &str)> {
        const UNITS: [(&str, Unit); 6] = [
            ("月份", Unit::Month),
            ("月", Unit::Month),
            ("日", Unit::Day),
            ("号", Unit::Day),
            ("季度", Unit::Quarter),
            ("季", Unit::Quarter),
        ];
        UNITS.iter().find_map(|&(word, unit)| Some((unit, text.strip_prefix(word)?)))
    }

    /// Looks ahead, from behind a number without a unit, for the one it borrows.
    ///
    /// Nothing is borrowed where it is unclear how much is shared, as in `3,5月底`.
    pub(super) fn borrowed(mut rest: &str) -> Option<Self> {
        loop {
            let listed = rest.starts_with(',');
            rest = rest.strip_prefix([',', '-', '至'])?;
            rest = rest.strip_prefix('第').unwrap_or(rest);
            (_, rest) = Number::read(rest)?;
            match Self::read(rest) {
                Some((Self::Month, after)) => {
                    let Some((_, day)) = Number::read(after) else {
                        let narrowed =
                            after.starts_with(['上', '中', '下', '初', '底', '末', '前', '起']);
                        return (!(listed && narrowed)).then_some(Self::Month);
                    };
                    rest = day;
                    if let Some((unit, _)) = Self::read(rest) {
                        return (unit == Self::Day).then_some(unit);
                    }
                }
                Some((unit, _)) => return Some(unit),
                None => {}
            }
        }
    }
}
