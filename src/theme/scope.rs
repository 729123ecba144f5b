//! What templates see: the variables of a page, and the parts that pages share.

use crate::lock::lock;
use crate::site::routes::Origin;
use crate::site::{Frame, Page};
use minijinja::value::Object;
use minijinja::{Error, ErrorKind, State, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// What is the same on every page of the site.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The theme's words, as `t`.
    pub words: Value,
    /// Where the theme's files are, as `asset`.
    pub assets: Value,
    /// The path of the site's address, for the page that may be shown at any address.
    pub base_path: Option<String>,
}

/// The variables of one page. The page's own come first, then those that all pages of its plan
/// have.
#[derive(Debug)]
struct Scope {
    frame: Arc<Frame>,
    shared: Shared,
    page: Value,
    link: Value,
    view: Value,
    /// None inside a part: parts draw no parts, so none can draw itself without end.
    part: Option<Value>,
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "t" => Some(self.shared.words.clone()),
            "page" => Some(self.page.clone()),
            "link" => Some(self.link.clone()),
            "site" => Some(self.frame.site.clone()),
            "plan" => Some(self.frame.plan.clone()),
            "asset" => Some(self.shared.assets.clone()),
            "part" => self.part.clone(),
            _ => {
                let own = self.view.get_attr(key).ok().filter(|value| !value.is_undefined());
                own.or_else(|| self.frame.list(key).cloned())
            }
        }
    }
}

/// Pieces that are the same on all of a plan's pages of one kind in one folder, such as the
/// masthead. They are rendered once.
#[derive(Debug, Clone, Default)]
pub struct Parts(Arc<Mutex<HashMap<String, Value>>>);

impl Parts {
    /// The variables of a page, with the function that draws its parts.
    pub fn scope(&self, page: &Page, shared: &Shared) -> Value {
        let mut shared = shared.clone();
        shared.base_path = shared.base_path.filter(|_| page.template == "missing.html");
        let name = page.path.rfind('/').map_or(0, |at| at + 1);
        let place = format!("{} {}", page.template, &page.path[..name]);
        let part = lock(&self.0)
            .entry(place)
            .or_insert_with(|| {
                let folder = page.path[..name].to_owned();
                Part::of(page, folder, &shared)
            })
            .clone();
        Value::from_object(Scope {
            frame: page.frame.clone(),
            page: page.page.clone(),
            link: link_from(page.path.clone(), &shared),
            view: page.view.clone(),
            part: Some(part),
            shared,
        })
    }
}

/// The template function `part("masthead.html")`: a template rendered once for all pages of a
/// kind in a folder. It sees `site`, `plan`, the plan's lists, `t`, `asset`, `link`, `page.kind`
/// and `page.door`, and nothing that differs from page to page.
#[derive(Debug)]
struct Part {
    scope: Value,
    drawn: Mutex<Vec<(String, Value)>>,
}

impl Part {
    /// The parts of a folder's pages, of the kind of this one.
    fn of(page: &Page, folder: String, shared: &Shared) -> Value {
        let about = |name| (name, page.page.get_attr(name).unwrap_or_default());
        let scope = Value::from_object(Scope {
            frame: page.frame.clone(),
            page: Value::from_pairs([about("kind"), about("door")]),
            // No page is called like its folder, so parts link to none as to itself.
            link: link_from(folder, shared),
            view: Value::from(BTreeMap::<String, Value>::new()),
            part: None,
            shared: shared.clone(),
        });
        Value::from_object(Self { scope, drawn: Mutex::default() })
    }
}

impl Object for Part {
    fn call(self: &Arc<Self>, state: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let Some(name) = args.first().and_then(Value::as_str) else {
            let what = "part(…) takes the name of a template";
            return Err(Error::new(ErrorKind::InvalidOperation, what));
        };
        if let Some((_, part)) = lock(&self.drawn).iter().find(|(drawn, _)| drawn == name) {
            return Ok(part.clone());
        }
        let html = state.env().get_template(name)?.render(self.scope.clone())?;
        let part = Value::from_safe_string(html);
        lock(&self.drawn).push((name.to_owned(), part.clone()));
        Ok(part)
    }
}

/// The template function `link(target)`: a target of the site as seen from the page at hand. The
/// page for missing addresses may be shown at any address, so it links from the base path.
#[derive(Debug)]
struct Linker {
    from: Origin,
    base: Option<String>,
}

fn link_from(page: String, shared: &Shared) -> Value {
    Value::from_object(Linker { from: Origin::new(page), base: shared.base_path.clone() })
}

impl Object for Linker {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let Some(target) = args.first().and_then(Value::as_str) else {
            let what = "link(…) takes a page or file of the site";
            return Err(Error::new(ErrorKind::InvalidOperation, what));
        };
        // Addresses of other hosts stay as they are.
        if memchr::memchr(b':', target.as_bytes()).is_some() {
            return Ok(Value::from(target));
        }
        // Links are escaped like any text, which leaves paths as they are.
        Ok(match &self.base {
            Some(base) => Value::from(format!("{base}{target}")),
            None => Value::from(self.from.link(target)),
        })
    }
}
