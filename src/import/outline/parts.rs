//! What the text of a notice is made of: its letter, its sections, their items.

use crate::import::document::{Piece, Spot};
use crate::import::responsibility::Responsibility;

/// 关于印发《…》的通知
#[derive(Debug, Default)]
pub struct Letter {
    /// Its title.
    pub title: Piece,
    /// 各分工会
    pub to: Option<Piece>,
    /// Its paragraphs.
    pub text: Vec<Piece>,
    /// What it says is attached.
    pub attachments: Vec<Piece>,
}

/// A section of the text.
#[derive(Debug, Default)]
pub struct Section {
    /// Its number as it is spoken of, and what that comes to.
    pub number: Option<(String, usize)>,
    /// Whether it may be a note as well: a sentence, or numbered 3. 3、 ３．
    pub is_sentence: bool,
    /// Its words without the number.
    pub title: Piece,
    /// Paragraphs before its first item.
    pub text: Vec<Piece>,
    /// Its items.
    pub items: Vec<Item>,
    /// Who answers for it, as far as the text says so.
    pub responsibilities: Vec<Said>,
}

/// An item of the text, or a point of a plan without sections.
#[derive(Debug, Default)]
pub struct Item {
    /// Its number as it is spoken of, and what that comes to.
    pub number: Option<(String, usize)>,
    /// Whether its number is a plain 3. 3、 ３．
    pub is_arabic: bool,
    /// The heading between section and item.
    pub group: Option<String>,
    /// Its words without the number.
    pub title: Piece,
    /// Its paragraphs.
    pub text: Vec<Piece>,
    /// Who answers for it, as far as the text says so.
    pub responsibilities: Vec<Said>,
}

/// A responsibility that the text says.
#[derive(Debug, Clone)]
pub struct Said {
    /// The sentence that it stands behind.
    pub sentence: String,
    /// What it says.
    pub responsibility: Responsibility,
    /// Where.
    pub place: Spot,
}
