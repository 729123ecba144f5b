"""The pages in a real browser, from a server that sends the strict Content-Security-Policy."""

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from urllib.parse import urlsplit

from servers import Apache, Caddy, NginxWithBrotli
from site_under_test import Project

HERE = Path(__file__).parent

# A day of the plan's year, on which the script has something to mark.
TODAY = "2021-05-10"

FORBIDDEN = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8"><title>Forbidden</title><style>p { color: red }</style>
<link rel="icon" href="data:,"></head>
<body><p style="color: red">Text</p><script>document.title = "run"</script>
<img src="http://localhost:9/picture.png" alt=""></body></html>
"""


def browse(addresses):
    """What Chromium did with each address."""
    command = ["node", str(HERE / "browse.mjs"), TODAY, *addresses]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


def one_of_each_kind(files):
    """A page of each kind: an overview, a month, an item."""
    kinds = {}
    for name, content in files.items():
        kind = re.search(rb'<body class="k-([a-z-]+)"', content)
        if name.endswith(".html") and kind:
            kinds.setdefault(kind[1], name)
    return list(kinds.values())


class Browsing(unittest.TestCase):
    def test_no_page_of_the_site_offends_against_the_policy(self):
        for server, path in ((NginxWithBrotli, "/"), (Apache, "/a/b/"), (Caddy, "/a/b/")):
            with self.subTest(server=server.__name__), tempfile.TemporaryDirectory() as folder:
                project = Project(folder, f"https://www.example.edu.cn{path}")
                project.build_compressed()
                files = project.files()
                pages = [name for name in files if name.endswith(".html")]
                self.assertGreater(len(pages), 50)
                # Every page by one server; the others send the same policy.
                if server is not NginxWithBrotli:
                    pages = one_of_each_kind(files)
                    self.assertGreater(len(pages), 10)
                with server(project.out, path) as running:
                    origin = f"http://127.0.0.1:{running.port}"
                    results = browse([f"{origin}{path}{name}" for name in pages])
                for result in results:
                    with self.subTest(page=result["address"]):
                        self.assert_is_quiet(result, running.port, 200)
                marked = [result["address"] for result in results if result["marks"]]
                self.assertGreater(len(marked), 2, "the script was not run")

    def test_the_page_for_missing_addresses_is_whole_at_any_depth(self):
        with tempfile.TemporaryDirectory() as folder:
            project = Project(folder, "https://www.example.edu.cn/a/b/")
            project.build_compressed()
            with NginxWithBrotli(project.out, "/a/b/") as running:
                [result] = browse([f"http://127.0.0.1:{running.port}/a/b/very/deep/down.html"])
            # The browser itself remarks on the status.
            remark = "error: Failed to load resource: the server responded with a status of 404 (Not Found)"
            self.assertEqual(result["said"], [remark])
            result["said"] = []
            self.assert_is_quiet(result, running.port, 404)
            self.assertIn("没有这个页面", result["title"])

    def test_what_the_policy_forbids_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            project = Project(folder, "https://www.example.edu.cn/")
            project.build()
            (project.out / "forbidden.html").write_text(FORBIDDEN, "utf-8")
            with NginxWithBrotli(project.out) as running:
                [result] = browse([f"http://127.0.0.1:{running.port}/forbidden.html"])
            kinds = {violation.split(" ")[0] for violation in result["violations"]}
            self.assertEqual(kinds, {"style-src-elem", "style-src-attr", "script-src-elem", "img-src"})
            self.assertEqual(result["title"], "Forbidden")

    def assert_is_quiet(self, result, port, status):
        """A page that is styled, says nothing, offends nobody and stays on its host."""
        self.assertEqual(result["status"], status)
        self.assertEqual(result["violations"], [])
        self.assertEqual(result["said"], [])
        hosts = {urlsplit(request).netloc for request in result["requests"]}
        self.assertEqual(hosts, {f"127.0.0.1:{port}"})
        self.assertEqual(len(result["rules"]), 1)
        self.assertGreater(result["rules"][0], 100)


if __name__ == "__main__":
    unittest.main()
