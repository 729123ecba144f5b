#!/usr/bin/env python3
"""Checks a built site: every link and fragment resolves, relative and by file name; no page asks
another host for anything; no inline style or script; ids are unique; one h1; tags are closed.

    check-links.py DIR [BASE]

BASE is the path under which the site will stand, such as /union/; only the page for missing
addresses, which may be shown anywhere, links by it.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SELF_CLOSED = {"path", "circle", "use", "rect"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.ids, self.faults, self.open = [], [], [], [], []
        self.headings, self.language, self.title = 0, None, False
        self.feed(text)
        if self.open:
            self.faults.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag not in VOID and tag not in SELF_CLOSED:
            self.open.append(tag)
        if tag == "html":
            self.language = values.get("lang")
        self.headings += tag == "h1"
        self.title = self.title or tag == "title"
        if "id" in values:
            self.ids.append(values["id"])
        for name, value in attributes:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"inline {name} on <{tag}>")
        if tag == "script" and "src" not in values or tag == "style":
            self.faults.append(f"inline <{tag}>")
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "link" and values.get("rel") != "canonical":
            self.loads.append(values.get("href", ""))
        elif "src" in values:
            self.loads.append(values["src"])

    def handle_endtag(self, tag):
        if tag in VOID or tag in SELF_CLOSED:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def check(root, base):
    pages = {path.relative_to(root): Page(path.read_text("utf-8")) for path in sorted(root.rglob("*.html"))}
    faults, links = [], 0
    for path, page in pages.items():
        faults += [f"{path}: {fault}" for fault in page.faults]
        if page.headings != 1:
            faults.append(f"{path}: {page.headings} h1")
        if not page.language or not page.title:
            faults.append(f"{path}: no language or title")
        if len(set(page.ids)) != len(page.ids):
            faults.append(f"{path}: an id stands twice: {sorted(i for i in page.ids if page.ids.count(i) > 1)}")
        for link in page.loads:
            if ":" in link or link.startswith("//"):
                faults.append(f"{path}: loads {link}")
        for link in page.links + page.loads:
            links += 1
            if link.startswith(("http://", "https://", "mailto:", "webcal://")):
                continue
            target, _, fragment = link.partition("#")
            if str(path) == "404.html" and base and target.startswith(base):
                target = target[len(base):]
            if target.startswith("/"):
                faults.append(f"{path}: {link} is not relative")
                continue
            here = (root / path).parent
            file = (here / unquote(target)).resolve() if target else (root / path).resolve()
            if not file.is_file():
                faults.append(f"{path}: {link} leads nowhere")
                continue
            other = pages.get(file.relative_to(root.resolve()))
            if fragment and (other is None or fragment not in other.ids):
                faults.append(f"{path}: {link} has no such place")
    for fault in faults[:40]:
        print(fault)
    print(f"{len(pages)} pages, {links} links, {len(faults)} faults")
    return not faults and pages


if __name__ == "__main__":
    sys.exit(0 if check(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None) else 1)
