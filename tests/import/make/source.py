"""Reads a notice's source: one line a paragraph, marked by what it is in the document.

    #T title in the middle          #S line in the middle, smaller
    #L paragraph without indent     #R line on the right
    #H bold heading                 #1 #2 #3 paragraph that is numbered automatically
    #SHEET name                     #PAGE begins a new page
    #BOX text of a text box         #TABLE key=value … then rows, then #END

Cells stand between bars. `^` belongs to the cell above, `<` to the one on the left, `⏎` breaks
a line. In a line `{+put in+}` and `{-struck out-}` are tracked changes, `{c:remark|words}` are
words with a comment and `{a:address|words}` are words with a link.
"""

import re
from dataclasses import dataclass, field

MARKS = re.compile(r"\{\+(.*?)\+\}|\{-(.*?)-\}|\{c:(.*?)\|(.*?)\}|\{a:(.*?)\|(.*?)\}")
CHINESE = "零一二三四五六七八九十"


@dataclass
class Piece:
    """A stretch of a paragraph: its text and what is special about it."""

    text: str
    kind: str = "plain"
    extra: str = ""


@dataclass
class Paragraph:
    """A paragraph, its kind and the number that a word processor would put before it."""

    kind: str
    text: str
    number: str = ""

    def pieces(self):
        return pieces(self.text)

    def plain(self):
        return plain(self.text)


@dataclass
class Table:
    """A table: rows of cells as they are written, merges and all."""

    options: dict
    rows: list = field(default_factory=list)

    def owner(self, row, column):
        """The cell that a merged cell belongs to."""
        while self.rows[row][column] in ("^", "<"):
            if self.rows[row][column] == "^":
                row -= 1
            else:
                column -= 1
        return row, column

    def regions(self):
        """Every cell that stands for itself: row, column, rows down, columns across, text."""
        extent = {}
        for row, cells in enumerate(self.rows):
            for column in range(len(cells)):
                first = self.owner(row, column)
                last = extent.get(first, first)
                extent[first] = (max(last[0], row), max(last[1], column))
        for (row, column), (bottom, right) in extent.items():
            yield row, column, bottom - row + 1, right - column + 1, self.rows[row][column]

    @property
    def header_rows(self):
        return int(self.options.get("head", 1))


def pieces(text):
    """Takes a paragraph apart at its marks."""
    found, end = [], 0
    for match in MARKS.finditer(text):
        if match.start() > end:
            found.append(Piece(text[end : match.start()]))
        if match[1] is not None:
            found.append(Piece(match[1], "inserted"))
        elif match[2] is not None:
            found.append(Piece(match[2], "deleted"))
        elif match[3] is not None:
            found.append(Piece(match[4], "commented", match[3]))
        else:
            found.append(Piece(match[6], "linked", match[5]))
        end = match.end()
    if end < len(text):
        found.append(Piece(text[end:]))
    return found


def plain(text):
    """A paragraph as it is read: with what was put in, without what was struck out."""
    return "".join(piece.text for piece in pieces(text) if piece.kind != "deleted")


def chinese(number):
    """一, 十, 十二: numbers up to nineteen."""
    return CHINESE[number] if number <= 10 else "十" + CHINESE[number - 10]


class Numbers:
    """Counts automatic numbers as a word processor does."""

    def __init__(self, patterns, runs_through):
        self.patterns = patterns
        self.runs_through = runs_through
        self.counts = [0] * len(patterns)

    def next(self, level):
        self.counts[level] += 1
        for lower in range(level + 1, len(self.counts)):
            if lower not in self.runs_through:
                self.counts[lower] = 0
        return number_text(self.patterns[level], self.counts[level])


def number_text(pattern, count):
    """`（一）` or `1.` counted up."""
    if "一" in pattern:
        return pattern.replace("一", chinese(count))
    if "①" in pattern:
        return chr(ord("①") + count - 1)
    return pattern.replace("1", str(count))


def read(path, patterns=(), runs_through=()):
    """Reads a source into paragraphs, tables, sheets and blank lines (None)."""
    blocks, table, numbers = [], None, Numbers(patterns, runs_through)
    for line in path.read_text("utf-8").splitlines():
        if table is not None:
            if line == "#END":
                table = None
            else:
                table.rows.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
            continue
        if not line.strip():
            blocks.append(None)
            continue
        if line.startswith("#TABLE"):
            table = Table(dict(option.split("=", 1) for option in line.split()[1:]))
            blocks.append(table)
            continue
        mark = re.match(r"#([A-Z]+|\d) ?", line)
        kind = mark[1] if mark else "P"
        text = line[mark.end() :] if mark else line
        number = numbers.next(int(kind) - 1) if kind.isdigit() else ""
        blocks.append(Paragraph(kind, text, number))
    return blocks
