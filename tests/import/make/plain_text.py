"""Writes a notice as it comes out of the clipboard."""

from source import Table


def write(blocks, path, style):
    """Writes all blocks. `style` says how tables are flattened."""
    lines = []
    for block in blocks:
        if block is None:
            lines.append("")
        elif isinstance(block, Table):
            lines.extend(flattened(block, {**style, **block.options}))
        elif block.kind not in ("BOX", "PAGE", "SHEET"):
            indent = style.get("indent", "") if block.kind == "P" or block.kind.isdigit() else ""
            lines.append(indent + block.number + block.plain())
    ending = style.get("ending", "\n")
    path.write_bytes((ending.join(lines) + ending).encode("utf-8"))


def flattened(table, style):
    """The lines of a table: `tabs`, `tabcell` or `lines`."""
    out = []
    for row, cells in enumerate(table.rows):
        shown = [cell_text(table, row, column, style) for column in range(len(cells))]
        if style.get("span") == "omit":
            shown = [text for text, cell in zip(shown, cells) if cell != "<"]
        if style["style"] == "tabs":
            out.extend("\t".join(broken(text, style) for text in shown).split("\n"))
        elif style["style"] == "tabcell":
            for text in shown:
                out.extend(("\t" + text).split("\n"))
            out.append("")
        else:
            for text in shown:
                out.extend(text.split("\n"))
    return out


def cell_text(table, row, column, style):
    """A cell's text; nothing for one that belongs to another, unless the cells were filled."""
    if style.get("merged") == "fill":
        row, column = table.owner(row, column)
    text = getattr(table, "shown", table.rows)[row][column]
    return "" if text in ("^", "<") else text.replace("⏎", "\n")


def broken(text, style):
    """A cell with broken lines, as Excel puts it (quoted) or as it is."""
    if "\n" in text and style.get("breaks") == "quoted":
        return '"' + text.replace('"', '""') + '"'
    return text
