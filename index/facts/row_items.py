"""What a row is about: an item of the lexicon, a total, what a group makes of it, or the report's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

from index.facts.captions import Caption
from index.facts.columns import TOLD_WORDS, Column
from index.facts.context import Topic, sum_of, total_of
from index.facts.debt_names import Act, DebtName, debt_titled
from index.facts.funds import balance_item
from index.facts.grid import Row
from index.facts.row_names import RowName, undated
from index.find.subjects import CLASSIFIED
from index.find.terms import choose, exact_items, find_terms
from index.lexicon import Item, items
from index.models import FLOW_OF, FLOW_WORDS, Account, Flow

_SIDES_OF = ("revenue", "expenditure")
_OUTPUT = "产量"
_TOTAL = re.compile(
    r"^(?:本年|全年|预算|当年|一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|社会保险基金(?:预算)?)?"
    r"(?P<flow>收入|支出)?(?:合计|总计|总额|小计)$|^(?:合计|总计)$"
)
_SUBTOTAL = re.compile("(?<=.{2})(?:小计|合计)$")
_TRANSFERS = re.compile(r"转移支付|税收返还|返还性|补助下级")
_ECONOMIC = re.compile("经济分类")
_PROJECTS = re.compile(r"项目(?:支出)?(?:预算|明细|安排|情况|绩效)*表|项目支出(?!.*(?:基本支出|收入))")
_FUNCTIONS = ("gp-exp-", "gf-exp-", "sc-exp-")
_OF_A_PART = re.compile(r"(?<![、和与及])(?:基本支出|项目支出)(?![、和与及])(?!.*(?:基本支出|项目支出))")
_BOOKS = {"government_fund": "政府性基金预算", "state_capital": "国有资本经营预算"}
# 政府性基金支出表（州对下转移支付）: of nothing else
_HANDED_ON = re.compile(r"（[^（）]{0,6}对下[^（）]{0,4}转移支付[^（）]{0,4}）")
_ONLY_TRANSFERS = re.compile(
    rf"转移支付(?:预算|决算|执行|安排|资金|情况|明细|分?项目|分?地区|草案|汇总|收入|支出)*表|{_HANDED_ON.pattern}"
)
_BALANCES = re.compile(r"^(?!.*(?:收入|支出|收支)).*结余")
_SIDES = re.compile(r"收入|支出|结余")
_TRANSFER_SUM = re.compile(
    r"^(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)?(?:对下)?(?:补助下级|转移支付|税收返还[和及]转移支付)(?:支出)?(?:合计|总计|小计)?$"
)
_TRANSFER_KINDS = (("专项", "transfer-special"), ("一般性", "transfer-general"), ("返还", "transfer-refund"))
_GIVEN = re.compile(r"安排的|财力安排|对下|补助下级|对[各县区市下]")
_SERVED = re.compile(r"债[务券]?还本付息")
_OTHERWISE = re.compile(r"发行|余额|限额|收支")
_INSURANCES = re.compile("险种|^保险(?:基金)?(?:项目|名称)?$|^基金(?:名称|项目)$")
_INSURANCE = re.compile("保险(?:基金)?$")
_OF_ONE_FUND = re.compile(r"si-(?:rev|exp|central|serious)-")
_REPAID = re.compile(r"偿还|还本")
_OTHER_ACTS = re.compile(r"发行|余额|限额|付息|收支")


@lru_cache(maxsize=4096)
def is_total(bare: str) -> bool:
    """Is a row a sum of the rows beside it (合计, 支出总计)?"""
    return bool(_TOTAL.match(bare))


def is_transfer_sum(bare: str) -> bool:
    """Is a row of a table on transfers all that is given (政府性基金补助下级支出合计)?"""
    return bool(_TRANSFER_SUM.match(bare))


@lru_cache(maxsize=256)
def on_transfers(text: str) -> bool:
    """Is a table about money that one level gives another?"""
    return bool(_TRANSFERS.search(text))


def lists_projects(header: str, head: str) -> bool:
    """Does a table list a body's projects: by its title, or by the head of its names?"""
    return bool(_PROJECTS.search(header)) or head.endswith("项目名称")


def all_projects(header: str) -> Topic:
    """The sum of a body's table of projects: 项目支出, but not where it lists the chief ones alone."""
    return Topic("重点项目支出") if "重点" in header else Topic.of(items()["other-project-exp"])


def topic_of(name: RowName, label: Column, around: Caption, title: str, transfers: bool) -> Topic:
    """The topic of a row that is no place.

    ``title`` is that of the section, ``transfers`` says that the table tells what places receive.
    """
    bare = name.bare
    flow = _flow(label, around)
    if match := _TOTAL.match(bare):
        flow = FLOW_OF.get(match["flow"] or "", flow)
        if _ONLY_TRANSFERS.search(around.header) and match["flow"] != "收入":
            return transfer_total(around, given=bool(_GIVEN.search(around.header)))
        if (whole := _titled_whole(around, flow)) is not None:
            return whole  # 合计 of 2025年税收收入完成情况表: of the taxes, not of the account
        total = sum_of(around.account, flow) if "总计" in bare else total_of(around.account, flow)
        if around.account == "social_insurance" and not flow and not around.topic:
            return Topic("社会保险基金", account=around.account)  # 合计 over 收入 | 支出 | 结余
        return total or _total_of_topic(bare, match["flow"] or "", around)
    if name.debt is not None and name.debt.name:
        return _of_debt(name.debt)
    fitting = items_called(undated(bare), flow, around.account)
    fitting = fitting or items_called(_SUBTOTAL.sub("", bare), flow, around.account)  # 税收小计
    if around.account == "social_insurance" and _BALANCES.search(around.header) and not _SIDES.search(bare):
        fitting = exact_items(f"{bare}年末滚存结余") or fitting  # 失业保险基金 in a table of balances
    given = on_transfers(around.header) or (on_transfers(title) and not re.search("收入|支出", around.header))
    if fitting and ((given and fitting[0].flow == "expenditure") or transfers) and not _is_moved(fitting[0], bare):
        return Topic(f"{bare}（转移支付）", account=around.account, flow=flow)  # by field, no expenditure
    if given and not transfers and not bare.endswith("收入") and _GIVEN.search(around.header):
        flow = "expenditure"
    left_over = around.account != "social_insurance" and bool(fitting) and fitting[0].flow == "balance"
    given_on = bool(fitting) and flow and all(i.flow not in ("", flow) for i in fitting) and not left_over
    if given_on and fitting[0].key.startswith("transfer"):
        return Topic(name.alone[:60], account=around.account, flow=flow)  # what is given is not what is received
    if fitting:
        return Topic.of(choose(fitting, around.account, flow))
    group = name.group
    if group is not None and group.debt is not None and group.debt.kind in ("general", "special") and group.debt.name:
        return Topic(f"{bare}（{group.debt.name}）"[:60], account="debt")  # 财政预算安排 of 一般债务还本
    handed = "（转移支付）" if _HANDED_ON.search(around.header) and "转移支付" not in bare else ""  # to those below
    return Topic(f"{name.alone[: 60 - len(handed)]}{handed}", account=around.account, flow=flow)


def _titled_whole(around: Caption, flow: Flow) -> Topic | None:
    """The one item of a table's title, if it is one side's (税收收入) and not all of it."""
    item = around.topic.item if around.topic is not None else None
    if item is None or item.key.startswith(("total-", "transfer")) or item.flow not in _SIDES_OF or item.flow != flow:
        return None
    named = {term.items[0].key for term in find_terms(around.header)}
    if named != {item.key}:
        return None
    # 预备费安排情况表: what it went to, and not what was spent as such
    return around.topic if flow == "revenue" else Topic(f"{item.name}安排合计", account=around.account, flow=flow)


def _total_of_topic(bare: str, flow: str, around: Caption) -> Topic:
    """收入合计 in a table on 财政专户: of what it is about, one side."""
    if _SERVED.search(around.header) and not _OTHERWISE.search(around.header):
        return _of_debt(replace(debt_titled(around.header), origin="", act="service"))
    if around.topic is None:
        sides = [side for side in FLOW_OF if side in around.header]  # 收入预算总表 tells what is summed up
        return Topic(f"{sides[0]}{bare}", flow=FLOW_OF[sides[0]]) if bare == "合计" and len(sides) == 1 else Topic(bare)
    if on_transfers(around.header) and around.topic.key.startswith("transfer"):
        return transfer_total(around, given=bool(_GIVEN.search(around.header)))
    if flow and not around.topic.flow and flow not in around.topic.name:
        return Topic(f"{around.topic.name}{bare}", account=around.topic.account)
    return around.topic


def of_group(topic: Topic, name: RowName) -> Topic:
    """A row of a name that the table repeats: that of its group, unless it is the part of it by the lexicon."""
    group = name.group
    if group is None or group.name == name.bare or _is_passed_on(topic):
        return topic  # what comes from other levels and years is no part of the items above it
    called = group.debt.name if group.debt is not None and group.debt.name else group.name
    over = {item.key for item in exact_items(undated(group.name))}
    parent = topic.item.parent if topic.item else ""
    while parent and parent not in over:
        parent = items()[parent].parent if parent in items() else ""
    if parent:
        return topic
    listed = next((item.key for item in exact_items(undated(group.name)) if item.account == topic.account), "")
    key = f"fn-{listed}/{name.bare}" if listed and topic.account == "social_insurance" else ""
    return Topic(f"{name.bare}（{called}）"[:60], key, topic.account, topic.flow)


def is_of_any_fund(topic: Topic, name: RowName) -> bool:
    """Is a row below a fund's one that each insurance has (待遇支出, 保险费收入), so that it is that fund's alone?"""
    whole = topic.item.parent if topic.item is not None else ""
    if whole not in ("total-si-rev", "total-si-exp") or _OF_ONE_FUND.match(topic.key) or name.group is None:
        return False
    return any(_OF_ONE_FUND.match(item.key) for item in exact_items(undated(name.group.name)))


def _is_moved(item: Item, bare: str) -> bool:
    """Is a row itself a transfer or a debt, not what one is for?"""
    return item.key.startswith(("transfer", "debt")) or "转移支付" in bare


def _is_passed_on(topic: Topic) -> bool:
    return topic.key.startswith("transfer") and topic.account != "social_insurance"


def debt_act(title: str) -> DebtName | None:
    """What is done with the debt in a table of this title, where it is one thing (偿还计划)."""
    return DebtName(act="principal") if _REPAID.search(title) and not _OTHER_ACTS.search(title) else None


def _of_debt(debt: DebtName) -> Topic:
    item = debt.item
    return Topic.of(item) if item else Topic(debt.name, account="debt")


def doubled(names: Iterable[str], label: Column, around: Caption) -> set[str]:
    """The names of rows that occur more than once, or that the lexicon counts as one item."""
    flow = _flow(label, around)
    counts: Counter[str] = Counter()
    keys: dict[str, str] = {}
    for name in names:
        if name not in keys:
            fitting = items_called(undated(name), flow, around.account)
            keys[name] = choose(fitting, around.account, flow).key if fitting else f"?{name}"
        counts[keys[name]] += 1
    return {name for name, key in keys.items() if counts[key] > 1}


def synonyms(names: Iterable[str], label: Column, around: Caption) -> set[str]:
    """Rows that the lexicon counts as another row of this table: 招商引资 beside 商贸事务.  In it they are two."""
    flow = _flow(label, around)
    by_key: dict[str, set[str]] = {}
    for name, times in Counter(names).items():
        if times > 1 or name.endswith(("合计", "总计")):
            continue
        if fitting := items_called(undated(name), flow, around.account):
            by_key.setdefault(choose(fitting, around.account, flow).key, set()).add(name)
    found: set[str] = set()
    for key, called in by_key.items():
        official = {items()[key].name, items()[key].name.removesuffix("支出").removesuffix("收入")}
        if len(called) > 1 and any(undated(name) in official for name in called):
            found |= {name for name in called if undated(name) not in official}
    return found


def _flow(label: Column, around: Caption) -> Flow:
    return "revenue" if "收入" in label.head else "expenditure" if "支出" in label.head else around.flow


def transfer_total(around: Caption, given: bool) -> Topic:
    """The sum of a table on transfers: what the own level gives, or what a place below receives."""
    kinds = [key for word, key in _TRANSFER_KINDS if word in around.header]
    if "返还" in around.header and "一般性转移支付" in around.header and "专项" not in around.header:
        return Topic(f"{'对下' if given else ''}税收返还和一般性转移支付", account=around.account)  # not all
    if "返还" in around.header and "转移支付" in around.header:
        return Topic.of(items()["transfer-down" if given else "transfer-superior"])
    item = items()[kinds[0] if len(kinds) == 1 else "transfer-down" if given else "transfer-payment"]
    if len(kinds) == 1 and given:
        return Topic(f"对下{item.name}", account=around.account)
    if around.account in ("government_fund", "state_capital"):
        return Topic(f"{item.name}", item.key, around.account, item.flow, item)
    return Topic.of(item)


def of_column(topic: Topic, name: RowName, at: Column, around: Caption, by_column: bool, act: DebtName | None) -> Topic:
    """The item of a cell: the row's, the column's over a row that is a place, or both: 一般债务 | 限额.

    ``act`` is what the table's title says of debts.
    """
    if by_column or not topic.name:
        return _of_head(topic, at, around)
    stated = at.debt or (DebtName(act=cast(Act, at.measure)) if at.measure in ("outstanding", "limit") else None)
    if name.debt is not None and (stated is not None or act is not None):
        both = name.debt.within(stated).within(act)
        if both.name:
            return _of_debt(both)
    word = {"limit": "限额", "outstanding": "余额"}.get(at.measure) or FLOW_WORDS.get(at.flow, "")
    if word and word not in topic.name and (exact := exact_items(topic.name + word)):
        return Topic.of(choose(exact, around.account))
    return _told_of(topic, at.told) if at.told and not topic.key else topic


def on_insurances(around: Caption, columns: Sequence[Column], body: Sequence[Row]) -> Caption:
    """险种 | 收入 | 支出: a table of the insurances, whatever its title says or leaves unsaid."""
    labels = [at for at in columns if at.role == "label"]
    named = [row.cells[labels[0].index] for row in body] if labels and len(labels) < len(columns) else []
    listed = [name for name in named if _INSURANCE.search(name)]
    by_rows = len(listed) > 1 and len(listed) * 2 >= len(named) and "政府性" not in around.header
    insured = any(_INSURANCES.search(at.head) for at in labels) and not around.account
    if insured or (by_rows and around.account in ("", "social_insurance", "government_fund")):
        around = replace(around, account="social_insurance")
        if around.topic is not None and around.topic.key.startswith("si-balance") and "结余" not in around.called:
            around = replace(around, topic=None, flow="")  # the 结余 of one head is not what the table is about
    return around


def of_fund_balance(topic: Topic, at: Column) -> Topic | None:
    """失业保险 | 年末滚存结余: that of the fund; None if the row is no fund or the column no balance."""
    if topic.item is None or topic.account != "social_insurance" or topic.flow or not at.items:
        return None
    return balance_item(topic.item, choose(at.items, "social_insurance"))


def of_book(item: Item, account: str) -> Topic | None:
    """培训费 in a table of the fund is not all 培训费; None if the item is an account's own, or the table of none."""
    book = _BOOKS.get(account) if item.account == "other" else None
    return Topic(book + item.name, account=cast(Account, account)) if book else None


def titled(topic: Topic, name: RowName, around: Caption, owned: bool) -> Topic:
    """What a table's title makes of a row's item: one by 经济分类 has no functions (其他支出, 住房公积金), one on
    基本支出 but that part of everything.  A body's own (``owned``) tables go by their codes."""
    if owned or topic.item is None:
        return topic
    if _ECONOMIC.search(around.header):
        if topic.key.startswith(_FUNCTIONS):
            return Topic(name.bare or topic.name, account=topic.account, flow=topic.flow)
        topic = of_book(topic.item, around.account) or topic
    part = _OF_A_PART.search(around.header)
    of_account = topic.account not in ("other", "debt", "") and not topic.key.startswith(CLASSIFIED)
    return replace(topic, qualifiers=(*topic.qualifiers, ("part", part[0]))) if part and of_account else topic


def _told_of(topic: Topic, word: str) -> Topic:
    """小麦 under 产量（万吨）is 小麦产量; so is 发电量 already, but not 商品煤销售量."""
    another = topic.name.endswith(tuple(told for told in TOLD_WORDS if told != word))
    if word in topic.name or (word == _OUTPUT and topic.name.endswith(_OUTPUT[-1]) and not another):
        return topic
    exact = exact_items(topic.name + word)
    return Topic.of(exact[0]) if exact else replace(topic, name=topic.name + word)


def _titled_debt(at: Column, around: Caption) -> Topic | None:
    """The debt of a column that says 限额, 余额 or no more than 合计 in a table whose title says of which debts."""
    if "债" not in around.header or at.measure not in ("limit", "outstanding", "figure"):
        return None
    titled = debt_titled(around.header)
    if at.measure == "figure":
        return _of_debt(replace(titled, kind=titled.kind or "all")) if titled.origin and titled.name else None
    return _of_debt(DebtName(titled.kind or "all", "", cast(Act, at.measure)))


def _of_head(topic: Topic, at: Column, around: Caption) -> Topic:
    """The item a head gives to a row that names a place."""
    if at.debt is not None and not at.debt.origin and (titled := debt_titled(around.header)).origin:
        titled = replace(titled, act="") if at.debt.noun == "bond" else titled  # what is issued is no limit
        both = at.debt.within(titled)  # 一般债券 in a table of 新增政府债券
        if both.name and at.debt.act in ("", titled.act):
            return _of_debt(both)
    if at.items:
        item = choose(at.items, around.account)
        if on_transfers(around.header) and not item.key.startswith(("transfer", "debt")):
            return Topic(f"{item.name}（转移支付）", account=around.account)  # given for it, not collected or spent
        return Topic.of(item)
    if at.debt is not None and at.debt.name:
        return Topic(at.debt.name, account="debt")
    if not at.besides:
        side = total_of(around.account, at.flow) if at.flow and not (topic.flow or topic.key) else None
        return _titled_debt(at, around) or side or topic
    told = next((side for part in reversed(at.parts) for side in FLOW_OF if part.endswith(side)), "")
    flow = FLOW_OF.get(told, around.flow)  # 一般公共预算收入 | 其中：税收
    fitting = items_called(at.besides, flow, around.account)
    if fitting and fitting[0].flow == "expenditure" and on_transfers(around.header):
        return Topic(f"{at.besides}（转移支付）", account=around.account)
    return (
        Topic.of(choose(fitting, around.account, flow)) if fitting else Topic(at.besides[:60], account=around.account)
    )


@lru_cache(maxsize=4096)
def items_called(name: str, flow: Flow, account: str) -> tuple[Item, ...]:
    """The items a row names, also short as tables do it: 教育 in an expenditure table is 教育支出."""
    suffix = FLOW_WORDS.get(flow, "")
    for word in (name, name + suffix):
        found = [item for item in exact_items(word) if word in item.words]
        fitting = tuple(item for item in found if not account or item.account in (account, "", "debt", "other"))
        if fitting:
            return fitting
    return ()


def stray_name(cells: Sequence[str]) -> str:
    """合 计 in the column of serial numbers: the row's name stands one cell too far left."""
    words = [cell for cell in cells if re.search(r"[\u4e00-\u9fff]", cell)]
    return words[-1] if words else ""
