"""Importing telephone logs with the real program: figures, bad files, kill -9 at any point, two imports at once."""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from program import PROGRAM, ROOT, SHARED, expect, run

DAYS = ("--from", "2026-01-01", "--to", "2026-12-31")
PEOPLE = """staff_no,name,group,position,hired_on,products,phone_ids
1001,Li Na,one,agent,2020-01-01,sales,Agent/1001
1002,Wang Wei,one,agent,2020-01-01,sales,Agent/1002
"""
LOG = """1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1
1791767111|7.0|sales|Agent/1002|RINGNOANSWER|4000
1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5
1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1
1791767200|NONE|sales|Agent/1001|PAUSE|lunch
1791767500|NONE|sales|Agent/1001|UNPAUSE|
1791767600|8.0|sales|NONE|ENTERQUEUE||18600002077|1
1791767612|8.0|sales|NONE|ABANDON|1|1|12
"""


class QueueLogTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        self.addCleanup(lambda: shutil.rmtree(self.folder, ignore_errors=True))

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def centre(self, name="centre"):
        data = self.folder / name
        expect(0, "init", "--data", data)
        expect(0, "import", "people", self.file("people.csv", PEOPLE), "--data", data)
        return data

    def figures(self, data):
        """Every figure of the centre, as one text."""
        return "".join(
            expect(0, "metrics", "--data", data, *DAYS, "--by", by, "--json").out for by in ("agent", "queue", "day")
        )

    def test_figures(self):
        data = self.centre()
        expect(0, "import", "queue-log", self.file("queue_log", LOG), "--data", data)
        agents = expect(0, "metrics", "--data", data, *DAYS, "--by", "agent", "--json")
        self.assertEqual(
            agents.json,
            {
                "by": "agent",
                "rows": [
                    {
                        "key": "1001", "assigned": 1, "answered": 1, "connection_rate": 1.0, "ring_mean_s": 5.0,
                        "answered_within_10s": 1.0, "aht_s": 60.0, "ended_by_agent": 1.0, "paused_s": {"lunch": 300.0},
                    },
                    {
                        "key": "1002", "assigned": 1, "answered": 0, "connection_rate": 0.0, "ring_mean_s": None,
                        "answered_within_10s": None, "aht_s": None, "ended_by_agent": None, "paused_s": {},
                    },
                ],
            },
        )
        self.assertIn('"connection_rate": 1.000000', agents.out)
        queues = expect(0, "metrics", "--data", data, *DAYS, "--by", "queue", "--json").json
        self.assertEqual(
            queues["rows"],
            [{"key": "sales", "offered": 2, "answered": 1, "abandoned": 1, "timeout": 0, "exit_key": 0,
              "wait_mean_s": 10.0, "service_level_10s": 0.5, "aht_s": 60.0}],
        )

    def test_rejected_lines_are_kept_and_the_rest_is_in(self):
        data = self.centre()
        bad = LOG + "rubbish\n1791767700|9.0|sales|Agent/1001|COMPLETECALLER|5|-3|1\n" + "x" * 10_000_000 + "\n"
        outcome = expect(3, "import", "queue-log", self.file("queue_log", bad), "--data", data, "--json")
        self.assertEqual((outcome.json["accepted"], outcome.json["rejected"]), (8, 3))
        self.assertIn("queue_log:9: not a whole log line", outcome.err)
        self.assertIn("queue_log:10: COMPLETECALLER has the negative duration", outcome.err)
        self.assertIn("queue_log:11: the line is longer than 64 kB", outcome.err)
        kept = data / outcome.json["files"][0]["rejects_file"]
        self.assertIn("rubbish", kept.read_text())

    def test_an_undone_batch_takes_its_contacts_along(self):
        data = self.centre()
        nothing = self.figures(data)
        log = self.file("queue_log", LOG)
        batch = expect(0, "import", "queue-log", log, "--data", data, "--json").json["files"][0]["batch"]
        wanted = self.figures(data)
        self.assertNotEqual(wanted, nothing)
        expect(0, "batch", "undo", batch, "--data", data)
        self.assertEqual(self.figures(data), nothing)
        expect(0, "import", "queue-log", log, "--data", data)
        self.assertEqual(self.figures(data), wanted)

    def test_files_that_are_no_logs(self):
        data = self.centre()
        before = self.figures(data)
        binary = bytes(range(256)) * 40
        self.assertIn("queue_log", expect(1, "import", "queue-log", self.file("queue_log", binary), "--data", data).err)
        expect(1, "import", "queue-log", self.folder / "nowhere", "--data", data)
        self.assertEqual(self.figures(data), before)

    def test_gb18030(self):
        data = self.centre()
        log = LOG.replace("lunch", "午餐").replace("sales", "咨询").encode("gb18030")
        expect(0, "import", "queue-log", self.file("queue_log", log), "--data", data)
        rows = expect(0, "metrics", "--data", data, *DAYS, "--by", "agent", "--json").json["rows"]
        self.assertEqual(rows[0]["paused_s"], {"午餐": 300.0})

    def test_unknown_members_and_queues_are_listed_once(self):
        data = self.centre()
        log = LOG.replace("Agent/1002", "PJSIP/1002-0000a2f3").replace("sales", "sale")
        outcome = expect(0, "import", "queue-log", self.file("queue_log", log), "--data", data, "--json").json
        self.assertEqual(outcome["unknown_members"],
                         [{"name": "PJSIP/1002-0000a2f3", "count": 1, "suggestion": "1002"}])
        self.assertEqual(outcome["unknown_queues"], [{"name": "sale", "count": 2, "suggestion": "sales"}])

    def long_log(self, lines=20_000):
        made = subprocess.run([sys.executable, ROOT / "bench/make_queue_log.py", str(lines)], capture_output=True, check=True)
        return self.file("long_log", made.stdout)

    def test_queues_of_one_product(self):
        data = self.centre()
        products = self.file("products.yaml", "products: {sales: broadband, support: broadband}\n")
        log = self.file("queue_log", LOG + LOG.replace("|sales|", "|support|").replace("|7.0|", "|9.0|"))
        first = expect(0, "import", "queue-log", log, "--data", data, "--map", products, "--json").json
        self.assertEqual(first["unknown_queues"], [])
        facts = self.file("facts.csv", "staff_no,occurred_at,kind,value,note,source_ref\n")
        expect(0, "import", "facts", facts, "--data", data)
        why = expect(0, "why", "--data", data, "--period", "2026-10", "--staff", "1001", "average_handling_time").out
        self.assertIn("broadband", why)
        self.assertNotIn("support", why)
        # A second statement from a later day leaves October alone; a mistake is told with its place.
        expect(0, "centre", "product", "sales", "television", "--from", "2026-11-01", "--data", data)
        shown = expect(0, "centre", "show", "--data", data, "--json").json["queue_products"]
        self.assertEqual([(each["queue"], each["from"], each["product"]) for each in shown],
                         [("sales", None, "broadband"), ("sales", "2026-11-01", "television"),
                          ("support", None, "broadband")])
        wrong = self.file("wrong.yaml", "products:\n  sales: [a]\n")
        self.assertIn("wrong.yaml:2:10", expect(1, "import", "queue-log", log, "--data", data, "--map", wrong).err)
        expect(0, "verify", "--data", data)

    def test_killed_at_any_point_nothing_is_lost_doubled_or_half_done(self):
        log = self.long_log()
        whole = self.centre("whole")
        nothing = self.figures(whole)
        begin = time.monotonic()
        expect(0, "import", "queue-log", log, "--data", whole)
        took = time.monotonic() - begin
        wanted = self.figures(whole)
        rand = random.Random(7)
        data = self.centre("killed")
        for _ in range(8):
            process = subprocess.Popen([PROGRAM, "import", "queue-log", log, "--data", data],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(rand.uniform(0, took))
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
            process.wait()
            self.assertIn(self.figures(data), (nothing, wanted))
        expect(0, "import", "queue-log", log, "--data", data)
        self.assertEqual(self.figures(data), wanted)

    def test_two_imports_at_once(self):
        whole = self.centre("whole")
        text = self.long_log().read_text().splitlines(keepends=True)
        halves = [self.file("first", "".join(text[:12_000])), self.file("second", "".join(text[8_000:]))]
        for half in halves:
            expect(0, "import", "queue-log", half, "--data", whole)
        data = self.centre("both")
        running = [
            subprocess.Popen([PROGRAM, "import", "queue-log", half, "--data", data], stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE)
            for half in halves
        ]
        for process in running:
            _, errors = process.communicate(timeout=300)
            self.assertEqual(process.returncode, 0, errors.decode())
        self.assertEqual(self.figures(data), self.figures(whole))

    def test_a_map_and_its_mistakes(self):
        data = self.centre()
        table = self.file("calls.csv", "id;when;who;talk\n1;2026-10-12 09:00:00;Agent/1001;01:30\n2;soon;;\n")
        good = self.file("good.yaml", 'delimiter: ";"\nfields:\n  source_id: id\n  offered_at: when\n  agent: who\n'
                                      '  queue: {value: sales}\n  talk_s: {column: talk, duration: "mm:ss"}\n')
        bad = self.file("bad.yaml", "fields:\n  offered_at: whn\n")
        outcome = expect(1, "import", "csv", table, "--map", bad, "--data", data)
        self.assertIn("bad.yaml:2:15: the table has no column", outcome.err)
        outcome = expect(3, "import", "csv", table, "--map", good, "--data", data)
        self.assertIn('calls.csv:3: column "when" is "soon"', outcome.err)
        rows = expect(0, "metrics", "--data", data, *DAYS, "--by", "agent", "--json").json["rows"]
        self.assertEqual([(row["key"], row["answered"], row["aht_s"]) for row in rows], [("1001", 1, 90.0)])
        self.assertEqual(run("import", "csv", table, "--data", data).code, 2)

    @unittest.skipUnless((SHARED / "data/asterisk").is_dir(), "*** ../shared/data is absent: recorded days NOT tried ***")
    def test_recorded_days_and_a_cdr(self):
        data = self.folder / "recorded"
        expect(0, "init", "--data", data)
        shared = SHARED / "data"
        expect(0, "import", "people", shared / "asterisk/people.csv", "--data", data)
        outcome = expect(0, "import", "queue-log", shared / "asterisk/queue_log", "--data", data, "--json").json
        self.assertEqual((outcome["rows"], outcome["unknown_members"], outcome["unknown_queues"]), (1920, [], []))
        expect(0, "import", "cdr", shared / "asterisk_cdr/dev/cdr_2017-06-20_to_23.csv", "--data", data)
        calls = expect(0, "metrics", "--data", data, "--from", "2017-06-20", "--to", "2017-06-23", "--by", "day",
                       "--json").json["rows"]
        self.assertEqual(len(calls), 4)
        self.assertTrue(all(row["offered"] >= row["answered"] > 0 for row in calls))


if __name__ == "__main__":
    unittest.main()
