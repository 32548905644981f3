"""What is a part of what: of a whole, of a state, of money for something, and what is none.

债务余额174666万元，其中一般债务20776万元     the part of a state is that state of its kind: 一般债务余额
收入5亿元，其中税收4亿元；支出3亿元           the other side of an account is no part of its income
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.facts import limits, turned
from index.facts.context import TOTALS, Topic, total_of
from index.facts.debt_names import DebtName, debt_name
from index.facts.open_names import MAX_NAME, printed_name
from index.find.terms import exact_items
from index.lexicon import items
from index.models import FLOW_OF

_PROCURED = re.compile(r"(?:货物|服务|工程)(?:类|采购|项目|支出)*")
_STATES = {"limit": "限额", "outstanding": "余额"}
_ISSUES = ("新增", "再融资", "特殊再融资", "置换")
_PAID = ("service", "principal", "interest")
_ADVANCED = re.compile(r"(?<!一般)(?<!专项)债[务券](?:限额|额度)$")
_EARMARKED = re.compile(r"补助|基本建设|专项|债券|转移支付|国债|资金$")
_OTHER_TOTALS = (
    "total-gf-",
    "total-sc-",
    "total-si-",
)  # 国资预算支出9亿元，其中：转移性支出: no line of the general one
_SIDE_WORDS = {"revenue": "收入", "expenditure": "支出"}
_KIND_ALONE = ("一般", "专项")
_NEW_LIMIT = "debt-limit-new"
_STATES_OF_FLOW = ("revenue", "expenditure")
_BONDS = ("debt-new", "debt-issue", "debt-refinance")
_SPENT_ON = re.compile("(?:用于|投向|投入|支持|安排)(?:了)?")


def as_part(topic: Topic, parent: Topic | None, left: str, account: str) -> Topic:
    """The topic of a part: never the whole itself, and no account's item if the whole is earmarked money.

    国有资本经营收入21267万元，其中：国有资本经营收入19250万元: the second keeps its printed name only.
    省补助资金5亿元，其中教育支出2亿元: that is no 教育支出 of the budget.
    教育支出9亿元，其中市对区转移支付4亿元: not all that is handed on.
    """
    if parent is None or is_apart(topic, parent):
        return topic
    if parent.key == "total-three-guarantees" and (secured := exact_items(f"保{printed_name(left)}")):
        return Topic.of(secured[0])  # “三保”支出9亿元，其中工资5亿元、运转1亿元
    if parent.key.startswith("other-procurement") and _PROCURED.fullmatch(topic.name):
        return replace(topic, name=f"政府采购{topic.name}")  # 政府采购预算5.4亿元，其中：货物类项目3.9亿元
    if parent.key and topic.key == parent.key:
        return Topic(printed_name(left) or topic.name, account=topic.account, flow=topic.flow)
    of_funds = parent.account == "social_insurance" or "基金" in parent.name
    flow = parent.flow if parent.flow in _STATES_OF_FLOW else FLOW_OF.get(parent.name[-2:], "")
    side = _SIDE_WORDS.get(flow, "") if of_funds and topic.account == "social_insurance" and not topic.flow else ""
    if side and (exact := exact_items(topic.name + side)):
        return Topic.of(exact[0])  # 社保基金支出9亿元，其中：工伤保险基金1亿元
    if topic.key.startswith("gp-") and parent.key.startswith(_OTHER_TOTALS):
        return Topic(printed_name(left) or topic.name, account=parent.account, flow=topic.flow)
    if of_debt := turned.of_debt_flow(topic, parent, account) or turned.of_some_debt(topic, parent, left):
        return of_debt
    if of_new := limits.part_of_new(topic, parent, left):
        return of_new
    word = _STATES.get(parent.item.measure or "", "") if parent.item else ""
    alone = printed_name(left)
    if word and alone in _KIND_ALONE and (exact := exact_items(f"{alone}债务{word}")):
        return Topic.of(exact[0])  # 余额9亿元（一般4亿元、专项5亿元）
    if alone in _KIND_ALONE and not parent.key and account == "debt":
        return Topic(f"{parent.name}（{alone}债务）"[:MAX_NAME], account="debt")  # 本次列入9亿元（一般…、专项…）
    if advanced := _of_advanced(parent, debt_name(printed_name(left) or topic.name)):
        return advanced
    for prefix in _ISSUES if word else ():
        # 新增债务限额3亿元（一般债务1亿元）is 新增一般债务限额
        if parent.name.startswith(prefix) and (exact := exact_items(prefix + printed_name(left) + word)):
            return Topic.of(exact[0])
    for name in (printed_name(left), topic.name) if word else ():
        if word not in name and "债券" not in name and (exact := exact_items(name + word)):
            return Topic.of(exact[0])
    if parent.key.startswith("debt") and (kind := _of_kind(topic, parent, left)):
        return kind
    for prefix in _ISSUES if parent.key.startswith("debt") else ():
        # 新增政府债券23484万元，其中：专项债券20000万元 are 新增专项债券
        if (
            parent.name.startswith(prefix)
            and (printed := printed_name(left))
            and (exact := exact_items(f"{prefix}{printed}债券" if printed in _KIND_ALONE else prefix + printed))
        ):
            if exact[0].key == parent.key:  # 新增一般债券13亿元，其中：一般债券资金7亿元用于…
                return Topic(printed_name(left), account=topic.account)
            return Topic.of(exact[0])
    # 新增专项债券投向：保障性安居工程9亿元: what bonds went to is no line of the budget, either
    earmarked = parent.key.startswith(("transfer", "other", *_BONDS)) or parent.given
    earmarked = earmarked or bool(not parent.key and _EARMARKED.search(parent.name))
    lines: tuple[str, ...] = (
        ("gp-exp", "gf-exp", "gf-rev") if parent.key.startswith("transfer") else ("gp-exp", "gf-exp")
    )
    lines = ("",) if parent.name.endswith("（增减）") else lines  # 教育支出（增减），其中：乡村振兴资金: not all of it
    account_of = "debt" if parent.key.startswith(_BONDS) else topic.account
    handed_on = topic.key.startswith("transfer-down") and not parent.key.startswith(("total-", "transfer"))
    if handed_on or _is_total_of_less(topic, parent) or (earmarked and topic.key and topic.key.startswith(lines)):
        flow_of = "" if account_of == "debt" else topic.flow
        return Topic(f"{parent.name}：{topic.name}", account=account_of, flow=flow_of)
    return _of_bonds(topic, parent) if parent.key.startswith(_BONDS) else topic


def _of_bonds(topic: Topic, parent: Topic) -> Topic:
    """新增专项债券，|用于水利|2亿元、产业园区1亿元: what they went to is no money of a budget, whatever its name."""
    spent = _SPENT_ON.match(topic.name)
    if topic.key or spent is None or not exact_items(topic.name[spent.end() :]):
        return topic if topic.key else replace(topic, account="debt")
    return Topic(f"{parent.name}：{topic.name[spent.end() :]}", account="debt")


def whole_of(topic: Topic, parent: Topic | None) -> Topic | None:
    """What a figure is a part of: 当年结余3亿元。其中失业保险基金收入2亿元 is part of all that came in, no balance."""
    if parent is not None and parent.key.startswith("debt-refinance") and topic.key.startswith("debt-new-"):
        return Topic.of(items()["debt-new"])  # 新增债券9亿元、再融资债券6亿元；其中新增专项债券8亿元
    if parent is None or parent.flow != "balance" or topic.flow not in _STATES_OF_FLOW:
        return parent
    return total_of(topic.account, topic.flow)


def is_apart(topic: Topic, parent: Topic) -> bool:
    """收入5亿元，其中…；支出4亿元，年末结余1亿元: what is spent or left over is no part of an account's income."""
    if not parent.key.startswith("total-") and parent.flow not in _STATES_OF_FLOW:
        return False
    if topic.key.startswith(("si-balance", "total-gp-balance", "total-gf-balance", "total-sc-balance")):
        return True
    other = topic.flow in _STATES_OF_FLOW and parent.flow in _STATES_OF_FLOW and topic.flow != parent.flow
    return other and bool(topic.key) and (parent.key.startswith("total-") or topic.key.startswith("total-"))


def is_account_total(topic: Topic) -> bool:
    """一般公共预算收入, 政府性基金支出, …: all of one side of an account."""
    return bool(topic.key) and topic.key == TOTALS.get((topic.account, topic.flow))


def whole_again(topic: Topic | None, parent: Topic | None) -> Topic | None:
    """What the sentence behind one that ended with a part of a debt is about, if it names nothing: its whole.

    余额9亿元，其中…专项债务5亿元。市本级限额|3亿元: of all debt again
    新增限额9亿元，其中…专项债务限额7亿元；其中提前批3亿元已编入预算。安排市本级|4亿元: of all the new limit
    """
    if topic is None or parent is None or not parent.key.startswith("debt-"):
        return topic
    if topic.key and topic.key in (f"{parent.key}-general", f"{parent.key}-special"):
        return parent
    return Topic.of(items()[_NEW_LIMIT]) if not topic.key and parent.key.startswith(_NEW_LIMIT) else topic


def nested(part: Topic | None, whole: Topic | None) -> Topic | None:
    """教育支出，其中：财力安排的支出9亿元（市本级5亿元…）: a part that has parts is told with its whole."""
    if part is None or part.key or whole is None or not whole.key.startswith(("gp-exp", "gf-exp")):
        return part
    name = f"{whole.name}：{part.name}"
    return replace(part, name=name) if len(name) <= MAX_NAME and not part.name.startswith(whole.name) else part


def _of_advanced(parent: Topic, part: DebtName | None) -> Topic | None:
    """提前批新增债务限额9亿元（一般债务1亿元，专项债务8亿元）: the parts of what has no key of its own."""
    if parent.key or part is None or not _ADVANCED.search(parent.name):
        return None
    if part.kind not in ("general", "special") or part.act or part.origin:
        return None
    kind = "一般债务" if part.kind == "general" else "专项债务"
    return Topic(re.sub("(?:政府)?债[务券]", kind, parent.name, count=1), account="debt")


def _of_kind(topic: Topic, parent: Topic, left: str) -> Topic | None:
    """一般债券还本付息16亿元（还本10亿元，付息6亿元）: what is paid is of the kind of the whole."""
    whole, part = debt_name(parent.name), debt_name(printed_name(left) or topic.name)
    if whole is None or part is None:
        return None
    if whole.act in _PAID and part.kind in ("general", "special") and not part.act:
        item = replace(whole, kind=part.kind).item  # 还本付息16亿元，其中一般债券9亿元: of those, not issued
    elif whole.kind in ("general", "special") and not part.kind and part.act:
        item = replace(part, kind=whole.kind).item
    else:
        return None
    return Topic.of(item) if item is not None else None


def as_part_of_less(topic: Topic, parent: Topic | None) -> Topic:
    """必要性支出5亿元，其中：市级一般公共预算支出4亿元: a part of that, not all that the city spends."""
    if parent is None or not _is_total_of_less(topic, parent):
        return topic
    return Topic(f"{parent.name}：{topic.name}", account=topic.account, flow=topic.flow)


def _is_total_of_less(topic: Topic, parent: Topic) -> bool:
    return topic.key.startswith("total-") and not parent.key
