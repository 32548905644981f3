"""The asker's vocabulary, from ``questions.toml``: phrase tables made once.

shape_words().find("由哪几部分组成") -> "compose"       fillers("请问多少钱") -> spans to leave out
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, cast

from index.find.accounts import account_words
from index.find.phrases import Phrases
from index.find.terms import find_terms
from index.lexicon import measures, toml
from index.models import Measure
from index.text.normal import plain

_FILE = "questions.toml"
_TEXTS = "texts.toml"
_NEAR = "near_words.toml"
_PLACED = re.compile(r"\{([a-z_]+)\}")
_DIGITS = "〇一二三四五六七八九"
_SHORT_YEAR = re.compile(
    rf"(?<![近这去第百零{_DIGITS}十])(?:二[零{_DIGITS}]|一[五六七八九])(?=年(?!级|制|期|生|来|间))"
)  # 二六年
_LONE_YEAR = re.compile(rf"(?<![零{_DIGITS}十百千万])二[零〇][一二三四][零{_DIGITS}](?=[，、 ；。]|$)")
_AT_THE_BEGINNING = re.compile(
    r"(?P<until>(?P<year>20\d\d)年?(?:年?末|年?底)[^，。；比较]{0,12})[比较](?:同年|当年|本年|今年)?年?初"
    r"|(?P<of>20\d\d)年?[年期]初的?(?P<what>[^，。；预]{0,16}(?:余额|结余|结存|滚存))"
)
_TENTHS = re.compile(
    rf"(?<=[过超到达破于的满])了?([两{_DIGITS[1:]}])成(半)?(?![员都立交本果功效绩为就])"
)  # 过没过|八成|
_YEAR_OF_MONTHS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[上下]半年|第?[一二三四]季度|前[三两二]个?季度)")

# 多少| |进度咋样: a blank behind what asks; 多少亩| |花的钱也说下: one between two clauses that ask for something;
# 人员| |公用| |专项各多少: blanks between the words of a list.
_ASKED = re.compile(r"((?:多少|多大|几|吗|呢|没有?)[亿万元钱个点]{0,3}了?)[ \u3000]+(?=[\u4e00-\u9fff])")
_PAUSED = re.compile(
    r"((?:(?<!最)多[少大高]|(?<!好)几(?![乎年月]))[^，。；？?,; \u3000]{1,14})[ \u3000]+"
    r"(?=[\u4e00-\u9fff])(?=[^，。；？?,;]*(?:多[少大高长]|几(?![乎年月])|百分之|[多大高快]不[多大高快]|呢|也[说讲报列给要查]))"
)
# 社保基金收入| |养老 医疗 失业各多少: the blank between a whole and the words for its parts.
_PARTS = re.compile(
    r"(?<=[收支][入出])[ \u3000]+(?![^，。各]*(?:收入|支出))"
    r"(?=(?:[\u4e00-\u9fff]{2,4}[ \u3000]+)+[\u4e00-\u9fff]{2,4}[ \u3000]*各)"
)
_LISTED = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000]+"
    r"(?=[\u4e00-\u9fff]{2,8}(?:[ \u3000]+[\u4e00-\u9fff]{2,8})*[ \u3000]*(?:各|分别)[^，。]{0,6}(?:多少|几))"
)


@cache
def words(group: str, name: str) -> tuple[str, ...]:
    """A list of the file in normal form, longest first; with every lead before every kind, where it has such."""
    leads, kinds = (toml(_FILE)[group].get(f"{name}_{part}", ()) for part in ("leads", "kinds"))
    found = {plain(word) for word in (*toml(_FILE)[group][name], *(lead + kind for lead in leads for kind in kinds))}
    return tuple(sorted(found - {""} | ({" "} if " " in toml(_FILE)[group][name] else set()), key=len, reverse=True))


def has(text: str, group: str, name: str) -> str:
    """The longest word of a list that the text contains, or ""."""
    return next((word for word in words(group, name) if word in text), "")


@cache
def fillers() -> Phrases[bool]:
    """Words that carry no content."""
    return Phrases(dict.fromkeys((*words("filler", "words"), *words("ask", "figure")), True))


@cache
def edge() -> str:
    """Characters without content at the edge of a piece."""
    return cast(str, toml(_FILE)["filler"]["edge"])


@cache
def spoken() -> frozenset[str]:
    """Characters of speech, not of names: a word that has one may be left unsaid by a report."""
    return frozenset(cast(str, toml(_FILE)["filler"]["spoken"]))


@cache
def composed_of() -> re.Pattern[str]:
    """How the parts of a total are asked for in a turn of speech: 怎么分下去的, 都派了什么用场."""
    shape = toml(_FILE)["shape"]
    return re.compile("|".join(filled(turn, shape) for turn in shape["composed"]))


@cache
def tail() -> str:
    """One-character verbs that stand at the end of a word and are no part of it: 电费|留."""
    return cast(str, toml(_FILE)["soft"]["tail"])


@cache
def result() -> str:
    """Characters behind a verb that say what came of it, and are no part of a name: 砍|到."""
    return cast(str, toml(_FILE)["soft"]["result"])


@cache
def nouns() -> str:
    """Characters that end names, whatever a dictionary says of them alone: 物业|费."""
    return cast(str, toml(_FILE)["soft"]["nouns"])


@cache
def head() -> str:
    """One-character verbs that stand at the beginning of a word and are no part of the name behind it: 修|供热管网."""
    return cast(str, toml(_FILE)["soft"]["head"])


@cache
def shape_words() -> Phrases[bool]:
    """Words that say how a question is meant; they are no content."""
    groups = ("define", "compose", "highest", "lowest", "among", "compare", "trend", "members", "each", "about")
    return Phrases({word: True for group in groups for word in words("shape", group)})


@cache
def soft_words() -> tuple[str, ...]:
    """Content words an answer need not contain, longest first: 累计, 分到, 省下达."""
    given = {giver + verb for giver in words("soft", "giver") for verb in words("soft", "verb")}
    return tuple(sorted({*words("soft", "words"), *words("soft", "verbs"), *given}, key=len, reverse=True))


@cache
def measure_words() -> Phrases[Measure]:
    """Question words of all measures."""
    table: dict[str, Measure] = {}
    for row in measures().values():
        for word in row.question:
            table.setdefault(word, row.key)
    return Phrases(table)


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Asker's word -> words of reports."""
    table = cast(Mapping[str, list[str]], {**toml(_NEAR), **toml(_FILE)["synonym"]})
    return {plain(word): tuple(map(plain, others)) for word, others in table.items()}


@cache
def near_words() -> frozenset[str]:
    """The asker's words of the long table: so many that of two characters some sound like whatever was typed."""
    return frozenset(map(plain, toml(_NEAR)))


@cache
def adjacent() -> Mapping[str, tuple[str, ...]]:
    """Asker's word -> words that stand right before the value it asks for."""
    table = cast(Mapping[str, list[str]], toml(_FILE)["adjacent"])
    return {plain(word): tuple(map(plain, others)) for word, others in table.items()}


def account_names(account: str) -> list[str]:
    """The words of an account, with and without 预算."""
    return [name for word, own in account_words().items() if own == account for name in (word, word + "预算")]


def strip_account(name: str) -> str:
    """一般公共预算年终结余 -> 年终结余."""
    for word in account_words():
        if name.startswith(word):
            return name.removeprefix(word).removeprefix("预算")
    return name


@cache
def meanings() -> Mapping[str, str]:
    """Words of the trade that are no items, and what they mean."""
    return cast(Mapping[str, str], toml(_FILE)["meaning"])


@cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    rows = cast(list[dict[str, Any]], toml(_FILE)["rewrite"])
    return tuple((re.compile(row["ask"]), row["say"], row.get("alone", False)) for row in rows)


@cache
def _provinces() -> Mapping[str, str]:
    return cast(Mapping[str, str], toml("place_words.toml")["province"]["short"])


@cache
def _short_province() -> re.Pattern[str]:
    """|京| 26年市级三公: a province by its one character, at the very beginning."""
    return re.compile(f"^[{''.join(_provinces())}](?={toml('place_words.toml')['province']['behind']})")


@cache
def simplified() -> dict[int, int]:
    """Traditional characters -> simplified ones, for ``str.translate``."""
    return {ord(pair[0]): ord(pair[1]) for pair in cast(str, toml("traditional.toml")["pairs"]).split()}


@lru_cache(maxsize=256)
def in_our_words(question: str) -> str:
    """The question in normal form, simplified characters, everyday turns replaced by those of the trade."""
    text = _short_province().sub(lambda short: _provinces()[short[0]], question.strip(), count=1)
    text = _PARTS.sub("里", text)
    text = _LISTED.sub("、", _PAUSED.sub(r"\1，", _ASKED.sub(r"\1，", text)))  # a blank typed for a mark
    text = _YEAR_OF_MONTHS.sub(r"\1年", plain(text).translate(simplified()))
    text = _LONE_YEAR.sub(lambda year: f"{_in_digits(year[0])}年", text)
    text = _SHORT_YEAR.sub(lambda year: _in_digits(year[0]), text)
    text = _TENTHS.sub(lambda tenths: f"{_in_digits(tenths[1].replace('两', '二'))}{'5' if tenths[2] else '0'}%", text)
    text = _AT_THE_BEGINNING.sub(_at_the_end_before, text)
    for ask, say, alone in _rewrites():
        text = _alone(ask, say, text) if alone and ask.search(text) else ask.sub(say, text)
    return text


def _at_the_end_before(found: re.Match[str]) -> str:
    """2025年末比年初, 2025年初余额: what stands at a beginning of a year was left by the year before."""
    before = f"{int(found['year'] or found['of']) - 1}年末"
    return f"{found['until']}比{before}" if found["until"] else f"{before}{found['what']}"


def _in_digits(year: str) -> str:
    return "".join(str(_DIGITS.index(char.replace("零", "〇"))) for char in year)


def _alone(ask: re.Pattern[str], say: str, text: str) -> str:
    """The turn replaced, but where it is only the end of the name of an item: 稳定调节|基金|还剩多少."""
    names = [(term.start, term.end) for term in find_terms(text)]

    def put(found: re.Match[str]) -> str:
        return (
            found[0] if any(start < found.start() and found.end() <= end for start, end in names) else found.expand(say)
        )

    return ask.sub(put, text)


@cache
def operation_words() -> tuple[str, ...]:
    """Words that make another figure of a figure: 除了, 扣除, 环比."""
    return tuple(plain(word) for row in toml("asking.toml")["operation"] for word in row["words"])


@cache
def pattern_in(group: str, name: str, file: str = _FILE) -> re.Pattern[str]:
    """A pattern by its group; {number} stands for that of an order, any other such word for one of its own group."""
    rows = {**toml(_FILE)["order"], **toml(file)[group]}
    return re.compile(filled(rows[name], rows))


def filled(text: str, rows: Mapping[str, Any]) -> str:
    """A pattern with its {names}, and theirs, put in."""
    return _PLACED.sub(lambda word: f"(?:{filled(rows[word[1]], rows)})", text)


def asking_pattern(group: str, name: str) -> re.Pattern[str]:
    """A pattern of ``asking.toml``: how a figure is asked for."""
    return pattern_in(group, name, "asking.toml")


def pattern_of(group: str, name: str) -> re.Pattern[str]:
    """A pattern of ``texts.toml``: how questions for texts and what answers them are worded."""
    return pattern_in(group, name, _TEXTS)


@cache
def words_of(group: str, name: str) -> tuple[str, ...]:
    """A list of ``texts.toml``, longest first."""
    return tuple(sorted(map(plain, toml(_TEXTS)[group][name]), key=len, reverse=True))


def asking_characters() -> str:
    """咋, 啥, 哪: a question word, typed as it is meant."""
    return cast(str, toml(_TEXTS)["why"]["asking"])


def zone_shorts() -> list[tuple[str, str]]:
    """Long and short form of zone names."""
    return [(long, short) for long, short in toml(_FILE)["nearby"]["zone"]]


def zone_bare() -> list[tuple[str, str]]:
    """Names of zones, and what is said for them behind the name of the city alone: 宝鸡|高新."""
    return [(long, bare) for long, bare in toml(_FILE)["nearby"]["zone_bare"]]


@cache
def average_pattern() -> re.Pattern[str]:
    """平均一个月, 月均, 平均每次: that an average is asked for."""
    rows = toml("asking.toml")["operation"]
    return re.compile("|".join(f"(?:{row['ask']})" for row in rows if row.get("averaged")))
