"""zhiheng inspect with the real program: the document, the tables, wrong usage, runs that are killed on the way, what
cannot be read, and a server that checks what arrives."""
import json
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest

from program import PROGRAM, ROOT, expect, run
from serving import Desk, Server

PEOPLE = """staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids
1001,Li Na,one,agent,2020-02-29,,,sales,Agent/1001
3101,Sun,Q,supervisor,2020-02-29,,,,
"""


def chat(source_id, *texts, day="2026-10-12"):
    return json.dumps(
        {
            "source_id": source_id,
            "channel": "chat",
            "agent": "1001",
            "started_at": f"{day}T10:00:00",
            "turns": [{"role": "agent", "start_ms": 1000 * i, "text": text} for i, text in enumerate(texts)],
        },
        ensure_ascii=False,
    )


class InspectTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        self.addCleanup(lambda: shutil.rmtree(self.folder, ignore_errors=True))
        self.data = self.folder / "centre"
        expect(0, "init", "--data", self.data, "--pack", ROOT / "policies/standard")

    def take(self, *lines):
        path = self.folder / "t.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        expect(0, "import", "transcripts", path, "--data", self.data)

    def inspect(self, *arguments, code=0):
        return expect(code, "inspect", "--data", self.data, *arguments)

    def query(self, sql, *values):
        with sqlite3.connect(self.data / "zhiheng.db") as database:
            return database.execute(sql, values).fetchall()

    def test_the_document_has_hits_with_places_and_misses_with_where_was_looked(self):
        self.take(chat("1.1", "喂，什麼事？", "不可能。"), chat("1.2", "您好，请问有什么可以帮您？", "谢谢您，再见。", day="2026-10-13"))
        document = self.inspect("--json").json
        self.assertEqual(list(document), ["contacts", "hits", "missing"])
        self.assertEqual(document["contacts"], 2)
        self.assertEqual(
            document["hits"][0],
            {"source_id": "1.1", "check": "stiff_words", "clause": "F3.6", "turn": 0, "from": 2, "to": 5, "start_ms": 0, "end_ms": None},
        )
        greeting = next(miss for miss in document["missing"] if miss["check"] == "greeting")
        self.assertEqual(list(greeting), ["source_id", "check", "clause", "looked"])
        self.assertEqual((greeting["source_id"], greeting["looked"][0]["role"], greeting["looked"][0]["turns"]), ("1.1", "agent", 2))
        self.assertEqual({miss["source_id"] for miss in document["missing"]}, {"1.1"})
        self.assertEqual(self.inspect("--json", "--from", "2026-10-13").json["contacts"], 1)
        self.assertEqual(self.inspect("--json", "--to", "2026-10-12").json["contacts"], 1)

    def test_the_table_is_in_both_languages(self):
        self.take(chat("1.1", "喂，什麼事？"))
        english = self.inspect("--lang", "en").out
        self.assertRegex(english, r"(?m)^check +clause +hits +missing +contacts$")
        self.assertRegex(english, r"(?m)^stiff_words +F3\.6 +1 +0 +1$")
        chinese = self.inspect("--lang", "zh").out
        self.assertRegex(chinese, r"(?m)^检查 +条款 +命中 +缺失 +涉及联络$")
        self.assertIn("1 个联络，", chinese)

    def test_wrong_usage_is_told(self):
        self.assertIn("--to", self.inspect("--from", "2026-10-02", "--to", "2026-10-01", code=2).err)
        self.assertIn("2026-02-30", self.inspect("--from", "2026-02-30", code=2).err)
        self.assertEqual(run("inspect").code, 2)
        self.assertEqual(run("inspect", "--data", self.folder / "nowhere").code, 1)

    def test_a_killed_run_is_continued_and_ends_as_one_that_was_not(self):
        self.take(*(chat(f"{i}.0", "您好。", "什么事？" if i % 7 == 0 else "请讲。", "再见。") for i in range(2100)))
        other = self.folder / "other"
        shutil.copytree(self.data, other)
        whole = expect(0, "inspect", "--data", other, "--json").out
        for moment in (0.4, 1.2):
            process = subprocess.Popen([PROGRAM, "inspect", "--data", self.data], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=moment)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.assertEqual(self.inspect("--json").out, whole)
        kept = self.query("SELECT * FROM contact_findings ORDER BY call_id, number")
        self.assertEqual(len(kept), 2100)
        self.assertEqual(self.inspect("--json").out, whole)
        self.assertEqual(self.query("SELECT * FROM contact_findings ORDER BY call_id, number"), kept)

    def test_what_cannot_be_read_is_told_and_the_rest_goes_on(self):
        self.take(chat("1.1", "什么事？"), chat("1.2", "什么事？"))
        with sqlite3.connect(self.data / "zhiheng.db") as database:
            changed = database.execute("UPDATE spoken_texts SET sealed = x'00' WHERE id = (SELECT spoken"
                                       " FROM contact_transcripts WHERE call_id = '1.1')").rowcount
        self.assertEqual(changed, 1)
        outcome = self.inspect("--json", code=3)
        self.assertIn("1.1", outcome.err)
        self.assertEqual([hit["source_id"] for hit in outcome.json["hits"]], ["1.2"])

    def test_a_server_checks_what_arrives(self):
        people = self.folder / "people.csv"
        people.write_text(PEOPLE, encoding="utf-8")
        expect(0, "import", "people", people, "--data", self.data)
        password = expect(0, "user", "add", "supervisor", "--data", self.data, "--role", "qa_supervisor:centre", "--staff", 3101,
                          "--json").json["password"]
        with Server(self.data) as server:
            desk = Desk(server).sign_in("supervisor", password, "plenty of rain in May")
            self.take(chat("1.1", "什么事？"))
            deadline = time.monotonic() + 60
            while not (found := desk.ask("GET", "/contacts/1.1/findings").json)["checked"]:
                self.assertLess(time.monotonic(), deadline, "nothing was checked within a minute")
                time.sleep(0.5)
        self.assertIn(("hit", "stiff_words"), {(one["kind"], one["check"]) for one in found["findings"]})


if __name__ == "__main__":
    unittest.main()
