"""Tables whose rows are no items of the budget: departments, companies, projects, fields.

企业名称 | 资产总额 | 利润总额        rows of a kind (企业), by name, with a figure in each column
甲集团   | 426.35   | 1.27
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from index.ask.query import Query
from index.ask.search import Search
from index.ask.select import SCOPES, told_per_head
from index.ask.vocabulary import pattern_in
from index.find.terms import find_asked_terms
from index.lexicon import toml
from index.models import Period, StoredFact
from index.store.lookup import sentence_id
from index.text.normal import plain

_SUM: Final = re.compile("合计|小计|总计|平均|^以上")
_REST: Final = re.compile("^其[他余它]")
_SHORTEST: Final = 3  # characters that name a row
_BEGUN: Final = 2  # of them those that stand together in its name
_TAIL: Final = re.compile("(?:系统|领域|方面|部门|单位|公司|企业|项目|那个|这个|里)+$")
_BODY: Final = re.compile("(?:股份|有限|责任|控股|集团|总?公司|企业)+$")
_NEVER: Final = re.compile("(?!)")
_OFFICE: Final = re.compile("..[局委办院校处队所站]$|中心$")
_BESIDE_BODY: Final = re.compile("(?:部门|单位)?(?:预算|支出|决算)?")
_UNIT: Final = re.compile("^其中[：:]?|（(?:万|亿|千)?元）|（[%％分个户家人辆]）")


@dataclass(frozen=True, slots=True)
class Kind:
    """What rows are (部门): how a question says it, and the heads their names stand below."""

    name: str
    ask: re.Pattern[str]
    head: re.Pattern[str]


_OWN: Final = Kind("项目", _NEVER, _NEVER)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of such a table: the name of its row, the head of its column, the table it stands in."""

    row: str
    column: str
    table: tuple[str, str]
    kind: Kind
    caption: str
    told: StoredFact

    @property
    def is_sum(self) -> bool:
        """Is the row a sum of others?"""
        return bool(_SUM.search(self.row))

    @property
    def is_rest(self) -> bool:
        """Is the row all that the table does not list by name?"""
        return bool(_REST.search(self.row))


def cells_of(search: Search, query: Query, period: Period) -> list[Cell]:
    """The figures of such tables in the reports of the place asked on a period, of the level and account asked."""
    there = search.everything(query.regions[0], period)
    return [cell for one in there if _fits(one, query) and (cell := _cell(one)) is not None]


def _fits(one: StoredFact, query: Query) -> bool:
    fact = one.fact
    level = not fact.scope or any(fact.scope in group for group in SCOPES[query.scope])
    return level and (not query.account or fact.account in (query.account, "", "other"))


def column_asked(cell: Cell, query: Query) -> bool:
    """Does a question say the column of a cell: by an item, by its words, or by what people call it?"""
    head = cell.column
    if any(ask.search(query.text) for of, ask in _columns() if of.search(head)):
        return True
    keys = {item.key for term in find_asked_terms(head) for item in term.items}
    if any(not keys.isdisjoint(item.keys) or item.text in head for item in query.items):
        return True
    return any(len(chunk) > 1 and chunk in head for chunk in query.chunks)


def rows_called(cells: Sequence[Cell], query: Query) -> list[str]:
    """The rows that a question names, as it names them, one for each of its words."""
    rows, found = dict.fromkeys(cell.row for cell in cells), dict[str, None]()
    joints = pattern_in("relation", "joints")
    plainly = {row for row in rows if any(is_called(run, row) for run in query.runs)}
    if len(plainly) == 1 and len(query.runs) < 2:
        return list(plainly)
    for run in chain.from_iterable(joints.split(run) for run in (*query.chunks, *query.runs)):
        called = [row for row in rows if is_called(run, row)] or [row for row in rows if is_shortened(run, row)]
        if len(called) == 1:
            found[called[0]] = None
    return list(found) if not plainly - set(found) else []


def is_called(run: str, row: str) -> bool:
    """Do words call a row: its name, a part of it, or its characters in order from one of its words to its end?"""
    said = _TAIL.sub("", run) or run
    if len(said) < _SHORTEST:
        return False
    if said in row or (len(row) >= _SHORTEST and row in run):
        return True
    at = row.find(said[:_BEGUN])
    if at < 0 or said[-1] != row[-1]:
        return False
    rest = iter(row[at + _BEGUN :])
    return all(char in rest for char in said[_BEGUN:])


def names_company(query: Query) -> bool:
    """城投集团, 水务公司: whose figure is asked for is a company's, and no one's else."""
    return any(_BODY.search(run) and len(_BODY.sub("", run)) >= _BEGUN for run in (*query.chunks, *query.runs))


def body_names(query: Query) -> list[str]:
    """人社局, 法院: the bodies that are all a question speaks of."""
    said = [word for word in query.content if not _BESIDE_BODY.fullmatch(word)]
    return said if all(_OFFICE.search(word) for word in said) else []


def is_shortened(run: str, row: str) -> bool:
    """城投集团 of 某市城市建设投资集团: characters of a company's name in their order, or begun like it."""
    said, name = _BODY.sub("", run), _BODY.sub("", row)
    begun = len(said) > _BEGUN and said[:_BEGUN] in name
    if len(said) < _BEGUN or not _BODY.search(row) or not (said != run or begun):
        return False
    rest = iter(name)
    return all(char in rest for char in said)


@cache
def kinds() -> Sequence[Kind]:
    """The kinds of rows, in the order of the list."""
    return tuple(
        Kind(row["name"], re.compile(row["ask"]), re.compile(row["head"])) for row in toml("rows.toml")["kind"]
    )


@cache
def _columns() -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
    return tuple((re.compile(row["head"]), re.compile(row["ask"])) for row in toml("rows.toml")["column"])


def named_cells(search: Search, query: Query, period: Period) -> list[Cell]:
    """The figures with a name of the report's own, in whatever table or list: A（14.60亿元）、B（6.25亿元）."""
    there = search.everything(query.regions[0], period)
    own = [one for one in there if not (one.fact.key or told_per_head(one)) and one.fact.number is not None]
    return [cell_of(one) for one in own if _fits(one, query)]


def cell_of(one: StoredFact) -> Cell:
    """A figure by the name of its item, whatever its table or its list."""
    column = _column_of(one, one.header.partition("｜")[0]) if one.header else ""
    return Cell(one.fact.item, column, _stands(one), _OWN, one.header, one)


def _stands(one: StoredFact) -> tuple[str, str]:
    """The table or, of a list in a sentence, the sentence in which a figure stands."""
    return (one.document, one.header or str(sentence_id(one.id)))


def _cell(one: StoredFact) -> Cell | None:
    """A figure with its row and column; None if it stands in no such table."""
    if not one.fact.rule.startswith("table") or one.fact.number is None or "｜" not in one.header:
        return None
    caption, *heads = one.header.split("｜")
    texts = one.text.split("\t")
    for at, kind in _named_columns(heads):
        if at < len(texts) and (row := plain(texts[at]).strip()):
            return Cell(row, _column_of(one, caption), _stands(one), kind, caption, one)
    return None


def _column_of(one: StoredFact, caption: str) -> str:
    return _UNIT.sub("", one.fact.label.removeprefix(caption).strip())


def _named_columns(heads: Sequence[str]) -> Iterator[tuple[int, Kind]]:
    """The columns that name rows of a kind, the first kinds last: 项目名称 before 主管部门."""
    found = [(at, kind) for at, head in enumerate(heads) for kind in kinds() if kind.head.search(plain(head))]
    return iter(sorted(found, key=lambda pair: pair[0]))
