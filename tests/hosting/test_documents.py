"""What the documents show is what the files hold, and what they claim is so."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from documents import (
    DOCUMENTS,
    EXAMPLE_FOLDER,
    EXAMPLE_HOST,
    FILES,
    FOLDER,
    blocks,
    changes_for_a_path,
    prose,
)
from servers import SERVERS
from site_under_test import HOME, PROGRAM, Project


def without_remarks(text):
    """Commands without what is said behind them in the document's language."""
    return re.sub(r" {3}# .*$", "", text, flags=re.MULTILINE)


def commands(document, beginning):
    """The lines of a document's blocks that begin with a word."""
    lines = [line for _, text in blocks(document) for line in without_remarks(text).splitlines()]
    return [line for line in lines if line.startswith(f"{beginning} ")]


def sessions(document):
    """The commands of the document's console and what each is to show, the first of which only
    says where the site is."""
    [console] = [text for language, text in blocks(document) if language == "console"]
    parts = re.split(r"^\$ ", without_remarks(console), flags=re.MULTILINE)[1:]
    parts = [part.splitlines() for part in parts]
    return [(command, lines) for command, *lines in parts]


def plainly(line):
    """A header line, or a status line, without what may differ."""
    line = re.sub(r"\s*;\s*", "; ", line.strip().lower())
    return re.sub(r"^(http/[0-9.]+ [0-9]+).*$", r"\1", line)


class Documents(unittest.TestCase):
    def test_both_documents_show_every_file_word_for_word(self):
        self.assertEqual({path.name for path in FOLDER.iterdir()}, set(FILES))
        for document in DOCUMENTS:
            shown = [text for _, text in blocks(document)]
            for name in FILES:
                with self.subTest(document=document.name, file=name):
                    self.assertEqual(shown.count((FOLDER / name).read_text("utf-8")), 1)

    def test_both_documents_say_the_same_in_two_languages(self):
        english, chinese = DOCUMENTS
        code = [
            [
                (language, without_remarks(text) if language in ("sh", "console") else text)
                for language, text in blocks(document) if language != "text"
            ]
            for document in DOCUMENTS
        ]
        self.assertEqual(code[0], code[1])
        self.assertGreater(len(code[0]), 10)
        self.assertEqual(changes_for_a_path(english), changes_for_a_path(chinese))
        headings = [
            re.findall(r"^#+(?= )", prose(document), re.MULTILINE) for document in DOCUMENTS
        ]
        self.assertEqual(headings[0], headings[1])

    def test_links_lead_to_files_and_headings_that_are_there(self):
        for document in (*DOCUMENTS, HOME / "README.md", HOME / "README.zh-CN.md"):
            text = prose(document)
            headings = {
                re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
                for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
            }
            links = re.findall(r"\]\(([^)]+)\)", text)
            self.assertGreater(len(links), 3)
            for link in links:
                with self.subTest(document=document.name, link=link):
                    if link.startswith("#"):
                        self.assertIn(link[1:], headings)
                    elif not link.startswith("https://"):
                        self.assertTrue((document.parent / link).exists())

    def test_each_readme_leads_to_its_document(self):
        for readme, document in zip(("README.md", "README.zh-CN.md"), DOCUMENTS):
            text = (HOME / readme).read_text("utf-8")
            self.assertIn(f"](docs/{document.name})", text, readme)

    def test_every_change_for_a_path_is_one_that_can_be_made(self):
        changes = changes_for_a_path(DOCUMENTS[0])
        self.assertEqual({name for name, _, _ in changes}, set(FILES) - {"unionplan.service"})
        for name, old, _ in changes:
            with self.subTest(file=name, text=old):
                self.assertEqual((FOLDER / name).read_text("utf-8").count(old), 1)

    def test_every_server_answers_as_the_documents_say(self):
        [english, chinese] = [sessions(document) for document in DOCUMENTS]
        self.assertEqual(english, chinese)
        (address, nothing), *english = english
        self.assertEqual((address, nothing), (f"U=http://{EXAMPLE_HOST}", []))
        self.assertGreater(len(english), 5)
        # The name is in no DNS.
        [[resolve], [same]] = [commands(document, "alias") for document in DOCUMENTS]
        self.assertEqual(resolve, same)
        with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
            project = Project(folder, f"https://{EXAMPLE_HOST}/")
            project.build_compressed()
            for server in SERVERS:
                with server(project.out) as running:
                    for command, expected in english:
                        with self.subTest(server=server.__name__, command=command):
                            lines = [
                                resolve.replace(":80:", f":{running.port}:"),
                                f"{address}:{running.port}",
                                command,
                            ]
                            before = sorted(Path(folder).iterdir())
                            said = subprocess.run(
                                ["sh", "-c", "\n".join(lines)], cwd=folder, check=True,
                                stdout=subprocess.PIPE, text=True,
                                env={**os.environ, "TMPDIR": folder},
                            ).stdout
                            self.assertEqual(sorted(Path(folder).iterdir()), before)
                            shown = [plainly(line) for line in said.splitlines()]
                            for line in expected:
                                self.assertIn(plainly(line), shown)

    def test_the_options_that_the_documents_name_are_those_of_the_program(self):
        help_text = subprocess.run(
            [*PROGRAM, "--help", "--lang", "en"], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        for document in DOCUMENTS:
            text = document.read_text("utf-8")
            called = re.findall(r"unionplan (?:build|check|watch|serve)((?: --[a-z-]+| \S+)*)", text)
            options = {word for call in called for word in call.split() if word.startswith("--")}
            options |= set(re.findall(r"(?<=`)--(?:poll|overwrite|durable|compress)(?=`)", text))
            self.assertGreater(len(options), 3)
            for option in options:
                self.assertIn(option, help_text, document.name)


class Copying(unittest.TestCase):
    def test_the_commands_of_the_documents_bring_the_site_to_another_place(self):
        [first, second] = [commands(document, "rsync") for document in DOCUMENTS]
        self.assertEqual(first, second)
        self.assertEqual(len(first), 2)
        [[beforehand], [same]] = [commands(document, "ssh") for document in DOCUMENTS]
        self.assertEqual(beforehand, same)
        with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
            project = Project(folder, f"https://{EXAMPLE_HOST}/")
            project.write("site/static/gone.txt", "Soon gone.")
            project.build()
            target = Path(folder) / "elsewhere" / "www" / "public"
            # What the other machine does, done here.
            beforehand = beforehand.removeprefix("ssh www.example.edu.cn ")
            beforehand = beforehand.replace(EXAMPLE_FOLDER, str(target))
            subprocess.run(["sh", "-c", beforehand], check=True)
            state = target / ".unionplan" / "manifest"
            state.parent.mkdir()
            state.write_text("of another site")
            shutil.copytree(project.out.parent / ".unionplan", project.out / ".unionplan")

            def copy():
                for command in first:
                    command = command.replace(f"www.example.edu.cn:{EXAMPLE_FOLDER}", str(target))
                    subprocess.run(["sh", "-c", command], cwd=project.out.parent, check=True)
                found = [path for path in target.rglob("*") if path.is_file() and path != state]
                return {path.relative_to(target).as_posix(): path.read_bytes() for path in found}

            self.assertEqual(sorted(copy()), sorted(project.files()))
            self.assertEqual(copy(), project.files())
            before = (target / "404.html").stat().st_mtime_ns
            (project.root / "site/static/gone.txt").unlink()
            project.replace("data/2021/plan.yaml", "when: 11月\n", "when: 10月\n")
            project.build()
            self.assertNotIn("gone.txt", project.files())
            self.assertEqual(copy(), project.files())
            # A page that did not change keeps its time, and so its ETag.
            self.assertEqual((target / "404.html").stat().st_mtime_ns, before)
            self.assertEqual(state.read_text(), "of another site")


if __name__ == "__main__":
    unittest.main()
