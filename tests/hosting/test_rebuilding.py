"""Readers while the site is built again and again: no page is missing, none is torn."""

import random
import tempfile
import threading
import unittest
from urllib.parse import quote

from servers import SERVERS, ask
from site_under_test import Project

REBUILDS = 30
READERS = 2

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
        self.pages, self.revalidated, self.faults = 0, 0, []

    def run(self):
        connection = self.server.connect()
        names = sorted(self.versions[0])
        while not self.done.is_set() and len(self.faults) < 10:
            name = self.random.choice(names)
            try:
                self.read(connection, name)
            except Exception as error:  # whatever it is, the reader saw no page
                self.faults.append(f"{name}: {error!r}")
                connection.close()
        connection.close()

    def read(self, connection, name):
        address = f"/{quote(name)}"
        response = ask(connection, address)
        self.pages += 1
        if response.status != 200:
            self.faults.append(f"{name}: status {response.status}")
        elif all(response.body != version[name] for version in self.versions):
            self.faults.append(f"{name}: torn, {len(response.body)} bytes")


class Rebuilding(unittest.TestCase):
    def test_a_reader_sees_whole_pages_while_the_site_is_built_again_and_again(self):
        with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
            project = Project(folder, "https://www.example.edu.cn/")
            versions = []
            for old, new in ((SHORT, LONG), (LONG, SHORT)):
                project.replace("data/2021/plan.yaml", f"title: {old}", f"title: {new}")
                project.build()
                versions.append(project.files())
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
                    project.build()
            finally:
                for reader in readers:
                    reader.done.set()
                    reader.join()
                for server in servers:
                    server.stop()
            for reader in readers:
                print(type(reader.server).__name__, reader.pages, reader.faults)
                self.assertEqual(reader.faults, [], type(reader.server).__name__)
                self.assertGreater(reader.pages, REBUILDS)


if __name__ == "__main__":
    unittest.main()
