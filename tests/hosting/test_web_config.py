"""The file for IIS, which can't be run here: it is well-formed, uses what Microsoft documents and
nothing else, and says the same as the files that are run."""

import re
import unittest
from xml.etree import ElementTree

from documents import FOLDER
from test_serving import FOREVER, POLICY, TYPES

# Elements below `system.webServer` with their attributes, as the IIS configuration reference has
# them: https://learn.microsoft.com/en-us/iis/configuration/
DOCUMENTED = {
    "defaultDocument": {"enabled"},
    "defaultDocument/files": set(),
    "defaultDocument/files/clear": set(),
    "defaultDocument/files/add": {"value"},
    "directoryBrowse": {"enabled", "showFlags"},
    "httpErrors": {"errorMode", "existingResponse", "defaultResponseMode"},
    "httpErrors/remove": {"statusCode", "subStatusCode"},
    "httpErrors/error": {"statusCode", "subStatusCode", "path", "responseMode", "prefixLanguageFilePath"},
    "security": set(),
    "security/requestFiltering": {"allowDoubleEscaping", "allowHighBitCharacters"},
    "security/requestFiltering/hiddenSegments": {"applyToWebDAV"},
    "security/requestFiltering/hiddenSegments/add": {"segment"},
    "security/requestFiltering/hiddenSegments/remove": {"segment"},
    "staticContent": {"defaultDocFooter", "enableDocFooter", "isDocFooterFileName"},
    "staticContent/mimeMap": {"fileExtension", "mimeType"},
    "staticContent/remove": {"fileExtension"},
    "staticContent/clientCache": {
        "cacheControlCustom", "cacheControlMaxAge", "cacheControlMode", "httpExpires", "setEtag",
    },
    "urlCompression": {"doStaticCompression", "doDynamicCompression", "dynamicCompressionBeforeCache"},
    "httpProtocol": {"allowKeepAlive"},
    "httpProtocol/customHeaders": set(),
    "httpProtocol/customHeaders/add": {"name", "value"},
    "httpProtocol/customHeaders/remove": {"name"},
}


def below(element, path=""):
    """Every element below one, with its path."""
    for child in element:
        here = f"{path}/{child.tag}".lstrip("/")
        yield here, child
        yield from below(child, here)


class WebConfig(unittest.TestCase):
    def setUp(self):
        self.root = ElementTree.parse(FOLDER / "web.config").getroot()
        self.server = self.root.find("system.webServer")
        self.assets = self.root.find("location[@path='assets']/system.webServer")

    def test_it_uses_what_is_documented(self):
        self.assertEqual(self.root.tag, "configuration")
        self.assertEqual([child.tag for child in self.root], ["system.webServer", "location"])
        for section in (self.server, self.assets):
            for path, element in below(section):
                self.assertIn(path, DOCUMENTED)
                self.assertLessEqual(set(element.attrib), DOCUMENTED[path], path)
                self.assertFalse((element.text or "").strip(), path)

    def test_nothing_is_added_that_may_be_there_already(self):
        # IIS refuses a whole site over an entry that a level above has, too.
        for collection, key in (
            ("staticContent", "fileExtension"),
            ("httpProtocol/customHeaders", "name"),
            ("security/requestFiltering/hiddenSegments", "segment"),
            ("httpErrors", "statusCode"),
        ):
            removed, added = [], []
            for element in self.server.find(collection):
                value = element.get(key)
                if element.tag == "remove":
                    removed.append(value)
                elif value is not None:
                    self.assertIn(value, removed)
                    added.append(value)
            self.assertTrue(added, collection)
            self.assertEqual(len(set(added)), len(added), collection)

    def test_its_headers_are_those_of_the_others(self):
        headers = self.server.findall("httpProtocol/customHeaders/add")
        self.assertEqual({one.get("name").lower(): one.get("value") for one in headers}, POLICY)

    def test_its_types_are_those_of_the_others(self):
        maps = self.server.findall("staticContent/mimeMap")
        self.assertGreater(len(maps), 10)
        for one in maps:
            ending = one.get("fileExtension").lstrip(".")
            if ending in TYPES:
                self.assertRegex(one.get("mimeType"), f"^{TYPES[ending]}$")

    def test_assets_are_kept_for_a_year_and_all_else_is_asked_after(self):
        self.assertEqual(
            self.server.find("staticContent/clientCache").attrib, {"cacheControlMode": "DisableCache"}
        )
        cache = self.assets.find("staticContent/clientCache")
        self.assertEqual(cache.get("cacheControlMode"), "UseMaxAge")
        days = re.fullmatch(r"(\d+)\.00:00:00", cache.get("cacheControlMaxAge"))[1]
        said = f"{cache.get('cacheControlCustom')}, max-age={int(days) * 86400}"
        self.assertEqual(sorted(said.split(", ")), sorted(FOREVER.split(", ")))


if __name__ == "__main__":
    unittest.main()
