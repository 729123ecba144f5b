"""The systemd unit: systemd accepts it, and it keeps the program from all but its own folder."""

import configparser
import subprocess
import tempfile
import unittest
from pathlib import Path

from documents import EXAMPLE_FOLDER, FOLDER

UNIT = FOLDER / "unionplan.service"

# The most that systemd may find to say against it, on its scale from 0 to 100.
EXPOSURE = 10


class Unit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        # The program is not installed where the tests run; something that can be executed is.
        text = UNIT.read_text("utf-8").replace("/usr/local/bin/unionplan", "/bin/true")
        cls.unit = Path(cls.folder.name) / "unionplan.service"
        cls.unit.write_text(text, "utf-8")
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        parser.optionxform = str
        parser.read(UNIT, "utf-8")
        cls.service = parser["Service"]

    def test_systemd_has_nothing_to_say_against_it(self):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", self.unit],
            check=False, capture_output=True, text=True,
        )
        self.assertEqual((done.returncode, done.stderr.strip()), (0, ""))

    def test_it_is_hardened(self):
        done = subprocess.run(
            [
                "systemd-analyze", "security", "--no-pager", "--offline=true",
                f"--threshold={EXPOSURE}", self.unit,
            ],
            check=False, capture_output=True, text=True,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("Overall exposure level", done.stdout)

    def test_only_the_folder_that_holds_site_and_state_may_be_written(self):
        self.assertEqual(self.service["ProtectSystem"], "strict")
        # One folder: a file can't be renamed from one mount to another.
        self.assertEqual(self.service["ReadWritePaths"], str(Path(EXAMPLE_FOLDER).parent))
        self.assertIn(f"--out {EXAMPLE_FOLDER}", self.service["ExecStart"])


if __name__ == "__main__":
    unittest.main()
