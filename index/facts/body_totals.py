"""The totals and sources of a body's own budget or account: what they are called, and which one a figure is of.

其中：财政拨款支出|预算9101万元       dept-grant-exp, not all that the body spends
2024年度|支出|决算为952万元          dept-exp: alone it is the whole
一般公共预算财政拨款支出年初预算…，支出|决算…   what was spent of that total
年初结转和结余3万元，本年收入|95万元，年末结转和结余|2万元   each its own
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from index.facts.clean import is_filler
from index.facts.context import Topic
from index.facts.marks import CIRCUMSTANCE
from index.facts.open_names import EDGE, MAX_NAME, opener_end
from index.find.bodies import called
from index.lexicon import toml
from index.models import FLOW_OF, Account, Flow

_SHORTEST: Final = 3  # characters
_ALONE: Final = re.compile("(?:收入|支出)(?:预算|决算)?数?")  # words of every other name, too
_LONGER: Final = re.compile("收入|支出|基本|项目|[和与及、]")  # 财政拨款收入|支出总计 is another total
_EACH: Final = re.compile("^(?:[各均]|分别)")
_LEFT_AT: Final = re.compile("年[末底初](?=结[转余])")  # masked, but a part of the name
_SIDE: Final = re.compile(r"(?:收支总计|收入|支出|(?:年[末底初]|上年|期[末初])?结[转余](?:[和与及]?结余)?)$")
# 支出决算中的基本建设项目, 一般公共预算项目: below it stands not all that the body spends; but 财政拨款支出项目
_OF_PART: Final = re.compile(r"(?P<name>[^，。；\d]{2,30}(?<!支出)(?<!收入)(?:项目|工程|专项(?:经费|资金)?))[。：: ]*")
_ITS: Final = re.compile(
    r"[，；：、]*(?:其中：?)?(?:20\d\d年度?|[全当本]年|该|本)*(?:项目)?总?(?P<side>收入|支出|资金|经费)"
    "(?:预算|决算|数|完成|共|合计|为|是)*约?"
)
_GRANT: Final = "财政拨款"
_FLOW: Final = ("收入", "支出")
_NO_MORE: Final = ("carried", "carried_open_flow", "account_total")  # rules that found no name in the words
_STAGES: Final = ("预算", "决算", "预算数", "决算数")
_IS_COMPARED: Final = re.compile(r"(?P<what>[^，。；]{2,30}?)[与同较比](?:上年|去年|20\d\d年)")
_OF_GRANTS: Final = re.compile(r"(?:关于)?财政拨款收[入、支]")
_BOTH: Final = ("dept-rev", "dept-exp")
_OF_BODY: Final = (*_BOTH, "dept-sum")  # of the whole body, below whatever heading
_CARRIED: Final = ("dept-carry-in", "dept-carry-out")
_OF_ONE: Final = re.compile(
    "(?:关于)?(?:20\\d\\d年度?)?(?P<account>一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:当年)?(?:财政)?拨款"
)
_OF_ALL: Final = re.compile("部门|单位|总")
_OWN_ACCOUNTS: Final[dict[str, Account]] = {
    "gp": "general_public",
    "gf": "government_fund",
    "sc": "state_capital",
}
_OF_ACCOUNT: Final = re.compile(r"total-(?P<account>gp|gf|sc)-(?P<sum>sum-)?(?:rev|exp)|(?P<all>dept)-(?:rev|exp)")
_ACCOUNT_WORDS: Final = (("一般公共预算", "gp"), ("政府性基金", "gf"), ("国有资本经营", "sc"))
_FLOWS: Final[dict[str, Flow]] = {"rev": "revenue", "exp": "expenditure"}


def total_of_side(flow: str, heading: str, words: str) -> Topic | None:
    """All that a body gets or spends, or what it does of the one account that the ``heading`` of a section names."""
    word = next((word for word, one in FLOW_OF.items() if one == flow), "")
    return of_section(topic_of_total(word), heading, words) if word else None


def total_in(left: str, masked: str, owner: str, heading: str = "", alone: bool = False) -> Topic | None:
    """The total of a body's paper that the words before a figure begin with, ``alone``: 支出预算 will do; None if they
    begin with none.  ``heading`` is that of the section."""
    start = opener_end(masked)
    if start == len(left):  # 收支总预算|9万元: words of an opener one by one, and together the name of a total
        start = len(left) - len(masked.lstrip(EDGE))
    alone = alone or left[max(0, start - 1) : start] == "总"  # 总支出|9万元: all of it
    left_at = _LEFT_AT.search(left)
    spoken = range(*left_at.span()) if left_at else range(0)
    start = min(start, *spoken) if spoken else start
    kept = [at for at in range(start, len(left)) if masked[at] != CIRCUMSTANCE or at in spoken]
    words = "".join(left[at] for at in kept)
    bare = without_body(words, owner)
    named = bare != words or _names(owner, left)
    name = longest_total(bare, alone=alone or named)
    rest = "".join(masked[at] for at in kept[len(words) - len(bare) + len(name) :])
    rest = _EACH.sub("", rest)  # 收、支总计|各|增加9万元
    if not name or not is_filler(rest) or _LONGER.match(rest):
        return None
    return of_section(topic_of_total(name), heading, left)


def compared_total(clause: str, masked: str, owner: str) -> Topic | None:
    """收、支总计|与2023年度决算相比，: the total that a clause without figures compares; None if it names none."""
    match = _IS_COMPARED.match(clause)
    return total_in(match["what"], masked[: match.end("what")], owner, alone=True) if match else None


def other_side(held: Topic, words: str, opens: bool) -> Topic | None:
    """财政拨款收入95万元，支出|96万元: what 收入 or 支出 in the ``words`` is behind a total, ``held``,
    of the other side; ``opens``: it begins the sentence.  What has no such side is called so, and is no total.  None if
    it is of the same side or of no total."""
    word = max(_FLOW, key=words.rfind)
    if held.flow == FLOW_OF[word] or not _has_sides(held):
        return None
    name = _SIDE.sub("", held.name) + word
    if total_called(name) is not None:
        return topic_of_total(name)
    return topic_of_total(word) if opens else Topic(name, flow=FLOW_OF[word])


def project_of(held: Topic | None, heading: str, owner: str, words: str) -> Topic | None:
    """The project below whose name a figure stands: the one that holds or, if nothing does, the one in the ``heading``;
    None if there is none, or the ``words`` name the body itself (本单位收入, 某局支出)."""
    if _names(owner, words):
        return None
    if held is None and (part := _OF_PART.fullmatch(heading)):
        return Topic(part["name"], project=True)
    return held if held is not None and held.project else None


def of_project(held: Topic, rule: str, words: str, total: Topic | None) -> Topic | None:
    """支出决算|380万元 below the name of a project is what went to it, 收入|480万元 what came in for it,
    其中：财政拨款|9万元 or a source (``total``) a part of it; None where the words name more than that (``rule``)."""
    name = held.base or held.name
    if rule not in _NO_MORE:
        if its := _ITS.fullmatch(words):
            return _beside(name, "收入") if its["side"] == "收入" else Topic(name, project=True)
        return None if total is None or total.key in _OF_BODY else _beside(name, total.name)
    side = max(_FLOW, key=words.rfind) if any(flow in words for flow in _FLOW) else ""
    if _GRANT in words:
        return _beside(name, f"{_GRANT}{side}")
    if side == "收入":
        return _beside(name, side)
    return Topic(name, project=True) if held.base and side else held


def _beside(project: str, what: str) -> Topic:
    """What came in for a project, or a part of what went to it."""
    return Topic(f"{project}{what}"[:MAX_NAME], flow=FLOW_OF.get(what[-2:], ""), base=project, project=True)


def _names(owner: str, words: str) -> bool:
    return any(body in words for body in _bodies(owner))


def _has_sides(topic: Topic) -> bool:
    """Is it a total of a body, or what is left over of its grants?"""
    return is_total(topic.key) or (topic.name.startswith(_GRANT) and bool(_SIDE.search(topic.name)))


def left_over_of(total: Topic, before: str) -> Topic:
    """财政拨款年初结转和结余3万元，年末结转和结余|2万元: of the grants only, if these were told of ``before``."""
    return Topic(f"{_GRANT}{total.name}") if total.key == "dept-carry-out" and _GRANT in before else total


def of_section(total: Topic, heading: str, words: str = "") -> Topic:
    """收、支总计|各减少9万元 below 财政拨款收入支出决算总体情况: of the grants, as the section is; and 本年收入|9万元
    below 政府性基金预算财政拨款收支情况, if its ``words`` do not say that it is of all."""
    of = _OF_ONE.match(heading)
    if of and any(word != of["account"] and word in heading for word, _ in _ACCOUNT_WORDS):
        of = None  # 一般公共预算财政拨款收支和政府性基金财政拨款收支情况: of two
    if of and total.key in _CARRIED:
        return Topic(f"{of['account']}预算财政拨款{total.name}".replace("预算预算", "预算"))  # not all that is carried
    if of and total.key in _BOTH and not _OF_ALL.search(words):
        side = total.key.rpartition("-")[2]
        account = next((short for word, short in _ACCOUNT_WORDS if of["account"].startswith(word)), "")
        found = f"dept-{account}-{side}"
        known = next((name for name, known in _totals().items() if known[0] == found), None)
        return topic_of_total(known) if known is not None else total
    ours = total.key == "dept-sum" and _OF_GRANTS.match(heading)
    return topic_of_total(f"{_GRANT}收支总计") if ours else total


def longest_total(words: str, alone: bool = False) -> str:
    """The longest name of a total that the words begin with, if it says more than 收入 or 支出决算 (or ``alone``: that
    will do); else ""."""
    names = (name for name in _totals() if words.startswith(name) and (alone or not _ALONE.fullmatch(name)))
    return max(names, key=len, default="")


def total_called(name: str) -> tuple[str, str] | None:
    """Key and shown name of the total of exactly this name; None if there is none."""
    return _totals().get(name)


def total_of_row(key: str, label: str) -> tuple[str, str] | None:
    """Key and shown name of what a table of a body calls the total of an account (``key``); None for another key.

    ``label`` is the table's caption and the column's head: 财务收支预算总表 … 收入总计 is all that the body has,
    财政拨款收支预算总表 … what the treasury gives it, 一般公共预算支出表 … that account's part.
    """
    match = _OF_ACCOUNT.fullmatch(key)
    if match is None or ("dept" in key and "财政拨款" not in label):
        return None
    head = label.rpartition(" ")[2]
    side = "exp" if "支出" in head else "rev" if "收入" in head else key.rpartition("-")[2]
    account = next((short for word, short in _ACCOUNT_WORDS if word in label), "")
    if not account and not (match["sum"] or match["all"] or "收入" in head or "支出" in head):
        account = match["account"]  # the row 一、一般公共预算 among the sources
    grant = "grant-" if "财政拨款" in label else ""
    found = f"dept-{account}-{side}" if account else f"dept-{grant}{side}"
    return next((known for known in _totals().values() if known[0] == found), None)


def sum_of_row(name: str, label: str) -> tuple[str, str] | None:
    """Key and shown name of the last row of a table of both sides: 总计 of 收入支出决算总表; None for another row."""
    if name not in ("总计", "收支总计", "合计") or not re.search("收入支出|收支", label):
        return None
    sides = [side for side in _FLOW if side in label.rpartition(" ")[2]]
    if name == "合计" and len(sides) == 1:  # 甲中心 | 收入预算合计 | 支出预算合计
        return total_called(f"{_GRANT if _GRANT in label else ''}{sides[0]}")
    return total_called(f"{_GRANT}收支总计" if _GRANT in label else "收支总计")


def topic_of_total(name: str) -> Topic:
    """The topic of a total that is called so."""
    key, shown = _totals()[name]
    return Topic(shown, key, account_of(key), flow_of(key))


def account_of(key: str) -> Account:
    """The account a total of a body is of; "" for those of all its money."""
    return _OWN_ACCOUNTS.get(key.split("-")[1], "")


def flow_of(key: str) -> Flow:
    """Which way a total of a body flows; "" for both."""
    return _FLOWS.get(key.rpartition("-")[2], "")


def is_total(key: str) -> bool:
    """Is it the key of a body's total?"""
    return key.startswith("dept-")


def without_body(name: str, owner: str) -> str:
    """本单位收入预算, 某局收入预算 -> 收入预算: the body may be named before its figures."""
    body = next((body for body in _bodies(owner) if name.startswith(body) and name != body), "")
    return name[len(body) :]


@cache
def _bodies(owner: str) -> tuple[str, ...]:
    """What may stand for the body before one of its figures: 本单位, its name and the ends of its name."""
    ends = (owner[start:] for start in range(len(owner) - _SHORTEST + 1))
    return (*toml("bodies.toml")["itself"], *ends, *called(owner))


@cache
def _totals() -> dict[str, tuple[str, str]]:
    named = {name: (key, names[0]) for key, names in toml("bodies.toml")["totals"].items() for name in names}
    staged = {f"{name}{stage}": told for name, told in named.items() if name.endswith(_FLOW) for stage in _STAGES}
    return {**staged, **named}
