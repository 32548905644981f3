"""Rows of an expenditure table by 类, 款 and 项 without codes: each 项 belongs to the 款 above it.

一般公共服务支出 | 人大事务 | 行政运行 | … | 政协事务 | 行政运行
-> the first 行政运行 is fn-20101/行政运行, the second fn-20102/行政运行

A 项 that stands twice below one 款, or its first behind others, is of another 款 that the table leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from index.facts.row_items import is_total, items_called
from index.facts.row_names import undated
from index.find.subjects import within
from index.lexicon import Item, toml

_KINDS, _GROUPS = 2, 3  # rows of 类 and 款 that make a table one of the classification
_KIND, _GROUP, _LEAST = 3, 5, 7
_MOVED: Final = ("transfer", "debt", "total")


class Levels:
    """Goes down the rows of one run; ``names`` are all of them, without numbering."""

    def __init__(self, names: Iterable[str], account: str) -> None:
        self._account = account
        self._kind = self._group = ""
        self._below: set[str] = set()  # the 项 that stood below the 款
        self._last = ""
        lengths = [len(item.code) for name in names if (item := self._listed(name)) is not None]
        self._classified = lengths.count(_KIND) >= _KINDS and lengths.count(_GROUP) >= _GROUPS

    def read(self, bare: str) -> Item | None:
        """The 项 that a row is by its place; None if the row says itself what it is, or the table is no such one."""
        if not self._classified:
            return None
        called = items_called(undated(bare), "expenditure", self._account)
        if is_total(bare) or "转移" in bare or "上解" in bare or any(item.key.startswith(_MOVED) for item in called):
            self._group = ""
            return None
        item = self._listed(bare)
        if item is not None and self._opens(item.code):
            return None
        if item is not None and len(item.code) == _LEAST and item.code[:_GROUP] == self._group:
            self._below.add(bare)
            self._last = bare
            return None
        again = bare in self._below and bare != self._last  # twice running is one row on two lines
        if again or (self._below and bare != self._last and bare in toml("tables.toml")["classification"]["first"]):
            self._group = ""  # the 款 that begins here has no row of its own
        self._below.add(bare)
        self._last = bare
        return within(self._group, bare, self._account) if self._group else None

    def _opens(self, code: str) -> bool:
        """Does a row begin a new 类 or 款?"""
        if len(code) == _KIND:
            self._kind, self._group = code, ""
            self._below.clear()
            return True
        if len(code) == _GROUP and code != self._group and (not self._kind or code[:_KIND] == self._kind):
            self._kind, self._group = code[:_KIND], code
            self._below.clear()
            return True
        return False

    def _listed(self, name: str) -> Item | None:
        """The item with a code of functions that a row names, of the current 类 if several bear the name."""
        found = [i for i in items_called(undated(name), "expenditure", self._account) if i.code[:1] == "2"]
        here = [item for item in found if self._kind and item.code.startswith(self._kind)]
        return next(iter(here or found), None)
