"""What each row of a table is about: its item, the holder it names, the whole it is a part of.

其中：市本级 | 543004       a holder, of the item of the row before
其他公共安全支出 (twice)     the 款 and, right behind it, its 项
路口镇 | 98                 a town in its county's table, all of what the title says
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from index.facts.captions import Caption
from index.facts.columns import Column
from index.facts.context import Topic, account_in, sum_of, total_of
from index.facts.debt_names import tells_of_debts
from index.facts.grid import Row, is_blank, is_number
from index.facts.holders import Holder, Holders
from index.facts.indicators import Indicators
from index.facts.row_codes import code_of
from index.facts.row_items import (
    all_projects,
    doubled,
    is_of_any_fund,
    is_total,
    is_transfer_sum,
    items_called,
    lists_projects,
    of_group,
    on_transfers,
    stray_name,
    synonyms,
    topic_of,
)
from index.facts.row_levels import Levels
from index.facts.row_names import RowName, RowNames, bare_name, is_year, undated
from index.facts.table_cells import amount_in, within
from index.facts.table_columns import Run, codes_of, covered
from index.find.bodies import body_named
from index.find.gazetteer import zone
from index.find.subjects import coded
from index.lexicon import toml
from index.models import Qualifier, Subject

_DAY = re.compile(r"^(?:20\d\d[-./年])?\d{1,2}[-./月 ]\d{1,2}日?$")
_ZONE = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:区|园|新城)$")
_PLACES_HEAD = re.compile(r"地区|区划|[县区市][县区市]|县（|县（市、区）")
_TOWNS_HEAD = re.compile(r"[乡镇]镇?|镇街|街道")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,8}(?:镇|乡|街道)(?:办事处|人民政府)?")
_GROUP_CODE = 5  # digits of a 款
_NEAR = 12  # rows from a 款 to the 项 of its name
_SUMMED = ("total-gp-rev", "total-gp-exp", "total-gf-rev", "total-gf-exp")
_SEVERAL = 3  # rows above a sum
FEW = 2  # places that make a table one of places


@cache
def _generic() -> frozenset[str]:
    return frozenset(toml("tables.toml")["row"]["generic"])


_OF_UNITS = re.compile("(?:下属|所属|基层|分|各)(?:预算|事业|二级)?单位")
_UNITS_HEAD = re.compile("(?:预算|所属|下属|基层|二级)?单位(?:名称)?")
_NAMES_HEAD = ("名称", "项目", "机构名称", "部门", "部门名称")
_ITSELF = re.compile("（?(?:本级|机关|本部|局机关|机关本级)）?$")
_SHORTEST_UNIT = 3


@dataclass(frozen=True, slots=True)
class Named:
    """What a row is about.  ``place`` says that its name is the holder's, not an item's."""

    topic: Topic
    name: RowName
    holder: Holder | None
    parent: str
    place: bool = False
    total: bool = False
    coded: bool = False


class RowTopics:
    """Names the rows of one table in order; ``title`` is that of its section, ``below`` how many columns are places
    inside."""

    def __init__(
        self,
        about: Subject,
        holders: Holders,
        around: Caption,
        title: str,
        runs: Sequence[Run],
        body: Sequence[Row],
        codes: Sequence[int],
        below: int,
    ) -> None:
        self._about, self._holders, self._around, self._title = about, holders, around, title
        self._codes = [codes_of(run, position, runs, codes) for position, run in enumerate(runs)]
        # a table on an account's expenditure stays that, below whatever heading
        on_debt = "债" in around.header or ("债" in title and not account_in(around.header))
        names = [[bare_name(row.cells[run.main.index]) for row in body] for run in runs]
        self._names = [RowNames(on_debt or tells_of_debts(some)) for some in names]
        self._whole: list[Topic | None] = [None for _ in runs]
        self._last: list[Named | None] = [None for _ in runs]
        self._covers = {c.index: covered(c, body) for run in runs for c in run.labels if c is not run.main}
        self._at = -1  # the row
        self._groups: dict[str, tuple[int, list[Decimal | None]]] = {}  # where a 款 stands, and its figures
        called = [
            holders.called(name) or self._town(name, [run.main])
            for run in runs[:1] for name in (bare_name(row.cells[run.main.index]) for row in body)
        ]  # fmt: skip
        self._places = sum(map(holders.is_child, called))
        self._levels = any(holder is not None and holder.scope == "own" for holder in called)
        self._doubled = [doubled(some, run.main, around) for some, run in zip(names, runs, strict=True)]
        self._synonyms = [synonyms(some, run.main, around) for some, run in zip(names, runs, strict=True)]
        given = on_transfers(around.header)
        self._levels_of = [Levels(() if given else some, around.account) for some in names]
        self.transfers = max(below, self._places) >= FEW and given  # whether all of it is handed on to places
        # 收入决算表 of a body by functions: what it got for them, not what it spent
        got = about.owner and "收入" in around.header and "支出" not in around.header
        self._source: tuple[Qualifier, ...] = (("part", "收入"),) if got else ()
        self._indicators = [Indicators(around.topic, some) for some in names]
        self._subtotal = ["" for _ in runs]  # the key of the last 小计, if no other sum followed
        self._book: list[Topic | None] = [None for _ in runs]  # the account's total that the rows stand below
        self._moved = [False for _ in runs]  # whether transfers stood among the rows since the last total

    def next_row(self) -> None:
        """Go on to the next row."""
        self._at += 1

    def labels(self, run: Run, row: Row) -> list[str]:
        """The cells that name a row, those that cover several rows among them."""
        named = [row.cells[c.index] if c is run.main else self._covers[c.index][self._at] for c in run.labels]
        return [*named, *(row.cells[: run.figures[0].index] if run.figures else ())]

    def named(self, position: int, run: Run, row: Row) -> Named | None:
        """What the row is about; None if nothing in it is a name."""
        main = row.cells[run.main.index]
        others = [cell for c in run.labels if c is not run.main and (cell := self._covers[c.index][self._at])]
        covers_sum = is_total(bare_name(main)) and others and self._holders.called(others[-1]) is None
        if is_blank(main) or _DAY.match(main) or covers_sum:
            words = [cell for cell in others if not _DAY.match(cell)]
            main = words[-1] if words else stray_name(row.cells[: run.main.index]) or main
            others = [cell for cell in others if cell != main]
        if not main or is_number(main) or is_blank(main):
            return None
        holders = {
            cell: found for cell in others if (found := self._holders.called(cell) or self._town(cell, run.labels))
        }
        beside = next(iter(holders.values()), None)
        name = self._names[position].read(main, [cell for cell in others if cell not in holders])
        subject = coded(code_of(row, self._codes[position]), name.bare, self._around.account)
        if subject is not None:
            parent = self._whole[position]
            topic = replace(Topic.of(subject), qualifiers=self._source)
            whole = parent.name if name.part and parent else ""
            return Named(topic, name, self._of_table(beside), whole, coded=True)
        named = self._told_apart(position, run, self._topic(position, run, name, beside), row)
        placed = self._levels_of[position].read(name.bare) if not named.place else None
        if placed is not None:
            named = replace(named, topic=Topic.of(placed), coded=True)
        named = self._indicators[position].read(named, name.bare in self._doubled[position])
        if named.topic.key and any(map(_DAY.match, others)):  # one bond of many
            day = next(cell for cell in others if _DAY.match(cell))
            named = replace(named, topic=Topic(f"{name.bare}（{day}）", account=named.topic.account))
        if not named.topic.key and others and name.bare.rstrip("%") in _generic():  # 10年 | 金额: of that bond
            named = replace(named, topic=replace(named.topic, name=f"{others[-1]}{name.bare}"[:60]))
        if not named.topic.key and run.main.head.endswith("项目名称"):  # 2020年某园区厂房项目: when it began
            named = replace(named, name=replace(named.name, year=None))
        if not name.part and not named.place:
            self._whole[position] = named.topic
        self._last[position] = named
        return named

    def _topic(self, position: int, run: Run, name: RowName, beside: Holder | None) -> Named:
        around, whole = self._around, self._whole[position]
        holder = self._holders.called(name.bare) or self._zone(name.bare, run.main) or self._town(name.bare, [run.main])
        parent = whole.name if name.part and whole else ""
        last = self._last[position]
        if holder is None and self._is_body(name.bare, run):
            total = topic_of(replace(name, bare="合计"), run.main, around, self._title, self.transfers)
            return Named(replace(total, qualifiers=(("body", name.bare),)), name, None, parent, total=True)
        if holder is not None:
            inherits = last is not None and whole is not None and (name.part or (last.place and last.parent))
            if inherits and last is not None and whole is not None and self._places < FEW:
                named = replace(last.name, bare=name.bare, part=True, level="")
                return Named(whole, named, self._of_table(holder), whole.name, place=True)
            return Named(self._whole_table(), name, self._of_table(holder), parent, place=True)
        if is_year(name.bare):  # 2021年 | 限额 | 余额: of that year, what the heads say
            return Named(self._whole_table(), name, self._of_table(beside), parent, place=True)
        if beside is None and name.level:
            beside = self._holders.called(name.level)
        if is_total(name.bare) and self._places >= FEW:
            return Named(self._whole_table(), name, self._sum_of_places(), parent, place=True, total=True)
        topic = topic_of(name, run.main, around, self._title, self.transfers)
        topic = self._of_book(position, topic, name)
        topic = self._summed(position, topic, name.bare)
        if self._about.owner and is_total(name.bare) and lists_projects(around.header, run.main.head):
            topic = all_projects(around.header)
        if self.transfers and is_transfer_sum(name.bare):
            return Named(topic, name, self._of_table(beside), parent, total=True)
        of_level = self._holders.called(name.group.name) if name.group is not None else None
        beside = beside or of_level  # 二、市本级 over 税收收入
        if topic.key and name.debt is None and name.bare in self._synonyms[position]:
            topic = Topic(name.bare, account=topic.account, flow=topic.flow)
        elif (
            of_level is None
            and not (name.debt and name.debt.name)
            and (name.bare in self._doubled[position] or is_of_any_fund(topic, name))
        ):
            topic = of_group(topic, name)
        return Named(topic, name, self._of_table(beside), parent, total=is_total(name.bare))

    def _of_book(self, position: int, topic: Topic, name: RowName) -> Topic:
        """教育 below 一般公共预算支出, in a table of several accounts: a line of that one."""
        if self._around.account or self._about.owner:
            return topic
        book = self._book[position]
        if topic.key.startswith("total-") and topic == total_of(topic.account, topic.flow):
            self._book[position] = topic
        elif book is not None and not topic.key and (own := items_called(undated(name.bare), book.flow, book.account)):
            return Topic.of(own[0])
        elif book is not None and topic.flow and book.account != topic.account:
            named = account_in(name.bare)  # 国有资本经营收入 behind the rows of the funds
            return total_of(named, topic.flow) or topic if named == "state_capital" else topic
        return topic

    def _whole_table(self) -> Topic:
        """What places have that a head says nothing of: the item of the title, or the title's words."""
        return self._around.topic or Topic(self._around.called[:60], account=self._around.account)

    def _summed(self, position: int, topic: Topic, bare: str) -> Topic:
        """The 合计 below 上级补助收入 and 上年结余 is all that there is, not the revenue of the year, nor is one behind
        a 收入小计 of the insurances."""
        total = is_total(bare)
        moved = self._moved[position]
        self._moved[position] = not total and (moved or topic.key.startswith("transfer"))
        behind, self._subtotal[position] = self._subtotal[position], topic.key if bare.endswith("小计") else ""
        if bare == "总计" and not moved and self._at >= _SEVERAL and topic == sum_of(topic.account, topic.flow):
            return total_of(topic.account, topic.flow) or topic  # nothing but its own lines stands above it
        insured = topic.account == "social_insurance" and topic.key == behind
        if not (total and moved and (topic.key in _SUMMED or insured)):
            self._subtotal[position] = self._subtotal[position] or ("" if total else behind)
            return topic
        return sum_of(topic.account, topic.flow) or topic

    def _is_body(self, name: str, run: Run) -> bool:
        """Is a row of a body's paper one of its units: all of that unit, as the heads say it?"""
        owner, head = self._about.owner, run.main.head
        if not owner or not ("单位" in head or (_OF_UNITS.search(self._around.header) and head in _NAMES_HEAD)):
            return False
        if _ITSELF.sub("", name) == owner or body_named(f"单位：{name}") == name:
            return True
        named = _UNITS_HEAD.fullmatch(head) and len(name) >= _SHORTEST_UNIT and not is_total(name)
        return bool(named) and not items_called(undated(name), "", "")  # 预算单位 | 市电化教育馆

    def _told_apart(self, position: int, run: Run, named: Named, row: Row) -> Named:
        """其他公共安全支出 (款) and, right behind it, 其他公共安全支出 (项), its part: no code tells them apart."""
        topic, bare = named.topic, named.name.bare
        if bare not in self._doubled[position] or topic.item is None or len(topic.item.code) != _GROUP_CODE:
            return named
        amounts = [amount_in(row.cells[at.index]) for at in run.figures]
        at, whole = self._groups.setdefault(topic.key, (self._at, amounts))
        inside = self._at - at <= _NEAR and all(map(within, amounts, whole))
        if at == self._at or not inside:
            return named
        return replace(named, topic=Topic(f"{bare}（项）", account=topic.account, flow=topic.flow), parent=topic.name)

    def _town(self, name: str, labels: Sequence[Column]) -> Holder | None:
        """路口镇 in a county's table of its towns: figures of its own, never the county's."""
        own = self._about.region
        heads = [label.head for label in labels]
        heads += [self._around.header] if any(map(_UNITS_HEAD.fullmatch, heads)) else []  # 各镇税收情况: 单位 | 入库
        listed = any(map(_TOWNS_HEAD.search, heads)) and _TOWN.fullmatch(name)
        return Holder(zone(own, name), "", "") if listed and own is not None and own.level != "province" else None

    def _zone(self, bare: str, label: Column) -> Holder | None:
        """临港区 in a list of a city's districts: a zone by its place in the list."""
        own = self._about.region
        if self._places < FEW or own is None or not _PLACES_HEAD.search(label.head) or not _ZONE.match(bare):
            return None
        return Holder(zone(own, bare), "", "")

    def _of_table(self, holder: Holder | None) -> Holder | None:
        """防城港市 beside 市本级 or its counties is the whole of it."""
        if holder is not None and holder.itself and (self._levels or self._places >= FEW):
            return replace(holder, scope="whole")
        return holder

    def _sum_of_places(self) -> Holder | None:
        own = self._about.region
        if own is None or self.transfers:
            return None
        return Holder(own, "whole" if self._levels else "lower", "")
