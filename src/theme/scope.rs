//! What templates see: the variables of a page, and the parts that pages share.

use crate::lock::lock;
use crate::site::routes::Origin;
use crate::site::{Frame, Page};
use minijinja::value::{Kwargs, Object, from_args};
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

/// Pieces that are the same on many of a plan's pages, such as the masthead. They are rendered
/// once.
#[derive(Debug, Default)]
pub struct Parts {
    /// The function `part`, for each kind of page in each folder.
    places: Mutex<HashMap<String, Value>>,
    pieces: Pieces,
}

/// What has been drawn for a plan, by template. It must never hold a place, which holds it.
type Pieces = Arc<Mutex<HashMap<String, Vec<Piece>>>>;

impl Parts {
    /// The variables of a page, with the function that draws its parts.
    pub fn scope(&self, page: &Page, shared: &Shared) -> Value {
        let mut shared = shared.clone();
        shared.base_path = shared.base_path.filter(|_| page.template == "missing.html");
        let name = page.path.rfind('/').map_or(0, |at| at + 1);
        let place = format!("{} {}", page.template, &page.path[..name]);
        let part = lock(&self.places)
            .entry(place)
            .or_insert_with(|| {
                Value::from_object(Part {
                    // No page is called like its folder, so parts link to none as to itself.
                    links: Links::new(page.path[..name].to_owned(), &shared),
                    about: ABOUT.map(|name| page.page.get_attr(name).unwrap_or_default()),
                    frame: page.frame.clone(),
                    shared: shared.clone(),
                    here: Mutex::default(),
                    pieces: self.pieces.clone(),
                })
            })
            .clone();
        Value::from_object(Scope {
            frame: page.frame.clone(),
            page: page.page.clone(),
            link: Value::from_object(Links::new(page.path.clone(), &shared)),
            view: page.view.clone(),
            part: Some(part),
            shared,
        })
    }
}

/// What parts see of `page`.
const ABOUT: [&str; 3] = ["kind", "door", "at_door"];

/// The template function `part("masthead.html")`: a template rendered once for all pages on which
/// it comes out the same. It sees `site`, `plan`, the plan's lists, `t`, `asset`, `link`,
/// `page.kind`, `page.door` and `page.at_door`, and nothing that differs from page to page. With
/// `here=page.path`, the link to that page is marked as the one at hand.
#[derive(Debug)]
struct Part {
    links: Links,
    about: [Value; ABOUT.len()],
    frame: Arc<Frame>,
    shared: Shared,
    /// The pieces of this kind of page in this folder.
    here: Mutex<Vec<(String, Value)>>,
    pieces: Pieces,
}

/// A part as it came out, with all that this depended on.
#[derive(Debug)]
struct Piece {
    html: Value,
    /// Links by their targets.
    links: Vec<(String, Value)>,
    /// What it asked of `page`, by position in [`ABOUT`].
    about: Vec<(usize, Value)>,
}

impl Part {
    fn draw(&self, name: &str, state: &State<'_, '_>) -> Result<Value, Error> {
        if let Some((_, html)) = lock(&self.here).iter().find(|(drawn, _)| drawn == name) {
            return Ok(html.clone());
        }
        let known = lock(&self.pieces)
            .get(name)
            .and_then(|pieces| pieces.iter().find(|piece| self.fits(piece)))
            .map(|piece| piece.html.clone());
        let html = match known {
            Some(html) => html,
            None => self.render(name, state)?,
        };
        lock(&self.here).push((name.to_owned(), html.clone()));
        Ok(html)
    }

    /// Tells whether a piece would come out the same here.
    fn fits(&self, piece: &Piece) -> bool {
        piece.about.iter().all(|(index, value)| self.about[*index] == *value)
            && piece.links.iter().all(|(target, link)| self.links.to(target) == *link)
    }

    fn render(&self, name: &str, state: &State<'_, '_>) -> Result<Value, Error> {
        let link = Arc::new(Noted { of: self.links.clone(), asked: Mutex::default() });
        let about = Arc::new(Noted { of: self.about.clone(), asked: Mutex::default() });
        let scope = Value::from_object(Scope {
            frame: self.frame.clone(),
            page: Value::from_dyn_object(about.clone()),
            link: Value::from_dyn_object(link.clone()),
            view: Value::from(BTreeMap::<String, Value>::new()),
            part: None,
            shared: self.shared.clone(),
        });
        let html = state.env().get_template(name)?.render(scope)?;
        let piece = Piece {
            html: Value::from_safe_string(html),
            links: std::mem::take(&mut lock(&link.asked)),
            about: std::mem::take(&mut lock(&about.asked)),
        };
        let html = piece.html.clone();
        lock(&self.pieces).entry(name.to_owned()).or_default().push(piece);
        Ok(html)
    }
}

impl Object for Part {
    fn call(self: &Arc<Self>, state: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let Some(name) = args.first().and_then(Value::as_str) else {
            let what = "part(…) takes the name of a template";
            return Err(Error::new(ErrorKind::InvalidOperation, what));
        };
        let html = self.draw(name, state)?;
        let [_, rest @ ..] = args else { return Ok(html) };
        if rest.is_empty() {
            return Ok(html);
        }
        let (named,): (Kwargs,) = from_args(rest)?;
        let here: &str = named.get("here")?;
        named.assert_all_used()?;
        Ok(Value::from_safe_string(marked(&html, &self.links.to(here))))
    }
}

/// A piece with the link to the page at hand marked.
fn marked(html: &Value, link: &Value) -> String {
    let html = html.as_str().unwrap_or_default();
    let link = format!("href=\"{link}\"");
    let mut marked = String::with_capacity(html.len() + 32);
    let mut from = 0;
    for at in memchr::memmem::find_iter(html.as_bytes(), &link) {
        let end = at + link.len();
        marked.push_str(&html[from..end]);
        marked.push_str(" aria-current=\"page\"");
        from = end;
    }
    marked.push_str(&html[from..]);
    marked
}

/// Something that a part asks, with a note of what it asked and what it was told.
#[derive(Debug)]
struct Noted<T, Q> {
    of: T,
    asked: Mutex<Vec<(Q, Value)>>,
}

impl Object for Noted<[Value; ABOUT.len()], usize> {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = ABOUT.iter().position(|name| Some(*name) == key.as_str())?;
        let value = self.of[index].clone();
        lock(&self.asked).push((index, value.clone()));
        Some(value)
    }
}

impl Object for Noted<Links, String> {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let target = target(args)?;
        let link = self.of.to(target);
        lock(&self.asked).push((target.to_owned(), link.clone()));
        Ok(link)
    }
}

/// The template function `link(target)`: a target of the site as seen from the page at hand. The
/// page for missing addresses may be shown at any address, so it links from the base path.
#[derive(Debug, Clone)]
struct Links {
    from: Origin,
    base: Option<String>,
}

impl Links {
    fn new(page: String, shared: &Shared) -> Self {
        Self { from: Origin::new(page), base: shared.base_path.clone() }
    }

    /// Links are escaped like any text, which leaves paths as they are.
    fn to(&self, target: &str) -> Value {
        // Addresses of other hosts stay as they are.
        if memchr::memchr(b':', target.as_bytes()).is_some() {
            return Value::from(target);
        }
        match &self.base {
            Some(base) => Value::from(format!("{base}{target}")),
            None => Value::from(self.from.link(target)),
        }
    }
}

fn target(args: &[Value]) -> Result<&str, Error> {
    args.first().and_then(Value::as_str).ok_or_else(|| {
        let what = "link(…) takes a page or file of the site";
        Error::new(ErrorKind::InvalidOperation, what)
    })
}

impl Object for Links {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        Ok(self.to(target(args)?))
    }
}
