#!/usr/bin/python3
"""report_formats.py NAILBITER: one run with verdicts of every kind; others' readers must find in its files what it says."""

import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

import jsonschema
import junitparser

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = os.path.join(SOURCE, "harness", "report", "report.schema.json")

# One that fails as known, one that is said to fail and passes; the others of globals/* fail, and exec/* is not exercised.
KNOWN = """
[[known]]
case = "globals/cwd*"
checker = "%(checker)s"
reason = "%(reason)s"

[[known]]
case = "exit/codes[code=0]"
checker = "exit"
reason = "wrong exit code"
"""


def run(nailbiter, folder, *more):
    files = {kind: os.path.join(folder, "report." + kind) for kind in ("json", "junit", "tap")}
    words = [word for kind, name in files.items() for word in ("--" + kind, name)]
    done = subprocess.run([nailbiter, "run", "globals/*", "exit/*", "exec/cat*", "--target", "pantsd-shaped", "--repeat", "2",
                           "--out", os.path.join(folder, "out"), *words, *more], stdout=subprocess.PIPE, text=True)
    return done.returncode, files


def known_file(folder, report):
    failing = next(one for one in report["cases"] if one["id"].startswith("globals/cwd") and one["verdict"] == "fail")
    name = os.path.join(folder, "known.toml")
    with open(name, "w", encoding="utf-8") as out:
        out.write(KNOWN % failing)
    return name


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found} where report.json says {wanted}")
    print(f"{what}: {found}")


def kinds_of(report):
    """As a reader of JUnit counts: (tests, failures, errors, skipped)."""
    counts = report["counts"]
    return (counts["cases"], counts["fail"] + counts["unexpected-pass"], counts["unknown"],
            counts["not-exercised"] + counts["known"])


def by_elementtree(name):
    cases = tree.parse(name).getroot().findall("./testsuite/testcase")
    return (len(cases), *(sum(1 for one in cases if one.find(kind) is not None) for kind in ("failure", "error", "skipped")))


def by_junitparser(name):
    cases = [case for suite in junitparser.JUnitXml.fromfile(name) for case in suite]
    kinds = [type(result) for case in cases for result in case.result]
    return (len(cases), *(kinds.count(kind) for kind in (junitparser.Failure, junitparser.Error, junitparser.Skipped)))


def by_perl(name):
    """(planned, not ok without TODO, TODO, SKIP), as TAP::Parser reads them."""
    script = ("use TAP::Parser; my $p = TAP::Parser->new({source => $ARGV[0]}); $p->run;"
              "print join(' ', $p->tests_planned, scalar($p->failed), scalar($p->todo), scalar($p->skipped), scalar($p->parse_errors));")
    # A source that ends in .tap is read and not run.
    told = subprocess.run(["perl", "-e", script, name], stdout=subprocess.PIPE, text=True, check=True).stdout
    return tuple(int(figure) for figure in told.split())


def main():
    nailbiter = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        code, files = run(nailbiter, folder)
        with open(files["json"], encoding="utf-8") as opened:
            first = json.load(opened)
        code, files = run(nailbiter, folder, "--known", known_file(folder, first))
        with open(files["json"], encoding="utf-8") as opened:
            report = json.load(opened)
        with open(SCHEMA, encoding="utf-8") as opened:
            schema = json.load(opened)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(report, schema)
        counts = report["counts"]
        for kind in ("pass", "fail", "not-exercised", "known", "unexpected-pass"):
            if counts[kind] == 0:
                sys.exit(f"the run has no case of the kind {kind}: {counts}")
        musts = report["musts"]
        if not 0 < musts["exercised"] == len(musts["exercised-ids"]) < musts["all"]:
            sys.exit(f"the run touches some MUSTs and not all: {musts}")
        if code not in (1, 3) or not report["rates"]:
            sys.exit(f"exit {code}, rates {report['rates']}")
        expect("xml.etree", by_elementtree(files["junit"]), kinds_of(report))
        expect("junitparser", by_junitparser(files["junit"]), kinds_of(report))
        expect("TAP::Parser", by_perl(files["tap"]),
               (counts["cases"], counts["fail"] + counts["unknown"] + counts["unexpected-pass"], counts["known"], counts["not-exercised"], 0))
        del report["cases"][0]["verdict"]
        try:
            jsonschema.validate(report, schema)
            sys.exit("the schema takes a case without a verdict")
        except jsonschema.ValidationError:
            print("report.json fits its schema")


main()
