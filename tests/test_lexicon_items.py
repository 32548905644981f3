"""The item lexicon tests itself: every row is tidy, unambiguous and shown by an example; the known names are there.

Reads the CSV files alone, without the loader, so that a wrong row is reported with its file and key.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ITEMS = Path(__file__).resolve().parent.parent / "data" / "lexicon" / "items"
FILES = (
    "debt.csv", "general_public.csv", "government_fund.csv", "indicators.csv", "other.csv",
    "social_insurance.csv", "state_capital.csv", "totals.csv", "transfers.csv",
)  # fmt: skip
COLUMNS = [
    "key", "code", "name", "account", "flow", "parent", "measure", "aliases", "people", "definition", "examples",
]  # fmt: skip
ACCOUNTS = {"general_public", "government_fund", "state_capital", "social_insurance", "debt", "other", ""}
FLOWS = {"revenue", "expenditure", "balance", ""}
MEASURES = {"limit", "outstanding", "balance", ""}
SHORTEST_ALIAS = 3
STRAY = re.compile(r"[\s\ufeff\u200b()]|\|\||^\||\|$")
PUNCTUATION = re.compile(r"[（）()“”\"、，,·—\-]")


@dataclass(frozen=True, slots=True)
class Row:
    """One CSV row with its file and with list cells split."""

    file: str
    cells: dict[str, str]
    aliases: tuple[str, ...]
    people: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.cells["key"]

    @property
    def place(self) -> str:
        return f"{self.file}:{self.key}"

    @property
    def words(self) -> tuple[str, ...]:
        return (self.cells["name"], *self.aliases, *self.people)


def split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def read(file: str) -> Iterator[Row]:
    with (ITEMS / file).open(encoding="utf-8", newline="") as stream:
        for cells in csv.DictReader(stream):
            yield Row(file, cells, split(cells["aliases"]), split(cells["people"]), split(cells["examples"]))


ROWS = tuple(row for file in FILES for row in read(file))
BY_KEY = {row.key: row for row in ROWS}


def plain(word: str) -> str:
    """The word without punctuation: forms that differ only there are the same form."""
    return PUNCTUATION.sub("", word)


def test_every_file_is_known() -> None:
    assert sorted(path.name for path in ITEMS.glob("*.csv")) == sorted(FILES)


@pytest.mark.parametrize("file", FILES)
def test_file_has_the_columns_and_no_ragged_row(file: str) -> None:
    with (ITEMS / file).open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    assert lines[0] == COLUMNS
    assert [line for line in lines if len(line) != len(COLUMNS)] == []


@pytest.mark.parametrize("file", FILES)
def test_rows_are_sorted_by_key(file: str) -> None:
    keys = [row.key for row in read(file)]
    assert keys == sorted(keys)


def test_keys_are_unique() -> None:
    places = defaultdict(list)
    for row in ROWS:
        places[row.key].append(row.file)
    assert {key: files for key, files in places.items() if len(files) > 1} == {}


def test_keys_are_ascii_ids() -> None:
    assert [row.place for row in ROWS if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", row.key)] == []


def test_codes_are_official_numbers() -> None:
    assert [row.place for row in ROWS if not re.fullmatch(r"(\d{3}(\d\d){0,3})?", row.cells["code"])] == []


@pytest.mark.parametrize(
    "column,allowed", [("account", ACCOUNTS), ("flow", FLOWS), ("measure", MEASURES)], ids=lambda value: str(value)
)
def test_closed_columns(column: str, allowed: set[str]) -> None:
    assert [row.place for row in ROWS if row.cells[column] not in allowed] == []


def test_parents_exist() -> None:
    assert [row.place for row in ROWS if row.cells["parent"] and row.cells["parent"] not in BY_KEY] == []


def test_parents_run_in_no_circle() -> None:
    for row in ROWS:
        seen = {row.key}
        parent = row.cells["parent"]
        while parent:
            assert parent not in seen, row.place
            seen.add(parent)
            parent = BY_KEY[parent].cells["parent"]


def test_parts_flow_like_their_parent() -> None:
    """A part of a revenue is revenue; only a parent without direction takes both."""
    wrong = [
        row.place
        for row in ROWS
        if (parent := BY_KEY.get(row.cells["parent"]))
        and parent.cells["flow"] not in ("", row.cells["flow"])
        and row.cells["flow"] != "balance"
    ]
    assert wrong == []


def test_cells_are_tidy() -> None:
    """No spaces, invisible characters, half-width brackets or empty list cells; names are never empty."""
    wrong = []
    for row in ROWS:
        for column, cell in row.cells.items():
            pattern = re.compile(r"^\s|\s$") if column == "definition" else STRAY
            if pattern.search(cell) or (column == "name" and not cell):
                wrong.append(f"{row.place} {column}: {cell}")
    assert wrong == []


def test_aliases_are_long_enough_for_reports() -> None:
    """Two characters match inside too many other words of a report; askers may use them (column people)."""
    assert [f"{row.place} {word}" for row in ROWS for word in row.aliases if len(word) < SHORTEST_ALIAS] == []


def test_no_word_twice_in_an_account() -> None:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in ROWS:
        for word in row.words:
            owners[row.cells["account"], plain(word)].append(row.place)
    assert {word: places for word, places in owners.items() if len(places) > 1} == {}


def test_every_row_has_an_example() -> None:
    assert [row.place for row in ROWS if not row.examples] == []


def test_examples_contain_a_word_of_their_row() -> None:
    wrong = [f"{row.place} {text}" for row in ROWS for text in row.examples if not any(w in text for w in row.words)]
    assert wrong == []


def test_definitions_are_one_sentence() -> None:
    texts = [(row.place, row.cells["definition"]) for row in ROWS if row.cells["definition"]]
    assert [place for place, text in texts if not text.endswith("。") or text.count("。") > 1] == []


@pytest.mark.parametrize(
    "word",
    [
        "一般公共预算收入", "税收收入", "非税收入", "一般公共预算支出", "政府性基金收入", "国有资本经营预算收入",
        "社会保险基金支出", "三公经费", "转移支付", "一般性转移支付", "专项转移支付", "政府债务限额", "政府债务余额",
        "预算稳定调节基金", "结转结余资金", "三保支出", "直达资金", "再融资债券", "政府采购", "预算绩效", "全口径税收",
        "隐性债务", "预备费", "调入资金", "上解支出",
    ],
)  # fmt: skip
def test_terms_people_ask_about_are_defined(word: str) -> None:
    assert [row for row in ROWS if word in (row.cells["name"], *row.aliases) and row.cells["definition"]]


# word -> key: new and old official names, short report forms, askers' words; one key per account the word lives in
COVERAGE = [
    # general public revenue
    ("增值税", "gp-rev-10101"), ("城建税", "gp-rev-10109"), ("契税", "gp-rev-10119"), ("个税", "gp-rev-10106"),
    ("营业税", "gp-rev-10103"), ("收了多少税", "gp-rev-101"), ("非税收入", "gp-rev-103"),
    ("地方教育附加收入", "gp-rev-1030216"), ("行政事业性收费收入", "gp-rev-10304"), ("罚款", "gp-rev-10305"),
    ("国有资源有偿使用收入", "gp-rev-10307"), ("国有资本经营收入", "gp-rev-10306"),
    # general public expenditure: classes
    ("一般公共服务支出", "gp-exp-201"), ("公安", "gp-exp-20402"), ("教育", "gp-exp-205"), ("科技支出", "gp-exp-206"),
    ("文化体育与传媒支出", "gp-exp-207"), ("文体支出", "gp-exp-207"), ("社保", "gp-exp-208"),
    ("医疗卫生与计划生育支出", "gp-exp-210"), ("看病", "gp-exp-210"), ("环保", "gp-exp-211"),
    ("城乡社区事务支出", "gp-exp-212"), ("农业支出", "gp-exp-213"), ("修路", "gp-exp-214"),
    ("资源勘探信息等支出", "gp-exp-215"), ("资源勘探电力信息等支出", "gp-exp-215"),
    ("国土海洋气象等支出", "gp-exp-220"),
    ("住房保障", "gp-exp-221"), ("其他支出（类）", "gp-exp-229"), ("预备费", "gp-exp-227"),
    # general public expenditure: sections
    ("人大事务", "gp-exp-20101"), ("普通教育", "gp-exp-20502"), ("行政事业单位离退休", "gp-exp-20805"),
    ("低保", "gp-exp-20819"), ("养老", "gp-exp-2081006"), ("公共卫生", "gp-exp-21004"), ("农业农村", "gp-exp-21301"),
    ("扶贫支出", "gp-exp-21305"), ("保障性安居工程支出", "gp-exp-22101"),
    # government funds
    ("土地出让收入", "gf-rev-1030148"), ("卖地", "gf-rev-1030148"), ("污水处理费收入", "gf-rev-1030178"),
    ("城市基础设施配套费", "gf-rev-1030156"), ("专项债券对应项目专项收入", "gf-rev-10310"),
    ("城乡社区支出", "gf-exp-212"), ("国有土地使用权出让收入安排的支出", "gf-exp-21208"),
    ("超长期特别国债安排的支出", "gf-exp-x-ultralong"),
    # state capital, social insurance
    ("利润收入", "sc-rev-1030601"), ("国有企业资本金注入", "sc-exp-22302"), ("国有资本经营收入", "total-sc-rev"),
    ("企业职工基本养老保险基金收入", "si-rev-10201"), ("城乡居民基本养老保险支出", "si-exp-20910"),
    ("年末滚存结余", "si-balance-cum"), ("本年收支结余", "si-balance-year"),
    # totals
    ("财政总收入", "total-fiscal-rev"), ("地方一般公共预算收入", "total-gp-rev"),
    ("一般公共预算地方收入", "total-gp-rev"), ("公共财政预算收入", "total-gp-rev"), ("一般预算支出", "total-gp-exp"),
    ("政府性基金预算收入", "total-gf-rev"), ("社保基金收入", "total-si-rev"), ("民生支出", "total-livelihood-exp"),
    ("三保", "total-three-guarantees"), ("收入总计", "total-gp-sum-rev"), ("收入总计", "total-gf-sum-rev"),
    ("主体税种", "total-main-taxes"), ("财政部门组织的收入", "total-fiscal-dept-rev"),
    # transfers
    ("上级补助收入", "transfer-superior"), ("税收返还", "transfer-refund"), ("均衡性转移支付", "transfer-equalization"),
    ("上解上级支出", "transfer-up"), ("动用预算稳定调节基金", "transfer-stabilize-use"),
    ("债务转贷收入", "transfer-debt-in"), ("调出资金", "transfer-out-funds"), ("结转下年", "transfer-carry-out"),
    # debt, other
    ("债务限额", "debt-limit"), ("欠了多少债", "debt-balance"), ("专项债务余额", "debt-balance-special"),
    ("新增专项债", "debt-new-special"), ("化债", "debt-resolve"), ("专项债券到期利息", "debt-interest-special"),
    ("还本付息", "debt-service"), ("三公", "other-three-public"), ("公车", "other-tp-car"), ("出国", "other-tp-abroad"),
    ("吃喝招待", "other-tp-reception"), ("审减率", "other-review-rate"), ("清理暂付款", "other-suspense-paid"),
    ("农村居民人均可支配收入", "econ-income-rural"),
]  # fmt: skip


@pytest.mark.parametrize("word,key", COVERAGE, ids=lambda value: str(value))
def test_known_words_lead_to_their_item(word: str, key: str) -> None:
    row = BY_KEY[key]
    assert word in row.words
    rivals = [other.key for other in ROWS if word in other.words and other.cells["account"] == row.cells["account"]]
    assert rivals == [key]


@pytest.mark.parametrize(
    "key,measure",
    [
        ("debt-limit", "limit"),
        ("debt-balance-general", "outstanding"),
        ("si-balance-cum", "balance"),
        ("gp-exp-205", ""),
    ],
)
def test_items_that_say_their_measure(key: str, measure: str) -> None:
    assert BY_KEY[key].cells["measure"] == measure


EXPENDITURE_CLASSES = [*range(201, 209), *range(210, 218), 219, 220, 221, 222, 224, 227, *range(229, 234)]


@pytest.mark.parametrize("code", EXPENDITURE_CLASSES)
def test_every_expenditure_class_is_there(code: int) -> None:
    assert BY_KEY[f"gp-exp-{code}"].cells["code"] == str(code)
