#!/usr/bin/env python3
"""Writes what the bench of `inspect` reads: transcripts of service dialogues, a pack with phrases and patterns.

make_inspection.py DIR TURNS: DIR/transcripts.jsonl (for `import`), DIR/turns.txt (the same texts, a line each),
DIR/phrases.txt, DIR/patterns.txt, DIR/pack/ (standard with a check for each ten phrases and ten patterns). Fixed seed.
"""
import json
import pathlib
import random
import sys

TURNS_PER_CONTACT = 10
PHRASES = 500
PATTERNS = 200
ZH = ("您好 请问 有什么 可以 帮您 我 想 查 一下 订单 的 快递 什么时候 到 退款 已经 为您 处理 了 稍等 系统 显示 明天 上午 "
      "发货 地址 电话 号码 会员 积分 优惠券 没有 收到 仓库 发票 公司 抬头 感谢 您的 来电 再见 不客气 好的 是的 还有 其他 "
      "问题 吗 呢 商品 质量 破损 换货 登记 同事 联系 三个 工作日 内 到账 原路 退回 运费 保险 师傅 上门 安装 时间").split()
EN = ("hello thank you for calling how can i help my order has not arrived yet could tell me the number please it is on its "
      "way tomorrow refund will be made within three days sorry about that anything else have nice day goodbye").split()
SIGNS = ["，", "。", "？", "", ""]


def sentence(rng):
    if rng.random() < 0.15:
        return " ".join(rng.choice(EN) for _ in range(rng.randint(4, 14))).capitalize() + "."
    return "".join(rng.choice(ZH) + rng.choice(SIGNS) for _ in range(rng.randint(4, 14))) + "。"


def distinct(rng, count, make):
    found = {}
    while len(found) < count:
        found[make(rng)] = None
    return list(found)


def phrase(rng):
    return "".join(rng.choice(ZH) for _ in range(rng.randint(2, 4)))


def pattern(rng):
    a, b = rng.choice(ZH), rng.choice(ZH)
    return rng.choice([f"{a}.{{0,6}}{b}{rng.choice(ZH)}", f"{a}{b}[^,。]{{0,4}}(吗|呢)", f"({a}|{b}){rng.choice(ZH)}[0-9]{{2,6}}"])


def write_pack(folder, phrases, patterns):
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        "id: benched\ntitle: {zh: 测速, en: benched}\ninclude: [../../policies/standard]\n".replace(
            "../../policies/standard", str(pathlib.Path("policies/standard").resolve())), encoding="utf-8")
    lines = ["checks:"]
    for kind, words in (("phrases", phrases), ("patterns", patterns)):
        for i in range(0, len(words), 10):
            listed = ", ".join(json.dumps(word, ensure_ascii=False) for word in words[i:i + 10])
            lines += [f"  {kind}_{i}:", "    label: {zh: 测速, en: bench}", "    clause: F3.6", "    item: language",
                      "    severity: minor", "    points: 1", f"    forbid: {{{kind}: [{listed}], role: agent, last: {{turns: 1}}}}"]
    (folder / "checks.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    folder, turns = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(20261122)
    phrases, patterns = distinct(rng, PHRASES, phrase), distinct(rng, PATTERNS, pattern)
    (folder / "phrases.txt").write_text("\n".join(phrases) + "\n", encoding="utf-8")
    (folder / "patterns.txt").write_text("\n".join(patterns) + "\n", encoding="utf-8")
    write_pack(folder / "pack", phrases, patterns)
    with open(folder / "transcripts.jsonl", "w", encoding="utf-8") as out, open(folder / "turns.txt", "w", encoding="utf-8") as texts:
        for contact in range(turns // TURNS_PER_CONTACT):
            spoken = []
            for i in range(TURNS_PER_CONTACT):
                text = sentence(rng)
                texts.write(text + "\n")
                spoken.append({"role": "agent" if i % 2 == 0 else "customer", "start_ms": i * 5000, "end_ms": i * 5000 + 4200,
                               "text": text})
            # In the order of time and named as a telephone system names calls: so do exports come.
            minute = contact * 28 * 12 * 60 // (turns // TURNS_PER_CONTACT)
            at = f"2026-10-{1 + minute // 720:02}T{8 + minute // 60 % 12:02}:{minute % 60:02}:00"
            json.dump({"source_id": f"{1790812800 + contact}.{contact % 10}", "channel": "call", "agent": "1001", "customer": "",
                       "started_at": at, "product": "enquiry", "turns": spoken}, out, ensure_ascii=False)
            out.write("\n")


main()
