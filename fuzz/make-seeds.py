"""Makes what the fuzzer begins with of the notices of the tests: make-seeds.py NOTICES SEEDS."""

import pathlib
import sys
import zipfile

notices, seeds = map(pathlib.Path, sys.argv[1:])


def put(target: str, name: str, content: bytes) -> None:
    folder = seeds / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


for path in sorted(notices.glob("*/notice.*")):
    name = path.parent.name
    if path.suffix == ".html":
        put("web", name, path.read_bytes())
    elif path.suffix == ".txt":
        put("text", name, path.read_bytes())
    elif path.suffix == ".docx":
        put("word", f"{name}.docx", path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            # The styles of a template are as long as all notices together and say nothing new.
            names = ["word/document.xml", "word/numbering.xml", "word/header1.xml"]
            text, numbers, header = (part(archive, one) for one in names)
            put("word", name, b"\0".join([text, numbers, b"<styles/>", header]))
    elif path.suffix == ".xlsx":
        put("sheet", f"{name}.xlsx", path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            names = ["worksheets/sheet1.xml", "sharedStrings.xml", "styles.xml"]
            put("sheet", name, b"\0".join(part(archive, f"xl/{one}") for one in names))
