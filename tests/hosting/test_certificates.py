"""What the documents say of a certificate that one already has, done to the servers' files."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from documents import DOCUMENTS, EXAMPLE_HOST, blocks
from servers import Apache, Caddy, Nginx, free_port
from site_under_test import Project

# Where the documents keep certificate and key.
CERTIFICATES = "/etc/ssl/unionplan"


def lines_for_https(language):
    """The lines that go into a site's configuration, and the part that follows it."""
    found = [text for kind, text in blocks(DOCUMENTS[0]) if kind == language]
    [inside] = [text for text in found if CERTIFICATES in text]
    [behind] = [text for text in found if " 301 https:" in text or "Redirect permanent" in text]
    return inside, behind


class Certified:
    """A server with a certificate, and a second port that sends on to the first."""

    def __init__(self, site, certificates):
        self.certificates, self.plain = str(certificates), free_port()
        super().__init__(site)

    def changed(self, text, changes):
        """A text with every change made, each of which has to be possible."""
        for old, new in changes.items():
            assert old in text, f"“{old}” is not in:\n{text}"
            text = text.replace(old, new)
        return text


class CertifiedNginx(Certified, Nginx):
    def adapted(self, name, replacements):
        inside, behind = lines_for_https("nginx")
        inside = self.changed(inside, {
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "    listen [::]:443 ssl;\n": "",
            CERTIFICATES: self.certificates,
        })
        behind = self.changed(behind, {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "    listen [::]:80;\n": "",
        })
        site = super().adapted(name, {"    listen 80;\n    listen [::]:80;\n": inside})
        return site + behind


class CertifiedApache(Certified, Apache):
    further_modules = ("socache_shmcb", "ssl")

    @property
    def further_ports(self):
        return (self.plain,)

    def adapted(self, name, replacements):
        inside, behind = lines_for_https("apache")
        named = f"    ServerName {EXAMPLE_HOST}\n"
        site = super().adapted(name, {
            "*:80": f"127.0.0.1:{self.port}",
            named: named + self.changed(inside, {CERTIFICATES: self.certificates}),
        })
        return site + self.changed(behind, {"*:80": f"127.0.0.1:{self.plain}"})


class CertifiedCaddy(Certified, Caddy):
    def command(self):
        [line] = {
            part for document in DOCUMENTS for part in document.read_text("utf-8").split("`")
            if part.startswith("tls ")
        }
        beginning = f"{EXAMPLE_HOST} {{\n"
        site = self.adapted("Caddyfile", {
            beginning: f"{beginning}\tbind 127.0.0.1\n\t{line}\n",
        })
        main = self.written("Caddyfile", "".join([
            "{\n\tadmin off\n\tskip_install_trust\n",
            f"\thttp_port {self.plain}\n\thttps_port {self.port}\n}}\n",
            site.replace(CERTIFICATES, self.certificates),
        ]))
        return ["caddy", "run", "--config", main, "--adapter", "caddyfile"]


class Certificates(unittest.TestCase):
    def curl(self, *arguments):
        return subprocess.run(
            ["curl", "-s", *arguments], check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def test_a_certificate_that_one_has_makes_the_site_answer_by_https_and_send_others_there(self):
        with tempfile.TemporaryDirectory(prefix="hosting-") as folder:
            project = Project(folder, f"https://{EXAMPLE_HOST}/")
            project.build_compressed()
            certificates = Path(folder) / "certificates"
            certificates.mkdir()
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                 "-subj", f"/CN={EXAMPLE_HOST}", "-addext", f"subjectAltName=DNS:{EXAMPLE_HOST}",
                 "-keyout", "privkey.pem", "-out", "fullchain.pem"],
                cwd=certificates, check=True, stderr=subprocess.DEVNULL,
            )
            for server in (CertifiedNginx, CertifiedApache, CertifiedCaddy):
                with (
                    self.subTest(server=server.__name__),
                    server(project.out, certificates) as running,
                ):
                    trusting = (
                        "--cacert", str(certificates / "fullchain.pem"),
                        "--resolve", f"*:{running.port}:127.0.0.1",
                        "--resolve", f"*:{running.plain}:127.0.0.1",
                    )
                    page = self.curl(
                        *trusting, f"https://{EXAMPLE_HOST}:{running.port}/index.html"
                    )
                    self.assertEqual(page, (project.out / "index.html").read_text("utf-8"))
                    target = self.curl(
                        *trusting, "-o", str(Path(folder) / "body"), "-w",
                        "%{redirect_url}", f"http://{EXAMPLE_HOST}:{running.plain}/index.html",
                    )
                    # Out there, both listen at the usual ports, which addresses don't name.
                    self.assertEqual(
                        target.replace(f":{running.port}/", "/"),
                        f"https://{EXAMPLE_HOST}/index.html",
                    )


if __name__ == "__main__":
    unittest.main()
