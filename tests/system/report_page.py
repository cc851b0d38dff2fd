#!/usr/bin/python3
"""report_page.py NAILBITER [PICTURE]: what a browser makes of `run --html` and of `compare --html`; with PICTURE, a file's
name that ends in .png, also screenshots: PICTURE, and beside it one in the dark, one of a failure and one of the comparison."""

import html.parser
import json
import os
import re
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
            self.rows.append((has["data-verdicts"], "hidden" not in has, int(has["data-cases"])))
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


def shown(page):
    """By verdict, the cases of the rows that are to be seen, in the order of the page."""
    counts = {}
    for verdicts, visible, cases in page.rows:
        if visible:
            counts[verdicts] = counts.get(verdicts, 0) + cases
    return counts


def kinds_of_failures(report):
    """Failures that a reader would take for one: all is equal but numbers."""
    return {(one["verdict"], one.get("known"), one["checker"], one["reason"], re.sub("[0-9]+", "#", one["detail"]), tuple(one["requires"]))
            for one in report["cases"] if one["verdict"] in ("fail", "unknown")}


def take_picture(name, query, profile, picture, *more):
    subprocess.run([*BROWSER, *more, "--user-data-dir=" + profile, "--screenshot=" + os.path.abspath(picture), "file://" + name + query],
                   stderr=subprocess.DEVNULL, check=True, timeout=120)


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found} where {wanted} was expected")
    print(f"{what}: {found}")


def run(nailbiter, folder, target, kind):
    name, data = os.path.join(folder, kind + ".html"), os.path.join(folder, kind, "report.json")
    os.mkdir(os.path.join(folder, kind))
    subprocess.run([nailbiter, "run", "globals/*", "exit/*", "exec/cat*", "--target", target, "--html", name, "--json", data,
                    "--out", os.path.join(folder, kind)], stdout=subprocess.DEVNULL)
    with open(data, encoding="utf-8") as opened:
        return name, data, json.load(opened)


def check_report(name, report, profile):
    counts = report["counts"]
    page = seen_by_browser(name, "", profile)
    expect("rows", sum(cases for _, _, cases in page.rows), counts["cases"])
    expect("cases to be seen at first, by verdict", list(shown(page).items()),
           [(verdict, counts[verdict]) for verdict in ("fail", "unknown", "pass") if counts[verdict]])
    expect("sections of failing cases", len(page.sections), len(kinds_of_failures(report)))
    expect("links that lead nowhere", {link for link in page.links if link[1:] not in page.ids}, set())
    expect("things loaded from elsewhere", page.loads, [])
    if page.drawings < len(page.sections):
        sys.exit(f"{page.drawings} drawings for {len(page.sections)} sections")
    filtered = seen_by_browser(name, "?verdict=fail", profile)
    expect("cases shown when failures are asked for", shown(filtered), {"fail": counts["fail"]})
    expect("what the filter says", filtered.shown.strip(), f"{counts['fail']} of {counts['cases']} cases shown")
    everything = seen_by_browser(name, "?verdict=fail,pass,unknown,not-exercised", profile)
    expect("cases shown when all are asked for", sum(shown(everything).values()), counts["cases"])
    expect("rows without a match", shown(seen_by_browser(name, "?text=no-such-words", profile)), {})


def check_comparison(name, before, after, profile):
    def told(one):
        return one["verdict"], *((one["checker"], one["reason"]) if one["verdict"] in ("fail", "unknown") else ())

    was = {one["id"]: told(one) for one in before["cases"]}
    differing = sum(told(one) != was[one["id"]] for one in after["cases"])
    if differing == 0:
        sys.exit("the two targets behave alike: nothing is compared")
    expect("cases that a comparison opens on", sum(shown(seen_by_browser(name, "", profile)).values()), differing)
    expect("with those that are alike", sum(shown(seen_by_browser(name, "?unchanged=yes", profile)).values()), len(was))


def main():
    nailbiter = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile")
        name, data, report = run(nailbiter, folder, "pantsd-shaped", "before")
        check_report(name, report, profile)
        _, other_data, other = run(nailbiter, folder, "pantsd-shaped-locked", "after")
        both = os.path.join(folder, "both.html")
        subprocess.run([nailbiter, "compare", data, other_data, "--html", both], stdout=subprocess.DEVNULL)
        check_comparison(both, report, other, profile)
        if len(sys.argv) > 2:
            stem = sys.argv[2].removesuffix(".png")
            take_picture(name, "", profile, sys.argv[2])
            take_picture(name, "", profile, stem + "-dark.png", "--blink-settings=preferredColorScheme=0")
            take_picture(name, "#case-1", profile, stem + "-failure.png")
            take_picture(both, "", profile, stem + "-both.png")


main()
