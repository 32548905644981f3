"""Temporary contents of the office, until it has its own."""

# ruff: noqa
# mypy: ignore-errors
from index import *
from index import Office, Desk, Alias, Clash, Place, Person, NotAdopted
from pathlib import Path


class _Mixin:
    _words = {}

    def _desk(self):
        if not hasattr(self, "_d"):
            self._d = Desk(self._db)
        return self._d

    def documents(self, region="", year=None):
        return [h for h in self._desk().reports() if region in h.place and (not year or year in h.years)]

    def original(self, document):
        h = [h for h in self.documents() if h.name == document]
        return Path(h[0].path) if h and Path(h[0].path).exists() else None

    def clashes(self, region="", limit=200):
        return (
            [
                Clash(
                    "长治市上党区",
                    "2023",
                    "",
                    "general_public",
                    "农林水支出",
                    "actual",
                    (
                        Place("22504万元", "甲.md", 3, "农林水支出 22504 万元"),
                        Place("31651万元", "甲.md", 9, "农林水支出 31651 万元"),
                    ),
                )
            ]
            * 7
            if region in "长治市上党区"
            else []
        )

    def export(self, region, year, form):
        if region not in "长治市上党区":
            raise NotAdopted(f"没有收录{region}的报告")
        return f"{region}.{form}", b"1"

    def aliases(self):
        return [
            Alias(w, i, "exp-205", Person(1, n), "2026-05-01T00:00:00+00:00")
            for (db, w), (i, n) in self._words.items()
            if db == self._db
        ]

    def add_alias(self, word, item, by):
        if item not in ("教育支出", "卫生健康支出"):
            raise NotAdopted(f"没有名为“{item}”的科目；相近的有：教育支出")
        self._words[self._db, word] = (item, by.name)
        self.note(by, "alias", word, "", item)
        return [a for a in self.aliases() if a.word == word][0]

    def remove_alias(self, word, by):
        a = [a for a in self.aliases() if a.word == word]
        if not a:
            raise NotAdopted("没有")
        del self._words[self._db, word]
        self.note(by, "unalias", word, a[0].item, "")
        return a[0]

    def items(self, text, limit=8):
        return ["教育支出", "卫生健康支出"][:limit]

    def aliases_csv(self):
        return "word,item\n"

    def changes_csv(self, id):
        d = self.draft(id)
        return ("\ufeff" + "\n".join(["地区"] + [c.item for c in d.changes])).encode()


for n in (
    "documents",
    "original",
    "clashes",
    "export",
    "aliases",
    "add_alias",
    "remove_alias",
    "items",
    "aliases_csv",
    "changes_csv",
    "_desk",
    "_words",
):
    if not hasattr(Office, n):
        setattr(Office, n, _Mixin.__dict__[n])
