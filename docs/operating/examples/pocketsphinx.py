#!/usr/bin/env python3
"""Recognises English speech with PocketSphinx, as a command of zhiheng.yaml:

  transcription:
    command: [/usr/share/doc/zhiheng/pocketsphinx.py, "{file}"]

Needs Debian's packages pocketsphinx and pocketsphinx-en-us. FILE is a WAV file of one channel and 16 bits; what was said
goes to standard output as JSON, a segment for every stretch between pauses. The model is small and made for 16 kHz: good
enough to try the way, not to judge agents by.
"""
import array
import json
import pathlib
import subprocess
import sys
import tempfile
import wave

MODEL = pathlib.Path("/usr/share/pocketsphinx/model/en-us")
RATE = 16000
FRAME_S = 0.02
PAUSE_S = 0.5  # a longer one ends a segment
SEGMENT_MAX_S = 20
MARGIN_S = 0.15  # of silence kept around a segment


def read(path):
    """The samples at RATE, and for how many seconds they last."""
    with wave.open(path, "rb") as file:
        if file.getnchannels() != 1 or file.getsampwidth() != 2:
            raise ValueError("not one channel of 16 bits")
        rate, samples = file.getframerate(), array.array("h", file.readframes(file.getnframes()))
    count = len(samples) * RATE // rate
    last = len(samples) - 1
    resampled = array.array("h", bytes(2 * count))
    for i in range(count):
        place = i * rate / RATE
        left = int(place)
        right = min(left + 1, last)
        resampled[i] = int(samples[left] + (samples[right] - samples[left]) * (place - left))
    return resampled


def stretches(samples):
    """Where somebody speaks, in seconds: what stands out of the quieter half of the file."""
    size = int(RATE * FRAME_S)
    levels = [sum(s * s for s in samples[i : i + size]) / size for i in range(0, len(samples) - size, size)]
    if not levels:
        return []
    quiet = sorted(levels)[len(levels) // 10]
    loudest = max(levels)
    threshold = max(4 * quiet, loudest / 1000, 100.0)
    found = []
    for i, level in enumerate(levels):
        if level < threshold:
            continue
        begin, end = i * FRAME_S, (i + 1) * FRAME_S
        if found and begin - found[-1][1] < PAUSE_S and end - found[-1][0] < SEGMENT_MAX_S:
            found[-1][1] = end
        else:
            found.append([begin, end])
    return [(begin, end) for begin, end in found if end - begin > 0.1]


def recognise(samples, spans):
    """What is said in each span."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for number, (begin, end) in enumerate(spans):
            first, last = max(0, int((begin - MARGIN_S) * RATE)), int((end + MARGIN_S) * RATE)
            with wave.open(str(folder / f"{number}.wav"), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(samples[first:last].tobytes())
        (folder / "list").write_text("".join(f"{number}\n" for number in range(len(spans))))
        subprocess.run(
            ["pocketsphinx_batch", "-hmm", MODEL / "en-us", "-lm", MODEL / "en-us.lm.bin", "-dict", MODEL / "cmudict-en-us.dict",
             "-adcin", "yes", "-adchdr", "44", "-cepdir", folder, "-cepext", ".wav", "-ctl", folder / "list",
             "-hyp", folder / "said", "-logfn", "/dev/null"],
            check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        # "thank you for calling (0 -1234)"
        return [line.rsplit("(", 1)[0].strip() for line in (folder / "said").read_text().splitlines()]


def main(path):
    samples = read(path)
    spans = stretches(samples)
    texts = recognise(samples, spans) if spans else []
    segments = [{"start": round(b, 3), "end": round(e, 3), "text": t} for (b, e), t in zip(spans, texts)]
    json.dump({"duration": len(samples) / RATE, "segments": segments}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
