"""Importing people and facts with the real program: corrections, bad files, undoing, kill -9 at any point."""
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from program import PROGRAM, ROOT, expect

PEOPLE = """staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids,effective_from
1001,Li Na,one,agent,2020-02-29,,,sales,P/1001,
1002,Wang Wei,one,agent,2026-10-12,2026-12-31,2026-10-20,sales,P/1002,
2001,Zhao Min,one,shift_leader,2019-01-01,,,,,
"""
FACTS = "staff_no,occurred_at,kind,value,note,source_ref,void\n"


class ImportTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        self.addCleanup(lambda: shutil.rmtree(self.folder, ignore_errors=True))
        self.data = self.folder / "centre"
        expect(0, "init", "--data", self.data)
        expect(0, "import", "people", self.file("people.csv", PEOPLE), "--data", self.data)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def take(self, kind, content, code=0, name="input.csv"):
        return expect(code, "import", kind, self.file(name, content), "--data", self.data, "--json")

    def facts(self, rows, code=0):
        return self.take("facts", FACTS + rows, code).json

    def bonus(self, staff_no="1001"):
        month = expect(0, "close", "--data", self.data, "--period", "2026-10", "--draft", "--json").json
        return next(p for p in month["people"] if p["staff_no"] == staff_no)["scorecard"]["bonus"]

    def test_the_same_file_twice_changes_nothing(self):
        rows = "1001,2026-10-12,praise,3,,,\n1001,2026-10-12,praise,3,,,\n1001,2026-10-13,praise,2,,P-1,\n"
        first, second = self.facts(rows), self.facts(rows)
        self.assertEqual([first["accepted"], first["unchanged"]], [3, 0])
        self.assertEqual([second["accepted"], second["unchanged"]], [0, 3])
        self.assertEqual(self.bonus(), "8")  # 3 + 3 + 2
        again = self.take("people", PEOPLE).json
        self.assertEqual([again["accepted"], again["unchanged"]], [0, 3])

    def test_a_ref_is_corrected_retracted_and_revived(self):
        self.facts("1001,2026-10-12,praise,3,,P-1,\n")
        self.facts("1001,2026-10-12,praise,5,,P-1,\n")
        self.assertEqual(self.bonus(), "5")
        self.facts("1001,2026-10-12,praise,6,,P-1,\n", code=3)  # a rejected correction leaves the old one
        self.assertEqual(self.bonus(), "5")
        self.facts(",,,,,P-1,1\n")
        self.assertEqual(self.bonus(), "0")
        self.facts("1001,2026-10-12,praise,4,,P-1,\n")
        self.assertEqual(self.bonus(), "4")

    def test_each_bad_row_is_told_with_its_line_and_the_rest_is_in(self):
        rows = {
            "1001,2026-10-12,praise,6,,,": "6 is out of range, which is 2–5",
            "1002,2026-10-11,late,,,,": "was not employed on 2026-10-11 (hired on 2026-10-12)",
            "1002,2026-10-21,late,,,,": "was not employed on 2026-10-21 (left on 2026-10-20)",
            "1O01,2026-10-12,late,,,,": "did you mean \"1001\"?",
            "1001,2026-10-12,prase,3,,,": "did you mean \"praise\"?",
            "1001,2026-10-12,work_error,3,,,": "work_error is not for position agent",
            "1001,2026-02-30,late,,,,": "occurred_at",
            "1001,2026-10-12,handle_time,-5,,,": "is out of range",
            "1001,2026-10-12,sale,1.234,,,": "more than two decimals",
            "1001,2026-10-12,late,,,,1": "a retraction needs its source_ref",
            "1001,2026-10-12": "the row has 2 cells, the header has 7",
        }
        outcome = self.take("facts", FACTS + "\n".join(rows) + "\n1001,2026-10-12,praise,3,,,\n", 3)
        self.assertEqual([outcome.json["rejected"], outcome.json["accepted"]], [len(rows), 1])
        told = outcome.err.splitlines()
        for line, (row, reason) in enumerate(rows.items(), 2):
            self.assertIn(f"input.csv:{line}: ", told[line - 2])
            self.assertIn(reason, told[line - 2])
        kept = (self.data / outcome.json["files"][0]["rejects_file"]).read_text("utf-8")
        self.assertEqual(kept, FACTS + "\n".join(rows) + "\n")

    def test_a_file_that_is_none_is_refused_as_a_whole(self):
        for content, reason in {
            b"": "the file is empty",
            b"staff_no,kind\n": 'column "occurred_at" is missing',
            FACTS.replace("note", "notes").encode(): 'did you mean "note"?',
            b"PK\x03\x04\x00\x00\x00": "binary file",
            FACTS.encode("utf-16"): "UTF-16",
        }.items():
            with self.subTest(reason):
                outcome = self.take("facts", content, 1)
                self.assertIn(reason, outcome.err)
                self.assertIn("input.csv", outcome.err)
        missing = expect(1, "import", "facts", self.folder / "none.csv", "--data", self.data)
        self.assertIn("none.csv: cannot read the file", missing.err)

    def test_a_line_of_ten_megabytes_costs_one_row(self):
        rows = "1001,2026-10-12,praise,3," + "x" * 10_000_000 + ",,\n1001,2026-10-12,praise,2,,,\n"
        outcome = self.take("facts", FACTS + rows, 3)
        self.assertIn("input.csv:2: the row is longer than", outcome.err)
        self.assertEqual(outcome.json["accepted"], 1)

    def test_gb18030_and_crlf_and_a_byte_order_mark_are_read(self):
        rows = FACTS + '1001,2026-10-12,praise,3,"感谢信, 一封",P-1,\n'
        self.take("facts", rows.replace("\n", "\r\n").encode("gb18030"))
        again = self.take("facts", b"\xef\xbb\xbf" + rows.encode())
        self.assertEqual(again.json["unchanged"], 1)

    def test_two_people_cannot_hold_one_phone_id(self):
        outcome = self.take("people", PEOPLE.splitlines()[0] + "\n1003,New,one,agent,2026-01-01,,,,P/1001,\n", 3)
        self.assertIn("1001 (Li Na)", outcome.err)

    def test_an_undone_batch_never_was(self):
        before = self.bonus()
        batch = self.facts("1001,2026-10-12,praise,3,,,\n")["files"][0]["batch"]
        self.assertEqual(self.bonus(), "3")
        expect(0, "batch", "undo", str(batch), "--data", self.data)
        self.assertEqual(self.bonus(), before)

    def test_killed_at_any_point_an_import_is_in_or_not(self):
        rows = "".join(f"1001,2026-10-{1 + i % 28:02},praise,2,,K-{i},\n" for i in range(4000))
        path = self.file("many.csv", FACTS + rows)
        moments = random.Random(7)
        for _ in range(6):
            process = subprocess.Popen(
                [str(PROGRAM), "import", "facts", str(path), "--data", str(self.data)],
                cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            time.sleep(moments.uniform(0.01, 0.6))
            process.kill()
            process.wait()
            self.assertIn(self.bonus(), ("0", "8000"))
        expect(0, "import", "facts", path, "--data", self.data)
        self.assertEqual(self.bonus(), "8000")
        expect(0, "verify", "--data", self.data)


if __name__ == "__main__":
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is not built")
    unittest.main(verbosity=2)
