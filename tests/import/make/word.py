"""Writes a notice as a Word document."""

import datetime
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from source import Paragraph, Table

WHEN = datetime.datetime(2024, 3, 1, 9, 0, 0)
SIZES = {"T": 22, "S": 16}
ALIGNED = {
    "T": WD_ALIGN_PARAGRAPH.CENTER,
    "S": WD_ALIGN_PARAGRAPH.CENTER,
    "R": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write(blocks, path, options):
    """Writes all blocks, then saves the file anew by LibreOffice if `options` ask for it."""
    document = docx.Document()
    prepare(document, options)
    if options.get("patterns"):
        add_numbering(document, options["patterns"], options.get("runs_through", ()))
    marks = Marks(document)
    previous = None
    for block in blocks:
        if block is None:
            continue
        if isinstance(block, Table):
            # Word takes two tables without a paragraph between them for one.
            if isinstance(previous, Table):
                document.add_paragraph()
            add_table(document, block, marks)
        elif block.kind == "PAGE":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif block.kind == "BOX":
            add_box(document, block.text)
        elif block.kind != "SHEET":
            add_paragraph(document.add_paragraph(), block, marks)
        previous = block
    document.save(path)
    if options.get("libreoffice"):
        save_by_libreoffice(path)
    still(path)


def prepare(document, options):
    """Fonts, page, header and footer."""
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.font.size = Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if options.get("header"):
        section.header.paragraphs[0].text = options["header"]
    if options.get("page_numbers"):
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("— ")
        add_field(paragraph, "PAGE", "1")
        paragraph.add_run(" —")
    core = document.core_properties
    core.author = options.get("author", "校工会办公室")
    core.created = core.modified = WHEN
    core.title = ""
    core.comments = ""


def add_field(paragraph, code, shown):
    """A field with the result that it had when it was saved."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()
        if kind is None:
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)
        elif kind == "text":
            run.text = shown
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def add_numbering(document, patterns, runs_through):
    """A list of several levels, as its first abstract number."""
    levels = []
    for level, pattern in enumerate(patterns):
        form = "chineseCountingThousand" if "一" in pattern else "decimal"
        form = "decimalEnclosedCircle" if "①" in pattern else form
        text = re.sub("[一1①]", f"%{level + 1}", pattern)
        restart = '<w:lvlRestart w:val="0"/>' if level in runs_through else ""
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{restart}'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )


class Marks:
    """Comments and tracked changes, numbered through the document."""

    def __init__(self, document):
        self.document = document
        self.count = 900

    def tracked(self, paragraph, piece):
        self.count += 1
        inserted = piece.kind == "inserted"
        change = OxmlElement("w:ins" if inserted else "w:del")
        change.set(qn("w:id"), str(self.count))
        change.set(qn("w:author"), "审稿人")
        change.set(qn("w:date"), "2024-03-01T09:00:00Z")
        run = paragraph.add_run(piece.text)._r
        if not inserted:
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")
        paragraph._p.remove(run)
        change.append(run)
        paragraph._p.append(change)

    def linked(self, paragraph, piece):
        relation = paragraph.part.relate_to(
            piece.extra, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        run = paragraph.add_run(piece.text)._r
        paragraph._p.remove(run)
        link.append(run)
        paragraph._p.append(link)

    def commented(self, paragraph, piece):
        run = paragraph.add_run(piece.text)
        comment = self.document.add_comment(run, text=piece.extra, author="审稿人", initials="审")
        comment._comment_elm.set(qn("w:date"), "2024-03-01T09:00:00Z")


def add_paragraph(paragraph, block, marks):
    """Fills a paragraph of the text."""
    paragraph.paragraph_format.line_spacing = 1.3
    if block.kind in ALIGNED:
        paragraph.alignment = ALIGNED[block.kind]
    elif block.kind != "L":
        paragraph.paragraph_format.first_line_indent = Pt(32)
    if block.kind.isdigit():
        properties = paragraph._p.get_or_add_pPr()
        number = parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{int(block.kind) - 1}"/>'
            '<w:numId w:val="90"/></w:numPr>'
        )
        properties._insert_numPr(number)
    add_pieces(paragraph, block, marks)
    for run in paragraph.runs:
        run.font.size = Pt(SIZES.get(block.kind, 16))
        run.bold = True if block.kind in ("T", "H", "1") else None


def add_pieces(paragraph, block, marks):
    """Fills in text and what is special about it. A heading that runs into its text is bold."""
    for piece in block.pieces():
        if piece.kind in ("inserted", "deleted"):
            marks.tracked(paragraph, piece)
        elif piece.kind == "linked":
            marks.linked(paragraph, piece)
        elif piece.kind == "commented":
            marks.commented(paragraph, piece)
        else:
            paragraph.add_run(piece.text)


def add_table(document, table, marks):
    """A real table, with its merges."""
    made = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    made.style = "Table Grid"
    for row, column, down, across, text in table.regions():
        cell = made.cell(row, column)
        if down > 1 or across > 1:
            cell = cell.merge(made.cell(row + down - 1, column + across - 1))
        fill(cell, text, row < table.header_rows, marks)
    if table.options.get("repeat"):
        for row in made.rows[: table.header_rows]:
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:tblHeader"))


def fill(cell, text, bold, marks):
    """Fills a cell: a paragraph for each of its lines."""
    for index, line in enumerate(text.split("⏎")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        add_pieces(paragraph, Paragraph("P", line), marks)
        for run in paragraph.runs:
            run.font.size = Pt(12)
            run.bold = True if bold else None


def add_box(document, text):
    """A text box as Word 2003 drew it, which every later Word still opens."""
    run = document.add_paragraph().add_run()
    run._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:shape type="#_x0000_t202" style="position:absolute;margin-left:300pt;'
            'margin-top:-40pt;width:140pt;height:28pt" filled="f"><v:textbox><w:txbxContent>'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )


def save_by_libreoffice(path):
    """Has LibreOffice read the file and write it its own way."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                folder,
                str(path),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        path.write_bytes((Path(folder) / path.name).read_bytes())


def still(path):
    """Takes the time of writing out of a zip file, so that the same source gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    saved = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            if name == "docProps/core.xml":
                content = saved.sub(rb"\g<1>2024-03-01T09:00:00Z", content)
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 3, 1, 9, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
