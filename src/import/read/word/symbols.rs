//! Characters that a document takes from a font of symbols.

/// The character that a symbol looks like. What stands in the private area of an unknown font is
/// shown as unreadable.
pub fn character(code: &str, font: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    // Fonts of symbols have their characters at F000 and above, or below 100.
    let index = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let font = font.to_lowercase();
    let known = match font.as_str() {
        "wingdings" => wingdings(index),
        "wingdings 2" => wingdings_2(index),
        "symbol" if index == 0xB7 => Some('•'),
        "symbol" if (0x20..=0x40).contains(&index) => char::from_u32(index),
        _ => None,
    };
    known.or_else(|| {
        let character = char::from_u32(code).filter(|c| !c.is_control())?;
        let is_private = (0xE000..=0xF8FF).contains(&code);
        let is_picture = index < 0x100 && PICTURES.iter().any(|name| font.starts_with(name));
        Some(if is_private || is_picture { '\u{FFFD}' } else { character })
    })
}

/// How the names of fonts begin that have pictures in the place of letters.
const PICTURES: [&str; 3] = ["wingdings", "webdings", "symbol"];

fn wingdings(index: u32) -> Option<char> {
    Some(match index {
        0x6C => '●',
        0x6E => '■',
        0x6F | 0xA8 => '□',
        0x71 | 0x72 => '❑',
        0x75 => '◆',
        0x76 => '❖',
        0x80 => '⓪',
        0x81..=0x8A => char::from_u32(u32::from('①') + index - 0x81)?,
        0x8B => '⓿',
        0x8C..=0x95 => char::from_u32(u32::from('❶') + index - 0x8C)?,
        0xA1 => '○',
        0xD8 => '➢',
        0xE0 => '→',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings_2(index: u32) -> Option<char> {
    Some(match index {
        0x50 => '✓',
        0x51 => '☒',
        0x52 => '☑',
        0x69 => '⓪',
        0x6A..=0x73 => char::from_u32(u32::from('①') + index - 0x6A)?,
        0x75..=0x7E => char::from_u32(u32::from('❶') + index - 0x75)?,
        0x98 => '●',
        0xA2 => '■',
        0xA3 => '□',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn symbols_are_what_they_look_like() {
        assert_eq!(character("F0FE", "Wingdings"), Some('☑'));
        assert_eq!(character("83", "Wingdings"), Some('③'));
        assert_eq!(character("2605", "宋体"), Some('★'));
        assert_eq!(character("F04A", "Wingdings"), Some('\u{FFFD}'));
        assert_eq!(character("F0B7", "Symbol"), Some('•'));
        assert_eq!(character("zz", "Symbol"), None);
    }
}
