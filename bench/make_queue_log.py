#!/usr/bin/env python3
"""A queue_log of so many lines from a seed: a centre of about 300 agents in 8 queues, calls that overlap, ring other phones,
are abandoned and transferred; members that sign in, pause and sign out.

    bench/make_queue_log.py LINES [SEED] > queue_log
"""
import heapq
import random
import sys

QUEUES = ["sales", "support", "loans", "cards", "claims", "complaints", "retention", "night"]
REASONS = ["lunch", "meeting", "training", "break", ""]


def agent_of(rand, queue):
    """One of the 75 agents who serve the queue; each serves two."""
    return f"Agent/{1000 + (QUEUES.index(queue) + rand.randrange(2)) % len(QUEUES) + len(QUEUES) * rand.randrange(37)}"


def call(rand, at, number):
    """The lines of one call that arrives at `at`."""
    callid = f"{at}.{number}"
    queue = rand.choice(QUEUES)
    yield at, f"{callid}|{queue}|NONE|ENTERQUEUE||139{rand.randrange(10**8):08d}|1"
    wait = rand.randrange(1, 40)
    if rand.random() < 0.07:
        yield at + wait, f"{callid}|{queue}|NONE|ABANDON|1|1|{wait}"
        return
    while True:
        agent = agent_of(rand, queue)
        while rand.random() < 0.1:
            yield at + wait, f"{callid}|{queue}|{agent_of(rand, queue)}|RINGNOANSWER|{rand.randrange(1, 15) * 1000}"
            wait += 5
        talk = rand.randrange(20, 400)
        yield at + wait, f"{callid}|{queue}|{agent}|CONNECT|{wait}|{at}.{number + 1}|{rand.randrange(1, 12)}"
        at += wait + talk
        if rand.random() > 0.05:
            yield at, f"{callid}|{queue}|{agent}|{rand.choice(['COMPLETEAGENT', 'COMPLETECALLER'])}|{wait}|{talk}|1"
            return
        yield at, f"{callid}|{queue}|{agent}|BLINDTRANSFER|2000|xfer|{wait}|{talk}|1"
        queue, wait = rand.choice(QUEUES), rand.randrange(1, 40)
        yield at, f"{callid}|{queue}|NONE|ENTERQUEUE||139{rand.randrange(10**8):08d}|1"


def pause(rand, at):
    agent, reason = agent_of(rand, rand.choice(QUEUES)), rand.choice(REASONS)
    until = at + rand.randrange(60, 3600)
    for queue in rand.sample(QUEUES, 2):
        yield at, f"NONE|{queue}|{agent}|PAUSE|{reason}"
        yield until, f"NONE|{queue}|{agent}|UNPAUSE|"
    yield at, f"NONE|NONE|{agent}|PAUSEALL|{reason}"


def main():
    lines = int(sys.argv[1])
    rand = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    at, number, order, waiting = 1_790_000_000, 0, 0, []
    while lines > 0:
        at += rand.randrange(0, 5)
        number += 2
        made = call(rand, at, number) if rand.random() < 0.93 else pause(rand, at)
        for when, rest in made:
            order += 1
            heapq.heappush(waiting, (when, order, rest))
        while waiting and waiting[0][0] <= at and lines > 0:
            when, _, rest = heapq.heappop(waiting)
            sys.stdout.write(f"{when}|{rest}\n")
            lines -= 1


main()
