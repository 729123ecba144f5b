//! The folder of the server that the site stands in, as it may at its host.

/// A path that begins and ends with a slash: `/`, `/gonghui/`, `/a/b/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// Understands a path as people write it: `/a/b/`, `a/b`; nothing for the root. None if it has
    /// a name that would need an escape in an address, or one that is hidden or leads elsewhere.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('/').unwrap_or(text);
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        if inner.is_empty() {
            return Some(Self::default());
        }
        let fine = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        let named =
            |name: &str| !name.is_empty() && !name.starts_with('.') && name.chars().all(fine);
        inner.split('/').all(named).then(|| Self(format!("/{inner}/")))
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// The names of its folders.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|name| !name.is_empty())
    }
}

impl Default for Prefix {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Prefix;

    #[test]
    fn a_prefix_is_understood_with_its_slashes_or_without() {
        for text in ["/a/b/", "a/b", "/a/b", "a/b/"] {
            assert_eq!(Prefix::parse(text).map(|prefix| prefix.0), Some("/a/b/".to_owned()));
        }
        assert_eq!(Prefix::parse("/"), Some(Prefix::default()));
        assert_eq!(Prefix::parse(""), Some(Prefix::default()));
    }

    #[test]
    fn a_prefix_that_would_need_escapes_or_leads_elsewhere_is_refused() {
        for text in
            ["a//b", "../a", "a/./b", ".a", "a b", "a?b", "a#b", "%61", "a\\b", "工会", "a:b"]
        {
            assert_eq!(Prefix::parse(text), None, "{text}");
        }
    }
}
