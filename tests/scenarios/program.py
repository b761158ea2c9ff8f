"""Runs the real program the way a script would."""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("ZH_PROGRAM", "build/test/zhiheng"))
if not PROGRAM.is_absolute():
    PROGRAM = ROOT / PROGRAM
SHARED = ROOT.parent / "shared"


class Outcome:
    """What one run left behind."""

    def __init__(self, finished):
        self.code = finished.returncode
        self.out = finished.stdout.decode("utf-8", "replace")
        self.err = finished.stderr.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def run(*arguments, stdin=None, environment=None, timeout=300):
    """Runs the program in English with the given arguments."""
    return Outcome(
        subprocess.run(
            [str(PROGRAM), *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=timeout,
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
            check=False,
        )
    )


def expect(code, *arguments, **options):
    """Runs the program and insists on its exit code."""
    outcome = run(*arguments, **options)
    if outcome.code != code:
        raise AssertionError(f"zhiheng {' '.join(map(str, arguments))}: expected exit {code}, got {outcome}")
    return outcome
