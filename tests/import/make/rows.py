"""Holds the rows of the tables in the sources against the tasks of the expected plans.

    python rows.py

A second pair of eyes for the typing: each row has to be a task with the same time, people and
remark, in the same order. It knows the tables from the sources, where merges are marked.
"""

import re
import sys
from pathlib import Path

import yaml

from make import shown
from source import Table, read

HERE = Path(__file__).resolve().parent
COLUMNS = {
    "task": "具体任务 工作内容 活动内容 工作措施 工作內容",
    "when": "完成时间 时间节点 完成时限 时间 月份 完成時限",
    "leader": "责任领导 牵头领导 责任人 分管领导 責任人",
    "office": "责任科室 责任部门 责任部室 责任单位 牵头单位 部室 責任部門",
    "support": "配合部门 协同单位",
    "audience": "参加人员",
    "remark": "备注 備註",
}


def bare(text):
    """A text without blanks."""
    return re.sub(r"\s", "", text)


def column_of(header):
    """What a column is, by its header."""
    for key, names in COLUMNS.items():
        if header in names.split():
            return key
    return None


def rows_of(table):
    """The rows of a table as tasks; rows across the whole table are headings."""
    last = table.header_rows - 1
    heads = [bare(cell_of(table, last, column)) for column in range(len(table.rows[0]))]
    for row in range(table.header_rows, len(table.rows)):
        if table.rows[row][1:] and set(table.rows[row][1:]) == {"<"}:
            continue
        task = {}
        for column, head in enumerate(heads):
            key, text = column_of(head), cell_of(table, row, column)
            if key and text:
                task[key] = names(text) if key in ("leader", "office", "support") else bare(text)
        yield task


def cell_of(table, row, column):
    """A cell, or the one that it belongs to, as it is shown."""
    row, column = table.owner(row, column)
    return shown(table.rows[row][column].replace("⏎", "\n"))


def names(text):
    """Names in a cell. The one that is broken over two lines is joined by hand."""
    text = text.replace("林\n巧云", "林巧云")
    return [bare(name) for name in re.split("[、，\n]", text)]


def tasks_of(node):
    """The tasks of a plan in the order of the notice."""
    found = []
    for section in node.get("sections", []):
        for item in section.get("items", []):
            found += item.get("tasks", [])
        found += section.get("tasks", [])
    return found + node.get("tasks", [])


def typed(task):
    """A task as it was typed, as far as a row knows it."""
    out = {}
    for key in COLUMNS:
        if key not in task:
            continue
        value = task[key]
        if isinstance(value, dict):
            value = value["as"]
        out[key] = names(value) if key in ("leader", "office", "support") else bare(value)
    return out


def compare(folder):
    """Prints the rows that differ."""
    source = HERE / "sources" / f"{folder.name}.txt"
    tables = [block for block in read(source, ("一、", "1.", "1.")) if isinstance(block, Table)]
    rows = [row for table in tables for row in rows_of(table) if row.get("task")]
    if not rows:
        print(f"{folder.name}: no table")
        return True
    plan = yaml.load((folder / "plan.yaml").read_text("utf-8"), yaml.BaseLoader)
    tasks = [typed(task) for task in tasks_of(plan)]
    wrong = [(row, task) for row, task in zip(rows, tasks) if row != task]
    print(f"{folder.name}: {len(rows)} rows, {len(tasks)} tasks, {len(wrong)} differ")
    for row, task in wrong:
        print(f"  table: {row}\n  typed: {task}")
    return not wrong and len(rows) == len(tasks)


if __name__ == "__main__":
    results = [compare(path.parent) for path in sorted(HERE.parent.glob("*/plan.yaml"))]
    sys.exit(0 if all(results) else 1)
