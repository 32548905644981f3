"""Questions as nobody would type them, made from questions as everybody does; the same seed makes the same ones.

mutated(Random(1)) -> "上党区2023年教育支出123456789012345678901234567890"
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from typing import Final

PLAIN: Final = (
    "上党区2023年教育支出多少", "解放区2023年一般公共预算收入完成多少，增长多少", "西工区2023年政府债务余额是多少",
    "屯留区2024年三公经费预算", "上党区和解放区2023年教育支出哪个高", "上党区教育支出历年", "上党区2023年支出构成",
    "各区2023年教育支出排名", "什么是一般公共预算", "近三年西工区税收收入", "2022年至2024年解放区社保支出",
    "上党区2023年教育支出比卫生健康支出多多少", "全市上半年财政收入", "上党区专项债务限额和余额", "解放区还本付息多少",
    "西工区一般债务专项债务余额", "上党区2023年哪些支出增长最快", "教育支出占一般公共预算支出的比重", "那卫生健康呢",
    "前年呢", "社保和医保呢", "全市还是本级", "上党区2023年超收收入安排了什么", "西工区2023年减税降费了多少亿元",
    "上党区预算报告里关于养老怎么说", "我区去年收入", "上一个", "两个一起比", "上党区本金利息各多少", "有哪些报告",
    "你好", "上党区2023年农林水支出预算数、调整预算数和决算数", "2023年1-6月一般公共预算收入", "截至2023年底债务余额",
    "上党区2023年教育支出多少？卫生健康支出呢？解放区的呢？", "解放区2023年收入多少，支出多少，债务余额多少",
    "1、上党区教育支出 2、农林水支出 3、三公经费", "上党区2023年教育、卫生、农林水支出各多少，一共多少",
    "教育支出加上卫生健康支出一共多少", "上党区2022年和2023年教育支出合计", "除了教育其他支出多少",
    "解放区收入为什么下降这么多", "咋掉了", "受什么影响", "西工区2023年税收多少，为什么增长",
    "上党区教育支出涨了，什么原因", "去年上党区教育支出多少", "比前年多多少", "今年预算比去年完成增加多少",
    "大前年呢", "上上年", "前三年平均每年多少", "上一年度同期", "明年安排多少", "最近两年税收增速",
    "本级占全区的比重", "债务余额离限额还有多少空间", "什么叫三保，是哪几项", "提出了几项原则",
    "不含上级补助的收入多少", "财政局2024年部门预算",
    "近十三年", "二〇二三年教育支出", "上党区2023年教育支出为什么下降", "收入前三的区", "上党区人均教育支出",
)  # fmt: skip
HANZI: Final = "的和与及、其中嗯啊呢吗预算支出收入债务教育上党区年月亿万元本级全市比多少历龘齉靐生僻"
EMOJI: Final = "😀🧮👨‍👩‍👧‍👦🇨🇳🏴\u200d☠️❤️‍🔥"
MARKS: Final = "\u202e\u202d\u2066\u2067\u2068\u2069\u200f\u200e\u061c\u200b\u200d\ufeff\u2060\u00ad\u0301\ue000\ud7ff"
SYNTAX: Final = (
    "' OR 1=1 --", "\"; DROP TABLE facts; --", "NEAR(教育 支出, 5)", "教育 AND NOT 支出*", "^教育", "{a b}: c",
    "\"\"\"", "* OR *", "col:教育",
    "(((((", ")))))", "NULL", "%s%n", "${jndi}", "<b>", "</script>", "&lt;", "\\u0000", "\x00",
    "|||||", "----", "{{}}", "__import__", "rowid", "1e999999", "0x7fffffff", "9" * 40, "2023" * 20, "²³½Ⅷ", "１２３",
)  # fmt: skip
LONG: Final = 10_000


def _run(dice: random.Random, of: str, most: int = 80) -> str:
    return "".join(dice.choice(of) for _ in range(dice.randint(1, most)))


def _letters(dice: random.Random) -> str:
    return _run(dice, string.ascii_letters)


def _digits(dice: random.Random) -> str:
    return dice.choice((_run(dice, string.digits), dice.choice(string.digits) * dice.randint(1, 80)))


def _hanzi(dice: random.Random) -> str:
    return dice.choice((_run(dice, HANZI), dice.choice(HANZI) * dice.randint(1, 80)))


def _any_hanzi(dice: random.Random) -> str:
    return "".join(chr(dice.randint(0x4E00, 0x9FFF)) for _ in range(dice.randint(1, 60)))


def _signs(dice: random.Random) -> str:
    return _run(dice, "，。、；：？！,.;:?!（）()《》“”\"'-—+=/~·%‰ \t\n\u3000")


def _anything(dice: random.Random) -> str:
    codes = (dice.choice((dice.randint(0, 0x2FF), dice.randint(0, 0xD7FF), dice.randint(0xE000, 0x10FFFF)))
             for _ in range(dice.randint(1, 40)))  # fmt: skip
    return "".join(map(chr, codes))


def _counts(dice: random.Random) -> str:
    numerals = _run(dice, "〇一二三四五六七八九十百千万亿两几零", 12)
    return (
        dice.choice(("近", "前", "第", "过去", "")) + numerals + dice.choice(("年", "个月", "季度", "区", "位", "倍"))
    )


RUNS: Final[tuple[Callable[[random.Random], str], ...]] = (
    _digits, _letters, _hanzi, _any_hanzi, _signs, _anything, _counts,
    lambda dice: _run(dice, EMOJI, 30), lambda dice: _run(dice, MARKS, 30), lambda dice: dice.choice(SYNTAX),
)  # fmt: skip


def _inserted(dice: random.Random, text: str) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + dice.choice(RUNS)(dice) + text[at:]


def _repeated(dice: random.Random, text: str) -> str:
    start = dice.randint(0, max(0, len(text) - 1))
    piece = text[start : start + dice.randint(1, 12)]
    return text[:start] + piece * dice.randint(2, 40) + text[start:]


def _shuffled(dice: random.Random, text: str) -> str:
    signs = list(text)
    dice.shuffle(signs)
    return "".join(signs)


def _dropped(dice: random.Random, text: str) -> str:
    return "".join(char for char in text if dice.random() > 0.15)


def _pasted(dice: random.Random, text: str) -> str:
    joint = dice.choice(("", "，", "；", "和", "比", "\n", "？", "、", " "))
    return joint.join([text, *(dice.choice(PLAIN) for _ in range(dice.choice((1, 2, 3, 40))))])


def _lengthened(dice: random.Random, text: str) -> str:
    unit = dice.choice(
        (text, _inserted(dice, text), dice.choice(RUNS)(dice), dice.choice(HANZI), dice.choice("12 ，和"))
    )
    return (text + unit * (LONG // max(1, len(unit)) + 1))[:LONG]


MUTATIONS: Final = (
    *(_inserted,) * 8, _repeated, _repeated, _shuffled, _dropped, _pasted, _pasted, _lengthened,
)  # fmt: skip


def mutated(dice: random.Random) -> str:
    """One question: a plain one with one to four things done to it, 10,000 characters at most."""
    text = dice.choice(PLAIN)
    for _ in range(dice.randint(1, 4)):
        text = dice.choice(MUTATIONS)(dice, text)[:LONG]
    return text


def questions(seed: int, count: int) -> Iterator[str]:
    """So many of them."""
    dice = random.Random(seed)
    for _ in range(count):
        yield mutated(dice)
