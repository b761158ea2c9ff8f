"""Random centres: what the program closes must be what the oracle computes, figure by figure."""
import os
import pathlib
import random
import tempfile
import unittest

import oracle
from program import expect, run
from random_centre import MONTH, YEAR, Centre

PERIOD = f"{YEAR}-{MONTH:02d}"
PACK = "policies/chengdu-2014"


def seeds():
    if "ZH_SEED" in os.environ:
        return [int(os.environ["ZH_SEED"])]
    return list(range(1, 13)) + [random.SystemRandom().randrange(10**9)]


def comparable(person):
    """A person of the program's result in the shape of the oracle's: no clauses, lines of zero left out."""
    person = dict(person)
    if person["scorecard"]:
        person["scorecard"] = dict(person["scorecard"])
        person["scorecard"]["items"] = [
            {key: value for key, value in item.items() if key != "clause"} for item in person["scorecard"]["items"]
        ]
    if person["pay"]:
        lines = {line["id"]: line["amount"] for line in person["pay"]["lines"] if line["amount"] != "0.00"}
        person["pay"] = {"lines": lines, "total": person["pay"]["total"]}
    return person


class MonthTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        self.addCleanup(lambda: __import__("shutil").rmtree(self.folder, ignore_errors=True))

    def closed(self, centre, name, order=("facts", "queue-log"), extra=()):
        """The draft of a fresh centre that took in the files in the given order."""
        data = self.folder / name
        files = dict(zip(("people", "facts", "queue-log"), centre.write(self.folder)))
        expect(0, "init", "--data", data, "--pack", PACK, *extra)
        expect(0, "import", "people", files["people"], "--data", data)
        for kind in order:
            expect(0, "import", kind, files[kind], "--data", data)
        return expect(0, "close", "--data", data, "--period", PERIOD, "--draft", "--json").out

    def test_program_agrees_with_oracle(self):
        for seed in seeds():
            with self.subTest(seed=seed):
                centre = Centre(seed)
                text = self.closed(centre, f"seed{seed}")
                result = __import__("json").loads(text)
                expected = oracle.month(centre.people, centre.facts(), YEAR, MONTH)
                self.assertEqual([p["staff_no"] for p in result["people"]], [p["staff_no"] for p in expected])
                for got, wanted in zip(result["people"], expected):
                    self.assertEqual(comparable(got), wanted, f"seed {seed}, staff {wanted['staff_no']}")

    def test_import_order_does_not_matter(self):
        centre = Centre(5)
        first = self.closed(centre, "facts-first")
        second = self.closed(centre, "log-first", order=("queue-log", "facts"))
        self.assertEqual(first, second)

    @unittest.skipUnless("ZH_TEST_POSTGRES" in os.environ, "no PostgreSQL: ZH_TEST_POSTGRES is not set")
    def test_both_databases_give_the_same_bytes(self):
        centre = Centre(6)
        embedded = self.closed(centre, "embedded")
        server = self.closed(centre, "server", extra=("--database", os.environ["ZH_TEST_POSTGRES"]))
        self.assertEqual(embedded, server)

    def test_importing_twice_equals_once(self):
        centre = Centre(7)
        once = self.closed(centre, "twice")
        data = self.folder / "twice"
        for kind, name in (("people", "people.csv"), ("facts", "facts.csv"), ("queue-log", "queue_log")):
            expect(0, "import", kind, self.folder / name, "--data", data)
        again = run("close", "--data", data, "--period", PERIOD, "--draft", "--json")
        self.assertEqual(once, again.out)


if __name__ == "__main__":
    unittest.main()
