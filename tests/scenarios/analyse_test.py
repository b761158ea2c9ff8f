"""zhiheng analyse with the real program: the document, the tables, exit codes, and files that lie."""
import json
import math
import os
import pathlib
import random
import sqlite3
import struct
import subprocess
import tempfile
import unittest

from program import PROGRAM

RATE = 8000


def leg(spans, seconds, level=0.1, seed=1):
    """Samples with a tone in each span (seconds) over a little noise."""
    noise = random.Random(seed)
    samples = [noise.gauss(0, 20) for _ in range(int(seconds * RATE))]
    for start, end in spans:
        for i in range(int(start * RATE), int(end * RATE)):
            samples[i] += level * 32767 * math.sin(i * 0.35)
    return [int(max(-32768, min(32767, x))) for x in samples]


def wav(samples, channels=1, stated=None):
    data = struct.pack(f"<{len(samples)}h", *samples)
    size = len(data) if stated is None else stated
    return (b"RIFF" + struct.pack("<I", (36 + size) & 0xFFFFFFFF) + b"WAVEfmt "
            + struct.pack("<IHHIIHH", 16, 1, channels, RATE, RATE * channels * 2, channels * 2, 16)
            + b"data" + struct.pack("<I", size) + data)


class Analyse(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.customer = leg([(1, 3), (6, 8)], 10)
        self.agent = leg([(4, 7)], 10, level=0.002, seed=2)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def run_analyse(self, *arguments):
        return subprocess.run([PROGRAM, "analyse", *arguments], capture_output=True, text=True, timeout=300)

    def document(self, *arguments, status=0):
        done = self.run_analyse(*arguments, "--json")
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def assert_spans(self, found, wanted):
        self.assertEqual(len(found), len(wanted), found)
        for one, other in zip(found, wanted):
            for got, want in zip(one, other):
                self.assertAlmostEqual(got, want, delta=60)

    def test_two_files_give_the_document(self):
        call = self.document(self.file("in.wav", wav(self.customer)), self.file("out.wav", wav(self.agent)))
        self.assertEqual(list(call), ["duration_ms", "legs", "silence", "overlap", "talk_share", "longest_monologue_ms",
                                      "diagnostics"])
        self.assertEqual(call["duration_ms"], 10000)
        self.assertEqual([one["role"] for one in call["legs"]], ["customer", "agent"])
        self.assertEqual(list(call["legs"][0]), ["role", "speech", "loudness_lufs", "clipped", "loudness_jump_db", "loudness_jump_at_ms"])
        self.assert_spans(call["legs"][0]["speech"], [(1000, 3000), (6000, 8000)])
        self.assert_spans(call["legs"][1]["speech"], [(4000, 7000)])
        self.assert_spans(call["silence"], [(0, 1000), (3000, 4000), (8000, 10000)])
        self.assert_spans([(one["start_ms"], one["end_ms"]) for one in call["overlap"]], [(6000, 7000)])
        self.assertEqual(call["overlap"][0]["interrupter"], "customer")
        self.assertAlmostEqual(call["talk_share"]["agent"], 3 / 7, delta=0.01)
        self.assertAlmostEqual(sum(call["talk_share"].values()), 1, delta=0.001)
        self.assertAlmostEqual(call["longest_monologue_ms"], 3000, delta=60)
        self.assertEqual(call["diagnostics"], [])
        stereo = [sample for pair in zip(self.customer, self.agent) for sample in pair]
        self.assertEqual(self.document(self.file("call.wav", wav(stereo, channels=2))), call)

    def test_mono_gives_what_it_can_and_says_so(self):
        call = self.document(self.file("mono.wav", wav(self.customer)))
        self.assertEqual([one["role"] for one in call["legs"]], ["mixed"])
        self.assertEqual([one["code"] for one in call["diagnostics"]], ["mixed"])
        self.assertIsNone(call["talk_share"])
        self.assertIsNone(call["longest_monologue_ms"])

    def test_tables_in_both_languages(self):
        files = self.file("in.wav", wav(self.customer)), self.file("out.wav", wav(self.agent))
        english = self.run_analyse(*files, "--lang", "en")
        self.assertEqual(english.returncode, 0)
        self.assertIn("talk share", english.stdout)
        self.assertRegex(english.stdout, r"talk share +57\.\d % +42\.\d %")
        chinese = self.run_analyse(*files, "--lang", "zh")
        self.assertIn("说话占比", chinese.stdout)

    def test_a_truncated_file_is_measured_and_said_to_be(self):
        call = self.document(self.file("cut.wav", wav(self.customer, stated=10_000_000)), status=3)
        self.assertEqual(call["duration_ms"], 10000)
        self.assertIn("truncated", [one["code"] for one in call["diagnostics"]])

    def test_what_is_no_recording_fails_with_a_document(self):
        for name, content in {"empty.wav": b"", "text.mp3": b"no sound" * 100, "noise.m4a": random.Random(3).randbytes(5000),
                              "head.wav": wav(self.customer)[:40]}.items():
            call = self.document(self.file(name, content), status=1)
            self.assertEqual(call["legs"], [], name)
            self.assertEqual([one["code"] for one in call["diagnostics"]], ["unreadable"], name)
        self.assertEqual(self.run_analyse(str(self.folder / "none.wav"), "--json").returncode, 1)
        self.assertEqual(self.run_analyse().returncode, 2)

    def test_ten_hours_in_flat_memory(self):
        """A sparse file: ten hours of nothing, and one second of sound at the end."""
        path = self.folder / "long.wav"
        frames = 10 * 3600 * RATE
        with path.open("wb") as out:
            out.write(wav([], stated=2 * frames)[:44])
            out.truncate(44 + 2 * (frames - RATE))
            out.seek(0, os.SEEK_END)
            out.write(wav(leg([(0.2, 0.8)], 1))[44:])
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen([PROGRAM, "analyse", path, "--json"], stdout=out, stderr=subprocess.DEVNULL)
            _, process.returncode, usage = os.wait4(process.pid, 0)
            out.seek(0)
            call = json.load(out)
        self.assertEqual(call["duration_ms"], 36_000_000)
        self.assertEqual(len(call["legs"][0]["speech"]), 1)
        self.assertLess(usage.ru_maxrss, 500_000, "KiB, sanitizers included; the samples alone are 562,500")


class Stored(unittest.TestCase):
    """analyse --data: what waits, a period anew, and runs that are killed on the way."""

    COUNT = 40

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = str(self.folder / "centre")
        (self.folder / "in").mkdir()
        self.program("init", "--data", self.data)

    def program(self, *arguments, code=0):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def record(self, name, samples):
        (self.folder / "in" / name).write_bytes(wav(samples))

    def analyse(self, *arguments, code=0):
        return json.loads(self.program("analyse", "--data", self.data, "--json", *arguments, code=code))

    def test_what_waits_is_measured_once_and_damage_is_told(self):
        self.record("7.0-in.wav", leg([(1, 3)], 5))
        self.record("7.0-out.wav", leg([(3, 5)], 5, seed=2))
        (self.folder / "in" / "8.0.wav").write_bytes(b"this is no audio")
        self.program("import", "recordings", str(self.folder / "in"), "--data", self.data)
        self.assertEqual(self.analyse(code=3), {"contacts": 2, "damaged": 1, "waiting": 0})
        self.assertEqual(self.analyse(), {"contacts": 0, "damaged": 0, "waiting": 0})

    def test_runs_that_are_killed_lose_and_double_nothing(self):
        for i in range(self.COUNT):
            self.record(f"{i}.0.wav", leg([(1, 2)], 3, seed=i))
        self.program("import", "recordings", str(self.folder / "in"), "--data", self.data)
        for moment in (0.1, 0.3, 0.5):
            run = subprocess.Popen([PROGRAM, "analyse", "--data", self.data], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
            try:
                run.wait(timeout=moment)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
        self.analyse()
        with sqlite3.connect(pathlib.Path(self.data) / "zhiheng.db") as database:
            measured = database.execute("SELECT COUNT(*), COUNT(DISTINCT call_id) FROM contact_acoustics").fetchone()
            waiting = database.execute("SELECT COUNT(*) FROM acoustics_awaited").fetchone()
        self.assertEqual(measured, (self.COUNT, self.COUNT))
        self.assertEqual(waiting, (0,))

    def test_wrong_usage_is_told(self):
        for arguments in (["analyse"], ["analyse", "x.wav", "--data", self.data],
                          ["analyse", "--data", self.data, "--from", "2026-02-30"],
                          ["analyse", "--data", self.data, "--from", "2026-10-02", "--to", "2026-10-01"],
                          ["analyse", "x.wav", "--from", "2026-10-01"]):
            self.program(*arguments, code=2)


if __name__ == "__main__":
    unittest.main()
