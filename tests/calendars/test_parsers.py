"""The calendars of built sites, read by the parsers of others: icalendar and vobject in Python,
ical.js in Node. All of them must read the same, and what the data says.

UNIONPLAN names the program; the Python that runs this has icalendar, vobject and PyYAML.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import icalendar
import vobject
import yaml

HOME = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("UNIONPLAN") or str(HOME / "target/debug/unionplan")
FIXTURE = HOME / "tests/fixtures/by-month"


def noted(time):
    """A day as it is, a time in universal time."""
    if isinstance(time, datetime):
        return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")
    return time.isoformat()


def by_icalendar(path):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    faults = [fault for event in calendar.walk() for fault in event.errors]
    assert not faults, (path, faults)
    events = [
        {
            "uid": str(event["UID"]),
            "title": str(event["SUMMARY"]),
            "start": noted(event["DTSTART"].dt),
            "end": noted(event.get("DTEND", event["DTSTART"]).dt),
            "place": str(event.get("LOCATION", "")),
            "details": str(event["DESCRIPTION"]),
            "status": str(event["STATUS"]),
        }
        for event in calendar.walk("VEVENT")
    ]
    return {"name": str(calendar["X-WR-CALNAME"]) if "X-WR-CALNAME" in calendar else None, "events": events}


def by_vobject(path):
    calendar = vobject.readOne(path.read_text("utf-8"))
    events = [
        {
            "uid": event.uid.value,
            "title": event.summary.value,
            "start": noted(event.dtstart.value),
            "end": noted((event.dtend if hasattr(event, "dtend") else event.dtstart).value),
            "place": event.location.value if hasattr(event, "location") else "",
            "details": event.description.value,
            "status": event.status.value,
        }
        for event in getattr(calendar, "vevent_list", [])
    ]
    name = calendar.x_wr_calname.value if hasattr(calendar, "x_wr_calname") else None
    return {"name": name, "events": events}


def by_ical_js(path):
    read = subprocess.run(["node", HOME / "tests/calendars/read.mjs", path], check=True, capture_output=True)
    return json.loads(read.stdout)


def copy_project(source, root):
    """What a build needs of a folder: its data and its settings."""
    for name in ("data", "site"):
        shutil.copytree(source / name, root / name)


def tasks_of(node):
    """Every task of a plan, wherever it stands."""
    for part in [node] + node.get("sections", []) + [i for s in node.get("sections", []) for i in s.get("items", [])]:
        yield from part.get("tasks", [])


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    def build(self, source, updates=None):
        root = Path(self.folder.name) / f"{self.id()}-{source.name}"
        copy_project(source, root)
        if updates:
            (root / "data/2021/updates.yaml").write_text(updates, "utf-8")
        build = [PROGRAM, "build", "--root", root, "--out", root / "public"]
        subprocess.run(build, check=True, capture_output=True)
        return root / "public"

    def by_month(self):
        return self.build(FIXTURE)

    def read(self, path):
        """What all parsers read alike."""
        first = by_icalendar(path)
        self.assertEqual(by_vobject(path), first, f"vobject and icalendar on {path.name}")
        self.assertEqual(by_ical_js(path), first, f"ical.js and icalendar on {path.name}")
        return first

    def days(self, calendar):
        """Titles with their first and last day, or their hours."""
        found = []
        for event in calendar["events"]:
            start, end = event["start"], event["end"]
            if len(end) == 10:
                end = (date.fromisoformat(end) - timedelta(days=1)).isoformat()
            found.append((start, end, event["title"]))
        return found

    def test_all_parsers_read_every_file_of_the_sites_alike(self):
        count = 0
        for public in (self.build(HOME), self.by_month()):
            for path in sorted(public.rglob("*.ics")):
                self.read(path)
                count += 1
        self.assertGreater(count, 10)

    def test_the_shipped_plan_reads_as_its_data_says(self):
        public = self.build(HOME)
        plan = yaml.safe_load((HOME / "data/2021/plan.yaml").read_text("utf-8"))
        whole, of_office = set(), {"宣教科": set(), "综合科": set()}
        for task in tasks_of(plan):
            for work in [task] + task.get("activities", []):
                month = re.fullmatch(r"(\d+)月", work["when"])
                if month:
                    day = f"2021-{int(month[1]):02}-01"
                    event = (day, day, f"{work['when']}：{work.get('name') or work['task']}")
                    whole.add(event)
                    for office, events in of_office.items():
                        if task["office"] in (office, "全体"):
                            events.add(event)
        self.assertEqual(len(whole), 16)
        calendar = self.read(public / "2021/calendar.ics")
        self.assertEqual(calendar["name"], "湖南科技大学工会2021年工作")
        self.assertEqual(sorted(self.days(calendar)), sorted(whole))
        for file, office in (("publicity", "宣教科"), ("general", "综合科")):
            calendar = self.read(public / f"2021/offices/{file}.ics")
            self.assertEqual(sorted(self.days(calendar)), sorted(of_office[office]), office)

    def test_times_of_every_kind_read_as_days(self):
        days = self.days(self.read(self.by_month() / "2024/calendar.ics"))
        for event in [
            ("2024-05-10T07:00Z", "2024-05-10T09:00Z", "篮球赛"),
            ("2024-03-08", "2024-03-08", "“三八”系列活动"),
            ("2024-03-01", "2024-03-01", "3月上旬：召开年度工作部署会"),
            ("2024-04-11", "2024-04-11", "4月中旬至5月上旬：春季趣味运动会"),
            ("2024-04-01", "2024-04-01", "4月、10月：教职工健步走"),
            ("2024-10-01", "2024-10-01", "4月、10月：教职工健步走"),
            ("2024-06-30", "2024-06-30", "6月底前：困难职工建档"),
            ("2024-09-01", "2024-09-01", "教师节前：教师节慰问"),
            ("2024-12-01", "2024-12-01", "2024年12月—2025年1月：元旦联欢"),
        ]:
            self.assertIn(event, days)

    def test_what_updates_say_is_read_by_all(self):
        public = self.build(
            HOME,
            updates=(
                "- { on: 2021-05-06, about: tug-of-war, date: 2021-05-14 15:00–17:00, place: '北校, 田径场; 西侧' }\n"
                "- { on: 2021-05-07, about: recitation, date: 6月18日—20日, status: 已取消 }\n"
                "- { on: 2021-05-08, about: history-exhibition, status: 已延期 }\n"
            ),
        )
        events = {event["title"]: event for event in self.read(public / "2021/calendar.ics")["events"]}
        pull = events["“奋进新征程”拔河比赛"]
        self.assertEqual((pull["start"], pull["end"]), ("2021-05-14T07:00Z", "2021-05-14T09:00Z"))
        self.assertEqual(pull["place"], "北校, 田径场; 西侧")
        self.assertIn("责任科室：宣教科\n责任领导：刘婕\n", pull["details"])
        recitation = events["（已取消）“科大教工心向党”朗诵比赛"]
        self.assertEqual((recitation["start"], recitation["end"]), ("2021-06-18", "2021-06-21"))
        self.assertEqual(recitation["status"], "CANCELLED")
        exhibition = events["（已延期）7月：“永远跟党走——中国工会发展史”展览"]
        self.assertEqual((exhibition["start"], exhibition["status"]), ("2021-07-01", "TENTATIVE"))
        self.read(public / "2021/activities/tug-of-war.ics")


if __name__ == "__main__":
    unittest.main()
