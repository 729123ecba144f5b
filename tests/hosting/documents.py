"""The documents on hosting and the files that they show."""

import re

from site_under_test import HOME

FOLDER = HOME / "docs" / "hosting"
DOCUMENTS = (HOME / "docs" / "hosting.md", HOME / "docs" / "hosting.zh-CN.md")
FILES = ("nginx.conf", "apache.conf", "Caddyfile", "web.config", "unionplan.service")

# The path and the name that the documents use as an example.
EXAMPLE_PATH = "/gonghui"
EXAMPLE_HOST = "gonghui.example.edu.cn"
EXAMPLE_FOLDER = "/srv/unionplan/www/public"


def blocks(document):
    """The fenced blocks of a document: the language and the text of each."""
    text = document.read_text("utf-8")
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def prose(document):
    """A document without its fenced blocks."""
    text = document.read_text("utf-8")
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def changes_for_a_path(document):
    """What the document's table says to change in a file for a site below a path: the file's name,
    the old text, the new one."""
    changes = []
    for line in document.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if len(cells) == 3 and cells[0].strip("`") in FILES:
            old, new = ("\n".join(re.findall("`([^`]+)`", cell)) for cell in cells[1:])
            changes.append((cells[0].strip("`"), old, new))
    return changes


def configuration(name, path, replacements):
    """A configuration file as somebody would adapt it: for a path, such as `/` or `/a/b/`, and
    with every text of `replacements` replaced, all of which must be there."""
    text = (FOLDER / name).read_text("utf-8")
    if path != "/":
        for file, old, new in changes_for_a_path(DOCUMENTS[0]):
            if file == name:
                assert text.count(old) == 1, f"{name} holds “{old}” {text.count(old)} times"
                text = text.replace(old, new.replace(EXAMPLE_PATH, path.rstrip("/")))
    for old, new in replacements.items():
        assert old in text, f"{name} does not hold “{old}”"
        text = text.replace(old, new)
    return text
