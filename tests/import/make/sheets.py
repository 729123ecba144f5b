"""Writes a notice as an Excel workbook."""

import datetime
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from source import Table
from word import WHEN, still

THIN = Side(style="thin")
DATE = re.compile(r"@(\d{4})-(\d+)-(\d+)(?:@(.+))?$")


def write(blocks, path, _options):
    """Writes all blocks; `#SHEET` begins another sheet, tables keep their merges."""
    book = Workbook()
    sheet, row, width = book.active, 1, 1
    first = True
    for block in blocks:
        if block is None:
            continue
        if isinstance(block, Table):
            row = add_table(sheet, row, block)
        elif block.kind == "SHEET":
            sheet = book.active if first else book.create_sheet()
            sheet.title, row, first = block.text, 1, False
        elif block.kind not in ("BOX", "PAGE"):
            width = int(table_width(blocks, block))
            cell = sheet.cell(row, 1, block.number + block.plain())
            cell.alignment = Alignment(wrap_text=True, horizontal=place(block.kind))
            cell.font = Font(bold=block.kind in ("T", "H"), size=16 if block.kind == "T" else 11)
            if width > 1:
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
    book.properties.creator = "校工会办公室"
    book.properties.created = book.properties.modified = WHEN
    book.save(path)
    still(path)


def place(kind):
    """Where a line stands in its cell."""
    return {"T": "center", "S": "center", "R": "right"}.get(kind, "left")


def table_width(blocks, block):
    """How many columns the table of the same sheet has: lines above it are merged across them."""
    here, found = False, 1
    for other in blocks:
        if getattr(other, "kind", "") == "SHEET":
            if here:
                break
            found = 1
        if other is block:
            here = True
        if isinstance(other, Table):
            found = len(other.rows[0])
    return found if here else 1


def add_table(sheet, top, table):
    """Writes a table below `top` and gives the row after it."""
    for row, column, down, across, text in table.regions():
        cell = sheet.cell(top + row, column + 1)
        put(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.font = Font(bold=row < table.header_rows)
        cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
        if down > 1 or across > 1:
            sheet.merge_cells(
                start_row=top + row,
                end_row=top + row + down - 1,
                start_column=column + 1,
                end_column=column + across,
            )
    return top + len(table.rows)


def put(cell, text):
    """A number as a number, `@2024-3-8@m"月"d"日"` as a date in that format, the rest as text."""
    date = DATE.match(text)
    if date:
        cell.value = datetime.datetime(int(date[1]), int(date[2]), int(date[3]))
        cell.number_format = date[4] or "yyyy/m/d"
    elif text.isdigit():
        cell.value = int(text)
    elif text:
        cell.value = text.replace("⏎", "\n")
