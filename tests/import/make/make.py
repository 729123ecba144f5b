"""Makes the documents of the corpus from their sources.

    python make.py           all of them
    python make.py nanping-2022 linhu-2025

LibreOffice has to be installed for those that it saves. What is expected of each notice, its
plan.yaml and union.yaml, is typed by hand and never made here.
"""

import re
import sys
from pathlib import Path

import plain_text
import sheets
import web
import word
from notices import NOTICES
from source import read

HERE = Path(__file__).resolve().parent


def make(slug, options):
    """Makes one notice in all its formats."""
    folder = HERE.parent / slug
    folder.mkdir(exist_ok=True)
    source = HERE / "sources" / f"{slug}.txt"
    blocks = read(source, options.get("patterns", ()), options.get("runs_through", ()))
    plain_text.write(text_of(blocks, options), folder / "notice.txt", options["text"])
    if "docx" in options:
        numbering = {key: options[key] for key in ("patterns", "runs_through") if key in options}
        word.write(blocks, folder / "notice.docx", {**numbering, **options["docx"]})
    if "xlsx" in options:
        sheets.write(blocks, folder / "notice.xlsx", options["xlsx"])
    if "html" in options:
        web.write(blocks, folder / "notice.html", options["html"])


def text_of(blocks, options):
    """The blocks for plain text: real dates as they are shown, only the sheets that are asked for."""
    wanted, sheet, kept = options["text"].get("sheets"), "", []
    for block in blocks:
        if getattr(block, "kind", "") == "SHEET":
            sheet = block.text
        if wanted is None or sheet in wanted:
            kept.append(block)
    for block in kept:
        if hasattr(block, "rows"):
            block.shown = [[shown(cell) for cell in row] for row in block.rows]
    return kept


def shown(cell):
    """A date as its format shows it."""
    date = sheets.DATE.match(cell)
    if not date:
        return cell
    year, month, day = int(date[1]), int(date[2]), int(date[3])
    parts = {
        "yyyy": str(year),
        "mm": f"{month:02}",
        "dd": f"{day:02}",
        "m": str(month),
        "d": str(day),
    }
    form = (date[4] or "yyyy/m/d").replace('"', "")
    return re.sub("yyyy|mm|dd|m|d", lambda part: parts[part[0]], form)


if __name__ == "__main__":
    for slug in sys.argv[1:] or NOTICES:
        make(slug, NOTICES[slug])
        print(slug)
