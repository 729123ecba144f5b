"""The web servers of the distribution, run on a free port of the loopback with the very
configuration files that `docs/hosting/` offers: only port, folder and path are replaced."""

import http.client
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from documents import EXAMPLE_FOLDER, EXAMPLE_HOST, configuration

NGINX_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
APACHE_MODULES = Path("/usr/lib/apache2/modules")

# How long a server may take to begin, in seconds.
PATIENCE = 30


class Response:
    """What came back: status, headers by name in lower case, body."""

    def __init__(self, response, body):
        self.status = response.status
        self.headers = {}
        for name, value in response.getheaders():
            # A header that comes twice counts as a list, as it does for a browser.
            before = self.headers.get(name.lower())
            self.headers[name.lower()] = f"{before}, {value}" if before else value
        self.body = body


def free_port():
    """A port of the loopback that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """A running web server that serves a folder at a path, such as `/` or `/a/b/`."""

    # Whether it sends the `.br` files beside the pages.
    sends_brotli = True
    # Whether it looks at a file's size before it opens the file, so that a page that is replaced
    # between the two is cut, or filled up with zeros, to the old length.
    cuts = False

    def __init__(self, site, path="/"):
        self.site, self.path = Path(site), path
        self._folder = tempfile.TemporaryDirectory(prefix="hosting-")
        self.folder = Path(self._folder.name)
        self.folder.chmod(0o755)
        self.port = free_port()
        self.log = self.folder / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command(), cwd=self.folder, stdout=log, stderr=log,
                env={**os.environ, "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder)},
            )
        self.wait()

    def wait(self):
        """Waits until the server answers."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.02)
        self.stop()
        raise AssertionError(f"{type(self).__name__} did not begin:\n{self.said}")

    def stop(self):
        """Ends the server, and notes what it said."""
        self.process.terminate()
        self.process.wait()
        self.said = self.log.read_text("utf-8", "replace")
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def adapted(self, name, replacements):
        """The configuration file for this folder, port and path."""
        return configuration(name, self.path, {EXAMPLE_FOLDER: str(self.site), **replacements})

    def written(self, name, text):
        """Writes a file of the server's own."""
        target = self.folder / name
        target.write_text(text, "utf-8")
        return str(target)

    def connect(self):
        """A connection that stays open."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)


def ask(connection, target, method="GET", **headers):
    """Sends a request as it stands, without tidying its target. Headers are named like
    `if_none_match`."""
    names = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in names.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    return Response(response, response.read())


class Nginx(Server):
    """nginx as the distribution has it, without modules of others."""

    sends_brotli = False

    def command(self):
        replacements = {"listen 80;": f"listen 127.0.0.1:{self.port};", "    listen [::]:80;\n": ""}
        load = ""
        if self.sends_brotli:
            replacements["# brotli_static on;"] = "brotli_static on;"
            load = f"load_module {NGINX_BROTLI};"
        self.written("site.conf", self.adapted("nginx.conf", replacements))
        self.written("mime.types", Path("/etc/nginx/mime.types").read_text("utf-8"))
        temporary = "\n".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        main = self.written("nginx.conf", f"""
            {load}
            user www-data;
            daemon off;
            worker_processes 2;
            pid {self.folder}/pid;
            error_log stderr;
            events {{}}
            http {{
                {temporary}
                include mime.types;
                default_type text/plain;
                access_log off;
                sendfile on;
                tcp_nopush on;
                include site.conf;
            }}
        """)
        return ["nginx", "-c", main, "-p", str(self.folder), "-e", "stderr"]


class NginxWithBrotli(Nginx):
    """nginx with the module that sends `.br` files."""

    sends_brotli = True


class Apache(Server):
    """Apache with the distribution's settings for types, languages and compression."""

    cuts = True
    # Modules and ports beyond those that the file needs as it stands.
    further_modules = ()
    further_ports = ()

    def command(self):
        site = self.adapted("apache.conf", {"*:80": f"127.0.0.1:{self.port}"})
        modules = (
            *"mpm_event authz_core alias dir mime negotiation autoindex env setenvif filter".split(),
            *"deflate headers rewrite".split(),
            *self.further_modules,
        )
        load = "\n".join(
            f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in modules
        )
        own = "\n".join(
            f"Include /etc/apache2/mods-available/{name}.conf"
            for name in ("mime", "negotiation", "dir", "autoindex", "deflate", "alias")
        )
        main = self.written("main.conf", "\n".join([
            f"ServerRoot {self.folder}",
            "ServerName localhost",
            f"PidFile {self.folder}/pid",
            f"Mutex file:{self.folder}",
            f"ErrorLog {self.log}",
            *(f"Listen 127.0.0.1:{port}" for port in (self.port, *self.further_ports)),
            load,
            "User www-data",
            "Group www-data",
            "<Directory />\nRequire all denied\n</Directory>",
            own,
            site,
        ]))
        return ["apache2", "-f", main, "-D", "FOREGROUND"]


class Caddy(Server):
    """Caddy, without the certificates that it would fetch."""

    def command(self):
        names = ", ".join(f"http://{name}:{self.port}" for name in ("127.0.0.1", EXAMPLE_HOST))
        here = f"{names} {{\n\tbind 127.0.0.1"
        site = self.adapted("Caddyfile", {f"{EXAMPLE_HOST} {{": here})
        main = self.written("Caddyfile", "{\n\tadmin off\n\tauto_https off\n}\n" + site)
        return ["caddy", "run", "--config", main, "--adapter", "caddyfile"]


SERVERS = (Nginx, NginxWithBrotli, Apache, Caddy)
