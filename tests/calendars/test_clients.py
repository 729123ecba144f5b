"""A subscriber's year: vdirsyncer fetches a calendar over HTTP as often as it is asked to, and khal
shows what is on. Both are programs that people use; they run with folders of their own.
"""

import functools
import http.server
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

from test_parsers import HOME, PROGRAM, copy_project

SYNC = """
[general]
status_path = "{folder}/status/"
[pair plan]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"
[storage there]
type = "http"
url = "{address}"
"""

SHOW = """
[calendars]
[[plan]]
path = {folder}/calendar/
readonly = True
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %m-%d
longdateformat = %Y-%m-%d
datetimeformat = %m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
highlight_event_days = False
"""


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Subscriber(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.root = self.folder / "project"
        copy_project(HOME, self.root)
        self.publish()
        handler = functools.partial(Silent, directory=self.root / "public")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}/2021/offices/publicity.ics"
        (self.folder / "sync").write_text(SYNC.format(folder=self.folder, address=address))
        (self.folder / "show").write_text(SHOW.format(folder=self.folder))
        (self.folder / "calendar").mkdir()
        self.run_tool("vdirsyncer", "--config", "sync", "discover")

    def run_tool(self, name, *arguments):
        tool = Path(sys.executable).with_name(name)
        home = {**os.environ, "HOME": str(self.folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        ran = subprocess.run(
            [tool, *arguments], cwd=self.folder, env=home, capture_output=True, text=True, input=""
        )
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def publish(self, updates=None):
        if updates:
            (self.root / "data/2021/updates.yaml").write_text(updates, "utf-8")
        build = [PROGRAM, "build", "--root", self.root, "--out", self.root / "public"]
        subprocess.run(build, check=True, capture_output=True)

    def on(self, first, days):
        """What khal shows from a day on, after another look at the server."""
        self.run_tool("vdirsyncer", "--config", "sync", "sync")
        line = "{start-date} {start-time} {end-time} {title}"
        shown = self.run_tool(
            "khal", "--config", "show", "list", "--day-format", "", "--format", line, first, days
        )
        return [" ".join(line.split()) for line in shown.splitlines() if line.strip()]

    def test_a_subscriber_sees_the_month_then_the_day_then_what_became_of_it(self):
        month = [
            "05-01 5月：“奋进新征程”拔河比赛",
            "05-01 5月：“劳动创造幸福、奋斗铸就伟大”先进事迹报告会等",
            "05-01 5月：学讲话、学典型",
        ]
        self.assertEqual(sorted(self.on("2021-05-01", "31d")), sorted(month))
        set_day = "- { on: 2021-05-06, about: tug-of-war, date: 2021-05-14 15:00–17:00, place: 北校田径场 }\n"
        self.publish(set_day)
        day = ["05-14 15:00 17:00 “奋进新征程”拔河比赛"]
        self.assertEqual(self.on("2021-05-02", "29d"), day)
        self.publish(set_day + "- { on: 2021-05-12, about: tug-of-war, status: 已延期, date: 2021-06-04 }\n")
        self.assertEqual(self.on("2021-05-02", "29d"), [])
        self.assertIn("06-04 “奋进新征程”拔河比赛", self.on("2021-06-01", "30d"))


if __name__ == "__main__":
    unittest.main()
