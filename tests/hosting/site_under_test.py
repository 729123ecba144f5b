"""The site that the servers serve: the shipped plan, and a file of every kind that people publish."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PROGRAM = shlex.split(
    os.environ.get("UNIONPLAN")
    or f"cargo run --locked --quiet --manifest-path {shlex.quote(str(HOME / 'Cargo.toml'))} --"
)

# The compressed copies that `build --compress` puts beside text files, and their encodings.
VARIANTS = {".gz": "gzip", ".br": "br"}

# A download of each kind, none of which a server may leave without a type.
DOWNLOADS = (
    "atom csv docx et gif htm ics jpg json map md ofd pdf png txt webmanifest webp wps xlsx xml"
    " yaml yml zip"
).split()


class Project:
    """A root folder with the shipped data, and its output, with `.unionplan/` beside it."""

    def __init__(self, folder, base_url):
        self.root = Path(folder) / "project"
        self.out = Path(folder) / "www" / "public"
        self.base_url = base_url
        for name in ("data", "site"):
            shutil.copytree(HOME / name, self.root / name)
        for ending in DOWNLOADS:
            self.write(f"site/static/downloads/sample.{ending}", f"{ending} 文件\n" * 200)
        self.write("data/2021/files/2021年工作要点.docx", "A document.")
        # A web server runs as somebody else.
        for path in (Path(folder), self.out.parent):
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o755)

    def write(self, path, text):
        """Writes a file under the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def replace(self, path, old, new):
        """Replaces a text in a file under the root, which must hold it."""
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{path} does not hold {old}"
        self.write(path, text.replace(old, new))

    def build(self, *options):
        """Builds the site, and insists that it went well."""
        command = [*PROGRAM, "build", "--lang", "en", "--root", self.root, "--out", self.out]
        subprocess.run(
            [*map(str, command), "--base-url", self.base_url, *options],
            check=True, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )

    def build_compressed(self):
        """Builds the site with a `.gz` and a `.br` beside each text file."""
        self.build("--compress")

    def published(self):
        """Every file of the output, without dot-files, by its path."""
        paths = [path for path in sorted(self.out.rglob("*")) if path.is_file()]
        names = {path.relative_to(self.out).as_posix(): path for path in paths}
        return {
            name: path.read_bytes()
            for name, path in names.items()
            if not any(part.startswith(".") for part in name.split("/"))
        }

    def files(self):
        """The same without compressed copies."""
        published = self.published()
        return {
            name: content
            for name, content in published.items()
            if not any(name.endswith(end) and name[: -len(end)] in published for end in VARIANTS)
        }
