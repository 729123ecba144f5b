"""Holds what is expected of each notice against the notice and against `unionplan check`.

    python verify.py ../../../target/debug/unionplan [slug …]

Every text of plan.yaml has to stand in notice.txt, blanks aside. Lines of notice.txt that stand
nowhere in plan.yaml are listed, so that a person can see that nothing was forgotten.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
RESPONSIBILITIES = re.compile("[（【](?:责任|牵头)[^）】]*[）】]")
NOT_IN_THE_NOTICE = ("id", "issued", "in")


def bare(text):
    """A text without blanks."""
    return re.sub(r"\s", "", text)


def texts(node, key=""):
    """Every text of a plan, paragraph by paragraph, name by name."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in NOT_IN_THE_NOTICE:
                yield from texts(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, key)
    elif key in ("leader", "office", "support"):
        yield from (bare(name) for name in re.split("[、，]", node))
    else:
        yield from (bare(paragraph) for paragraph in node.split("\n") if paragraph.strip())


def year_of(folder):
    """The year that a folder is named after."""
    return folder.name.rsplit("-", 1)[1]


def check(program, folder):
    """What `unionplan check` says of the expected plan."""
    with tempfile.TemporaryDirectory() as root:
        year = Path(root) / "data" / year_of(folder)
        year.mkdir(parents=True)
        shutil.copy(folder / "union.yaml", year.parent / "union.yaml")
        shutil.copy(folder / "plan.yaml", year / "plan.yaml")
        done = subprocess.run([program, "check", "--root", root], capture_output=True, text=True)
        said = done.stdout + done.stderr
        return "" if done.returncode == 0 and "[" not in said else said


def verify(program, folder):
    """Prints what is wrong, then what of the notice is not in the plan."""
    plan = yaml.load((folder / "plan.yaml").read_text("utf-8"), yaml.BaseLoader)
    union = yaml.load((folder / "union.yaml").read_text("utf-8"), yaml.BaseLoader)
    notice = (folder / "notice.txt").read_text("utf-8")
    known = set(texts(plan))
    unbracketed = RESPONSIBILITIES.sub("", bare(notice))
    wrong = [text for text in known if text not in bare(notice) and text not in unbracketed]
    named = [entry["name"] for key in ("offices", "leaders") for entry in union.get(key, [])]
    used = list(names(plan))
    wrong += [f"{name}: not named in the plan" for name in named if name not in used]
    order = [name for name in dict.fromkeys(used) if name in named]
    for key in ("offices", "leaders"):
        listed = [entry["name"] for entry in union.get(key, [])]
        if listed != [name for name in order if name in listed]:
            wrong.append(f"{key}: not in the order of their first naming")
    said = check(program, folder)
    print(f"== {folder.name}: {len(wrong)} wrong")
    print("".join(f"  ! {text}\n" for text in wrong) + said, end="")
    for line in notice.splitlines():
        for cell in line.split("\t"):
            rest = bare(cell)
            for text in sorted(known, key=len, reverse=True):
                rest = rest.replace(text, "")
            if len(rest) > 3 and not re.fullmatch(
                r"[\d一二三四五六七八九十（）().、．①-⑳第部分。：，]*", rest
            ):
                print(f"  left: {rest}")
    return not wrong and not said


def names(node):
    """Offices and leaders in the order of their naming."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("leader", "office", "support"):
                yield from (bare(name) for name in re.split("[、，]", value))
            else:
                yield from names(value)
    elif isinstance(node, list):
        for value in node:
            yield from names(value)


if __name__ == "__main__":
    program, slugs = sys.argv[1], sys.argv[2:]
    folders = sorted(path.parent for path in HERE.parent.glob("*/plan.yaml"))
    results = [verify(program, folder) for folder in folders if not slugs or folder.name in slugs]
    sys.exit(0 if all(results) else 1)
