#!/usr/bin/python3
"""report_page.py NAILBITER [PICTURE]: what a browser makes of `run --html`; with PICTURE also a screenshot."""

import html.parser
import json
import os
import subprocess
import sys
import tempfile

BROWSER = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--window-size=1400,1600"]


class Page(html.parser.HTMLParser):
    """Rows of the matrix with their visibility, sections, links, and what the filter says."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.sections, self.ids, self.links, self.loads, self.shown, self.drawings = [], set(), set(), set(), [], "", 0
        self.in_shown = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self.ids.add(has.get("id"))
        if tag == "tr" and has.get("class") == "case":
            self.rows.append((has["data-verdicts"], "hidden" not in has))
        elif tag == "article":
            self.sections.add(has["id"])
        elif tag == "a":
            self.links.add(has["href"])
        elif tag == "svg":
            self.drawings += 1
        self.in_shown = has.get("id") == "shown"
        self.loads += [value for name, value in attributes if name in ("src", "data") or (tag == "link" and name == "href")]

    def handle_data(self, data):
        if self.in_shown:
            self.shown += data


def seen_by_browser(name, query, profile):
    words = [*BROWSER, "--user-data-dir=" + profile, "--dump-dom", "file://" + name + query]
    return Page(subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, timeout=120).stdout)


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found} where {wanted} was expected")
    print(f"{what}: {found}")


def main():
    nailbiter = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        name, data = os.path.join(folder, "report.html"), os.path.join(folder, "report.json")
        subprocess.run([nailbiter, "run", "globals/*", "exit/*", "exec/cat*", "--target", "pantsd-shaped", "--html", name, "--json", data,
                        "--out", os.path.join(folder, "out")], stdout=subprocess.DEVNULL)
        with open(data, encoding="utf-8") as opened:
            counts = json.load(opened)["counts"]
        profile = os.path.join(folder, "profile")
        page = seen_by_browser(name, "", profile)
        expect("rows", len(page.rows), counts["cases"])
        expect("visible rows", sum(visible for _, visible in page.rows), counts["cases"])
        expect("sections of failing cases", len(page.sections), counts["fail"] + counts["unknown"])
        expect("links that lead nowhere", {link for link in page.links if link[1:] not in page.ids}, set())
        expect("things loaded from elsewhere", page.loads, [])
        if page.drawings < len(page.sections):
            sys.exit(f"{page.drawings} drawings for {len(page.sections)} failing cases")
        filtered = seen_by_browser(name, "?verdict=fail", profile)
        expect("visible rows that fail", [verdicts for verdicts, visible in filtered.rows if visible], ["fail"] * counts["fail"])
        expect("what the filter says", filtered.shown.strip(), f"{counts['fail']} of {counts['cases']} cases shown")
        nothing = seen_by_browser(name, "?text=no-such-words", profile)
        expect("visible rows without a match", sum(visible for _, visible in nothing.rows), 0)
        if len(sys.argv) > 2:
            subprocess.run([*BROWSER, "--user-data-dir=" + profile, "--screenshot=" + os.path.abspath(sys.argv[2]), "file://" + name],
                           stderr=subprocess.DEVNULL, check=True, timeout=120)


main()
