#!/usr/bin/env python3
"""Writes people.csv and facts.csv of one month: make_month.py AGENTS DIR. 200 facts each, the same for the same number."""
import random
import sys

# What 200 facts of an agent's October are made of: kind, how many, values.
KINDS = (
    ("handle_time", 100, lambda r: r.randint(60, 240)),
    ("satisfaction", 30, lambda r: int(r.random() < 0.85)),
    ("qa_recording", 10, lambda r: r.randint(70, 100)),
    ("qa_text", 8, lambda r: r.randint(70, 100)),
    ("offered", 12, lambda r: r.randint(20, 40)),
    ("answered", 12, lambda r: r.randint(18, 20)),
    ("busy_check", 6, lambda r: r.randint(0, 50)),
    ("sale", 8, lambda r: r.randint(0, 300)),
    ("commission", 4, lambda r: r.randint(0, 9000) / 100),
    ("night_shift", 4, lambda r: ""),
    ("exam", 2, lambda r: r.randint(60, 100)),
    ("leader_evaluation", 2, lambda r: r.randint(70, 95)),
    ("praise", 2, lambda r: r.randint(2, 5)),
)


def main(agents, folder):
    rand = random.Random(agents)
    with open(f"{folder}/people.csv", "w", encoding="utf-8") as people:
        people.write("staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids\n")
        for i in range(agents):
            people.write(f"{10000 + i},agent {i},group {i // 15},agent,20{rand.randint(10, 25)}-03-01,,,a;b;c;d,\n")
    rows = []
    for i in range(agents):
        for kind, count, value in KINDS:
            for _ in range(count):
                day, hour, minute = rand.randint(1, 31), rand.randint(8, 22), rand.randint(0, 59)
                note = rand.choice(("enquiry", "support")) if kind == "handle_time" else ""
                rows.append(f"{10000 + i},2026-10-{day:02d}T{hour:02d}:{minute:02d}:00,{kind},{value(rand)},{note},\n")
    rand.shuffle(rows)
    with open(f"{folder}/facts.csv", "w", encoding="utf-8") as facts:
        facts.write("staff_no,occurred_at,kind,value,note,source_ref\n")
        facts.writelines(rows)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
