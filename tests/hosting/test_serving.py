"""What each web server does with the site and its configuration file: at the root of a domain, and
below a path as the documents teach it."""

import gzip
import os
import re
import subprocess
import tempfile
import time
import unittest
from urllib.parse import quote

from servers import SERVERS, ask
from site_under_test import VARIANTS, Project

PATHS = ("/", "/a/b/")

# The type of each kind of file. Where two are right, servers differ.
TYPES = {
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "(text|application)/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json(; charset=utf-8)?",
    "xml": "(text|application)/xml(; charset=utf-8)?",
    "map": "application/json(; charset=utf-8)?",
    "atom": r"application/atom\+xml(; charset=utf-8)?",
    "yaml": "application/yaml(; charset=utf-8)?",
    "yml": "application/yaml(; charset=utf-8)?",
    "webmanifest": r"application/manifest\+json(; charset=utf-8)?",
    "svg": r"image/svg\+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.document",
    "xlsx": r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet",
    "zip": "application/zip",
    "ofd": "application/ofd",
    "wps": r"application/(octet-stream|vnd\.ms-works)",
    "et": "application/octet-stream",
}

POLICY = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

FOREVER = "public, max-age=31536000, immutable"

SECRET = b"nobody's business"


def a_minute_ago(folder):
    """Sets back the time of all files: an entity tag is weak as long as its file is younger than a
    second (RFC 9110, 8.8.1), so that of a site just built changes between two requests."""
    then = time.time() - 60
    for path in folder.rglob("*"):
        os.utime(path, (then, then), follow_symlinks=False)


class Serving:
    """What holds for every server and path."""

    server: type
    path: str

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="hosting-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.project = Project(cls.folder.name, f"https://www.example.edu.cn{cls.path}")
        cls.project.build_compressed()
        cls.files = cls.project.files()
        out = cls.project.out
        for hidden in (
            ".secret", ".unionplan/manifest", ".git/config", "2021/.secret.html", "../secret.txt",
            ".unionplan/staging/index.html",
        ):
            (out / hidden).parent.mkdir(parents=True, exist_ok=True)
            (out / hidden).write_bytes(SECRET)
        a_minute_ago(out)
        cls.running = cls.server(out, cls.path)
        cls.addClassCleanup(cls.running.stop)

    def setUp(self):
        self.connection = self.running.connect()
        self.addCleanup(self.connection.close)

    def ask(self, target, method="GET", **headers):
        return ask(self.connection, target, method, **headers)

    def address(self, name):
        return self.path + quote(name)

    def get(self, name, method="GET", **headers):
        """Asks for a file of the site."""
        return self.ask(self.address(name), method, **headers)

    def test_every_file_of_the_site_comes_with_its_bytes_and_type(self):
        self.assertGreater(len(self.files), 70)
        for name, content in self.files.items():
            with self.subTest(file=name):
                response = self.get(name)
                self.assertEqual(response.status, 200)
                self.assertEqual(response.body, content)
                ending = name.rsplit(".", 1)[-1]
                self.assertRegex(response.headers.get("content-type", ""), f"^{TYPES[ending]}$")
                self.assertNotIn("content-encoding", response.headers)
                self.assertNotIn("content-language", response.headers)

    def test_assets_are_kept_for_a_year_and_all_else_is_asked_after(self):
        assets = 0
        for name in self.files:
            with self.subTest(file=name):
                is_asset = name.startswith("assets/")
                assets += is_asset
                for encoding in (None, "gzip", "br"):
                    response = self.get(name, accept_encoding=encoding)
                    self.assertEqual(
                        response.headers.get("cache-control"), FOREVER if is_asset else "no-cache"
                    )
        # A sheet, an icon, and the scripts of every page, of the schedule and of the search.
        self.assertEqual(assets, 5)

    def test_every_file_comes_with_the_security_headers(self):
        for name in self.files:
            with self.subTest(file=name):
                response = self.get(name, accept_encoding="gzip, br")
                self.assertEqual({key: response.headers.get(key) for key in POLICY}, POLICY)

    def test_head_tells_what_get_would(self):
        for name in self.files:
            with self.subTest(file=name):
                head, get = self.get(name, "HEAD"), self.get(name)
                self.assertEqual((head.status, head.body), (200, b""))
                for key in ("content-length", "content-type", "etag", "last-modified", "cache-control"):
                    self.assertEqual(head.headers.get(key), get.headers.get(key), key)
                self.assertEqual(head.headers["content-length"], str(len(get.body)))

    def test_an_unchanged_file_is_not_sent_again(self):
        for name in self.files:
            with self.subTest(file=name):
                for encoding in (None, "gzip", "br"):
                    first = self.get(name, accept_encoding=encoding)
                    self.assertIn("etag", first.headers)
                    for condition in (
                        {"if_none_match": first.headers["etag"]},
                        {"if_modified_since": first.headers["last-modified"]},
                    ):
                        again = self.get(name, accept_encoding=encoding, **condition)
                        self.assertEqual((again.status, again.body), (304, b""), condition)
                    changed = self.get(name, accept_encoding=encoding, if_none_match='"another"')
                    self.assertEqual((changed.status, changed.body), (200, first.body))

    def test_a_compressed_copy_is_sent_to_those_who_take_it(self):
        compressed = 0
        for name, content in self.files.items():
            with self.subTest(file=name):
                copies = {
                    encoding: self.project.out / f"{name}{ending}"
                    for ending, encoding in VARIANTS.items()
                }
                if not all(copy.is_file() for copy in copies.values()):
                    continue
                compressed += 1
                for accepted, expected in (
                    ("gzip", "gzip"),
                    ("gzip, deflate", "gzip"),
                    ("br", "br" if self.server.sends_brotli else None),
                    ("gzip, deflate, br", "br" if self.server.sends_brotli else "gzip"),
                    ("gzip, deflate, br, zstd", "br" if self.server.sends_brotli else "gzip"),
                    ("identity", None),
                    ("gzip;q=0", None),
                    (None, None),
                ):
                    response = self.get(name, accept_encoding=accepted)
                    self.assertEqual(response.headers.get("content-encoding"), expected, accepted)
                    body = copies[expected].read_bytes() if expected else content
                    self.assertEqual((response.status, response.body), (200, body), accepted)
                    self.assertIn("Accept-Encoding", response.headers.get("vary", ""), accepted)
                    ending = name.rsplit(".", 1)[-1]
                    kind = response.headers["content-type"].replace(";charset", "; charset")
                    self.assertRegex(kind, f"^{TYPES[ending]}$", accepted)
                    self.assertNotIn("content-language", response.headers)
        self.assertGreater(compressed, 60)

    def test_an_address_that_leads_nowhere_shows_the_page_for_it_with_status_404(self):
        page = self.files["404.html"]
        for name in (
            "nothing", "nothing/", "2021/nothing.html", "2021/items/99/very/deep.html",
            "assets/site-00000000.css", "downloads/nothing.ics", "index.html/nothing",
        ):
            with self.subTest(address=name):
                response = self.get(name)
                self.assertEqual((response.status, response.body), (404, page))
                self.assertEqual(response.headers["content-type"], TYPES["html"])
                self.assertEqual(response.headers["cache-control"], "no-cache")
                self.assertEqual({key: response.headers.get(key) for key in POLICY}, POLICY)
                # A browser that comes again still has to see a page.
                again = self.get(
                    name,
                    if_none_match=response.headers.get("etag"),
                    if_modified_since=response.headers.get("last-modified"),
                )
                self.assertEqual((again.status, again.body), (404, page))
                head = self.get(name, "HEAD")
                self.assertEqual((head.status, head.body), (404, b""))

    def test_the_page_for_missing_addresses_finds_its_way_from_anywhere(self):
        page = self.get("2021/items/99/very/deep.html").body.decode()
        links = re.findall(r'(?:href|src)="([^"#]+)"', page)
        self.assertGreater(len(links), 3)
        for link in links:
            self.assertTrue(link.startswith(self.path), link)
            self.assertEqual(self.ask(link).status, 200, link)

    def test_a_folder_shows_its_index(self):
        for folder in ("", "2021/"):
            for method in ("GET", "HEAD"):
                response = self.get(folder, method)
                self.assertEqual(response.status, 200)
                expected = self.files[f"{folder}index.html"] if method == "GET" else b""
                self.assertEqual(response.body, expected)
            compressed = self.get(folder, accept_encoding="gzip")
            self.assertEqual(compressed.headers.get("content-encoding"), "gzip")
            self.assertEqual(gzip.decompress(compressed.body), self.files[f"{folder}index.html"])

    def test_a_folder_without_its_slash_is_sent_on(self):
        folders = ["2021"] + ([""] if self.path != "/" else [])
        for folder in folders:
            address = (self.path + folder).rstrip("/")
            response = self.ask(address)
            self.assertIn(response.status, (301, 302, 308), address)
            target = re.sub(r"^https?://[^/]+", "", response.headers["location"])
            self.assertEqual(target, f"{address}/")
            self.assertEqual(self.ask(target).status, 200)

    def test_a_folder_without_an_index_is_not_listed(self):
        for folder in ("assets/", "2021/items/", "downloads/"):
            response = self.get(folder)
            self.assertIn(response.status, (403, 404))
            for name in ("site-", "sample", "1.html"):
                self.assertNotIn(name, re.sub(r'"[^"]*"', "", response.body.decode()))

    def test_dot_files_are_not_there(self):
        page = self.files["404.html"]
        for name in (
            ".secret", ".unionplan", ".unionplan/", ".unionplan/manifest", ".git/config",
            "2021/.secret.html", "%2esecret", "%2Eunionplan/manifest",
            ".unionplan/staging/index.html", ".unionplan/staging/", "2021/../.secret", "//.secret",
        ):
            response = self.ask(self.path + name)
            self.assertNotIn(SECRET, response.body, name)
            self.assertEqual((response.status, response.body), (404, page), name)

    def test_nothing_outside_the_site_is_reached(self):
        up = ("..", "%2e%2e", ".%2e", "%2e.", "..%2f", "..%5c", "..\\", "%252e%252e")
        targets = [f"{self.path}{step}/secret.txt" for step in up]
        targets += [f"{self.path}2021/{step}/{step}/secret.txt" for step in up]
        targets += [f"{self.path[:-1]}{step}/secret.txt" for step in up]
        targets += [f"{self.path}../../../../../../../../etc/passwd", f"{self.path}//etc/passwd"]
        for target in targets:
            connection = self.running.connect()
            response = ask(connection, target)
            connection.close()
            # Where nothing is served, Caddy has nothing to say.
            self.assertTrue(response.status in (400, 403, 404) or not response.body, target)
            self.assertNotIn(SECRET, response.body, target)
            self.assertNotIn(b"root:", response.body, target)


class CompressedCopies(unittest.TestCase):
    def test_they_are_copies_to_programs_of_others(self):
        with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
            project = Project(folder, "https://www.example.edu.cn/")
            project.build_compressed()
            published = project.published()
            compared = 0
            for ending, command in ((".gz", ["gzip", "-dc"]), (".br", ["brotli", "-dc"])):
                for name in project.files():
                    if f"{name}{ending}" in published:
                        done = subprocess.run(
                            [*command, project.out / f"{name}{ending}"],
                            check=True, stdout=subprocess.PIPE,
                        )
                        self.assertEqual(done.stdout, published[name], name)
                        compared += 1
            self.assertGreater(compared, 120)


class Plain:
    """A site without compressed copies: servers compress as they send."""

    server: type

    def test_pages_are_compressed_as_they_are_sent(self):
        with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
            project = Project(folder, "https://www.example.edu.cn/")
            project.build()
            with self.server(project.out) as server:
                connection = server.connect()
                for name, content in project.files().items():
                    with self.subTest(file=name):
                        address = f"/{quote(name)}"
                        plain = ask(connection, address)
                        self.assertEqual((plain.status, plain.body), (200, content))
                        packed = ask(connection, address, accept_encoding="gzip")
                        is_page = name.endswith(".html")
                        if is_page:
                            self.assertEqual(packed.headers.get("content-encoding"), "gzip")
                            self.assertIn("Accept-Encoding", plain.headers.get("vary", ""))
                        if "content-encoding" in packed.headers:
                            self.assertEqual(gzip.decompress(packed.body), content)
                            self.assertIn("Accept-Encoding", packed.headers.get("vary", ""))
                        else:
                            self.assertEqual(packed.body, content)
                        again = ask(
                            connection, address, accept_encoding="gzip",
                            if_none_match=packed.headers["etag"],
                        )
                        self.assertEqual((again.status, again.body), (304, b""))
                connection.close()


for server in SERVERS:
    for path in PATHS:
        where = "AtTheRoot" if path == "/" else "BelowAPath"
        name = f"{server.__name__}{where}"
        globals()[name] = type(
            name, (Serving, unittest.TestCase), {"server": server, "path": path, "__module__": __name__}
        )
    name = f"{server.__name__}WithoutCompressedCopies"
    globals()[name] = type(
        name, (Plain, unittest.TestCase), {"server": server, "__module__": __name__}
    )
