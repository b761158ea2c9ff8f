"""Transcripts and recordings with the real program: taken in, corrected, undone, killed at any point, damaged, heard."""
import base64
import json
import pathlib
import random
import shutil
import stat
import subprocess
import tempfile
import time
import unittest

from program import PROGRAM, ROOT, SHARED, expect, run
from serving import Desk, Server

PEOPLE = """staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids
1001,Li Na,one,agent,2020-02-29,,,sales,Agent/1001
1002,Wang Wei,two,agent,2020-02-29,,,sales,Agent/1002
"""
LOG = """1791767107|7.0|sales|NONE|ENTERQUEUE||18600002076|1
1791767117|7.0|sales|Agent/1001|CONNECT|10|7.6|5
1791767177|7.0|sales|Agent/1001|COMPLETEAGENT|10|60|1
"""


def transcript(source_id, text="您好", **more):
    return json.dumps(
        {
            "source_id": source_id,
            "channel": "chat",
            "agent": "1001",
            "started_at": "2026-10-12T10:00:00",
            "turns": [{"role": "agent", "start_ms": 0, "text": text}],
            **more,
        },
        ensure_ascii=False,
    )


class RecordTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        self.addCleanup(lambda: shutil.rmtree(self.folder, ignore_errors=True))
        self.data = self.folder / "centre"
        self.sounds = self.folder / "sounds"
        self.sounds.mkdir()
        expect(0, "init", "--data", self.data)
        expect(0, "import", "people", self.file("people.csv", PEOPLE), "--data", self.data)
        expect(0, "import", "queue-log", self.file("queue_log", LOG), "--data", self.data)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def take(self, kind, path, code=0):
        return expect(code, "import", kind, path, "--data", self.data, "--json").json

    def stored(self):
        return sorted(p for p in (self.data / "contents").rglob("*") if p.is_file())

    def verify(self, code=0):
        return expect(code, "recordings", "verify", "--data", self.data, "--json").json

    def test_the_key_file_is_made_by_init_and_is_the_owners_alone(self):
        keys = self.data / "keys"
        self.assertEqual(stat.S_IMODE(keys.stat().st_mode), 0o600)
        self.take("transcripts", self.file("t.jsonl", transcript("c1")))
        before = expect(0, "keys", "list", "--data", self.data, "--json").json["keys"]
        after = expect(0, "keys", "rotate", "--data", self.data, "--json").json["keys"]
        self.assertEqual([k["id"] for k in after[:-1]], [k["id"] for k in before])
        self.assertEqual([k["in_use"] for k in after], [False, True])
        self.take("transcripts", self.file("t.jsonl", transcript("c2")))
        self.assertEqual(self.verify()["transcripts"], 2)
        keys.chmod(0o644)
        self.assertIn("chmod 600", run("keys", "list", "--data", self.data).err)
        keys.unlink()
        lost = expect(1, "import", "transcripts", self.file("t.jsonl", transcript("c3")), "--data", self.data)
        self.assertIn("the key file is gone", lost.err)
        self.assertFalse(keys.exists())

    def test_bad_lines_are_kept_and_the_batch_is_undone(self):
        lines = [transcript("c1"), "rubbish", transcript("c2", channel="fax"), transcript("c3")]
        result = self.take("transcripts", self.file("t.jsonl", "\n".join(lines)), 3)
        self.assertEqual([result["accepted"], result["rejected"]], [2, 2])
        kept = (self.data / result["files"][0]["rejects_file"]).read_text("utf-8")
        self.assertEqual(kept, "\n".join(lines[1:3]) + "\n")
        self.assertEqual(self.take("transcripts", self.file("t.jsonl", "\n".join(lines)), 3)["unchanged"], 2)
        self.assertEqual(self.verify()["transcripts"], 2)
        for batch in (result["files"][0]["batch"], result["files"][0]["batch"] + 1):
            expect(0, "batch", "undo", batch, "--data", self.data)
        self.assertEqual(self.verify()["transcripts"], 0)

    def test_a_damaged_recording_is_found_and_mended_by_its_original(self):
        (self.sounds / "7.0-in.wav").write_bytes(random.Random(1).randbytes(300_000))
        (self.sounds / "7.0-out.wav").write_bytes(b"agent")
        self.take("recordings", self.sounds)
        self.assertEqual(self.verify(), {"recordings": 2, "transcripts": 0, "problems": []})
        whole = {path: path.read_bytes() for path in self.stored()}
        for path, content in whole.items():
            for at in {0, 8, 16, 30, 41, len(content) // 2, len(content) - 1}:
                changed = bytearray(content)
                changed[at] ^= 1
                path.write_bytes(changed)
                self.assertEqual(len(self.verify(1)["problems"]), 1, f"{path} {at}")
            path.write_bytes(content[:-1])
            self.assertEqual(len(self.verify(1)["problems"]), 1)
            path.write_bytes(content)
        for path in whole:
            path.write_bytes(b"rubbish")
        self.assertEqual(self.take("recordings", self.sounds)["unchanged"], 2)
        self.assertEqual(self.verify()["problems"], [])

    def test_an_import_that_is_killed_leaves_nothing_half_done(self):
        size, count = 400_000, 60
        for i in range(count):
            (self.sounds / f"{i}.0-in.wav").write_bytes(random.Random(i).randbytes(size))
        killed = 0
        for wait in (0.05, 0.1, 0.2, 0.3, 0.45, 0.6):
            process = subprocess.Popen(
                [str(PROGRAM), "import", "recordings", str(self.sounds), "--data", str(self.data)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
            )
            time.sleep(wait)
            process.kill()
            killed += process.wait() == -9
            # Whatever lies there is whole; what was begun lies under another name.
            found = self.verify()
            self.assertEqual(found["problems"], [])
            self.assertIn(found["recordings"], (0, count))
        self.assertGreater(killed, 0)
        result = self.take("recordings", self.sounds)
        self.assertEqual(result["accepted"] + result["unchanged"], count)
        self.assertEqual(self.verify()["recordings"], count)
        self.assertEqual(len([p for p in self.stored() if not p.name.endswith(".partial")]), count)

    def test_a_folder_that_is_none_is_told(self):
        self.assertIn("no such folder", expect(1, "import", "recordings", self.folder / "x", "--data", self.data).err)
        self.assertIn("no folder", expect(1, "import", "recordings", self.data / "keys", "--data", self.data).err)

    def test_a_recording_is_heard_in_parts_by_who_may(self):
        sound = random.Random(2).randbytes(200_000)
        (self.sounds / "7.0-in.wav").write_bytes(sound)
        self.take("recordings", self.sounds)
        self.take("transcripts", self.file("t.jsonl", transcript("7.0", "我是13912343479")))
        first = {}
        for account, staff_no in (("li.na", "1001"), ("wang.wei", "1002")):
            made = expect(
                0, "user", "add", account, "--staff", staff_no, "--role", "agent:self", "--data", self.data, "--json"
            )
            first[account] = made.json["password"]
        contact = base64.urlsafe_b64encode(b"1:7.0").decode().rstrip("=")
        with Server(self.data) as server:
            own = Desk(server).sign_in("li.na", first["li.na"], "a longer password 1")
            other = Desk(server).sign_in("wang.wei", first["wang.wei"], "a longer password 2")
            path = f"/contacts/{contact}/recordings/customer"
            part = own.ask("GET", path, Range="bytes=65530-65549")
            self.assertEqual([part.status, part.body], [206, sound[65530:65550]])
            self.assertEqual(own.ask("GET", path).body, sound)
            self.assertEqual(own.ask("GET", f"/contacts/{contact}/transcript").json["turns"][0]["text"], "我是139****3479")
            self.assertEqual(other.ask("GET", path).status, 404)
            self.assertEqual(other.ask("GET", f"/contacts/{contact}/transcript").status, 404)
            self.assertEqual(Desk(server).ask("GET", path).status, 401)

    @unittest.skipUnless((SHARED / "data/asterisk").exists(), "the shared data is not here")
    def test_the_calls_of_a_real_telephone_system_join(self):
        data = SHARED / "data/asterisk"
        expect(0, "import", "people", data / "people.csv", "--data", self.data)
        self.take("queue-log", data / "queue_log")
        result = self.take("transcripts", data / "transcripts.import.jsonl")
        self.assertEqual([result["accepted"], result["rejected"]], [35, 0])
        sounds = self.take("recordings", data / "recordings")
        self.assertEqual(sounds["rejected"], 0)
        self.assertEqual(sounds["files"][0]["notes"], [])  # every one has its contact
        self.assertEqual(self.verify()["problems"], [])


if __name__ == "__main__":
    unittest.main()
