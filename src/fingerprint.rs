//! Hashes that tell whether something is still what it was.

/// A hash in the making.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint(blake3::Hasher);

impl Fingerprint {
    /// Adds bytes with their length, so that no two sequences of them can be taken for each other.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    }

    /// The hash of all that has been added.
    pub fn value(&self) -> u128 {
        let mut half = [0; 16];
        self.0.finalize_xof().fill(&mut half);
        u128::from_le_bytes(half)
    }
}
