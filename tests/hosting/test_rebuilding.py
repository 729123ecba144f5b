"""Readers while the site is built again and again: no page is missing, none is torn."""

import http.client
import random
import tempfile
import threading
import unittest
from urllib.parse import quote

from servers import SERVERS, ask
from site_under_test import VARIANTS, Project

REBUILDS = 30
READERS = 2

# A page that is cut, or filled up, to the length of the one before it.
CUT = "cut"

# An edit that changes every page, and its length.
SHORT = "湖南科技大学2021年工会工作要点"
LONG = "湖南科技大学2021年工会工作要点（经教代会执委会审议通过，2021年3月29日印发）"


class Reader(threading.Thread):
    """Somebody who fetches pages, one after the other, until told to stop."""

    def __init__(self, server, versions, seed):
        super().__init__()
        self.server, self.versions = server, versions
        self.random = random.Random(seed)
        self.done = threading.Event()
        self.pages, self.cut, self.faults = 0, 0, []

    def run(self):
        self.connection = self.server.connect()
        names = [name for name in self.versions[0] if name.endswith(".html")]
        while not self.done.is_set() and len(self.faults) < 10:
            name = self.random.choice(names)
            fault = self.fault_of(name)
            if fault == CUT and self.server.cuts:
                self.cut += 1
                # What was cut heals at once.
                fault = self.fault_of(name)
            if fault:
                self.faults.append(f"{name}: {fault}")
        self.connection.close()

    def fault_of(self, name):
        """Fetches a page, and tells what is wrong with it."""
        encoding = self.random.choice((None, "gzip", "br"))
        try:
            response = ask(self.connection, f"/{quote(name)}", accept_encoding=encoding)
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return f"no answer: {error!r}"
        self.pages += 1
        if response.status != 200:
            return f"status {response.status}"
        copies = {encoding: ending for ending, encoding in VARIANTS.items()}
        copy = name + copies.get(response.headers.get("content-encoding"), "")
        whole = [version[copy] for version in self.versions]
        if response.body in whole:
            return None
        # A page of the old length, with the new page's text or as much of it as there is room for.
        text = response.body.rstrip(b"\0")
        is_cut = any(page.startswith(text) for page in whole)
        has_old_length = len(response.body) in [len(page) for page in whole]
        return CUT if is_cut and has_old_length else f"torn, {len(response.body)} bytes"


class Rebuilding(unittest.TestCase):
    def test_a_reader_sees_whole_pages_while_the_site_is_built_again_and_again(self):
        with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
            project = Project(folder, "https://www.example.edu.cn/")
            versions = []
            for old, new in ((SHORT, LONG), (LONG, SHORT)):
                project.replace("data/2021/plan.yaml", f"title: {old}", f"title: {new}")
                project.build_compressed()
                versions.append(project.published())
            self.assertEqual(versions[0].keys(), versions[1].keys())
            pages = [name for name in versions[0] if name.endswith(".html")]
            changed = [name for name in pages if versions[0][name] != versions[1][name]]
            self.assertGreater(len(changed), 40)
            servers = [server(project.out) for server in SERVERS]
            readers = [
                Reader(server, versions, f"{server} {number}")
                for server in servers
                for number in range(READERS)
            ]
            try:
                for reader in readers:
                    reader.start()
                for number in range(REBUILDS):
                    old, new = (SHORT, LONG) if number % 2 == 0 else (LONG, SHORT)
                    project.replace("data/2021/plan.yaml", f"title: {old}", f"title: {new}")
                    project.build_compressed()
            finally:
                for reader in readers:
                    reader.done.set()
                    reader.join()
                for server in servers:
                    server.stop()
        for reader in readers:
            with self.subTest(server=type(reader.server).__name__):
                self.assertEqual(reader.faults, [])
                self.assertGreater(reader.pages, REBUILDS)


if __name__ == "__main__":
    unittest.main()
