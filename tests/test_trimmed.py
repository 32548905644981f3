"""What is asked with is no part of the name: verbs at its ends, 好多 for 多少, what is said to be not meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.ask.assistant import Assistant
from index.ask.pieces import trimmed
from tests.one_report import assistant_of

REPORT = """关于临汾市2025年预算执行情况和2026年预算草案的报告

一、2025年预算执行情况

全市一般公共预算支出完成520亿元，增长4.1%，完成预算的98.2%。市本级一般公共预算支出112亿元，完成预算的96.5%。

市级国有资本经营预算支出1.2亿元，完成预算的100%。

投入汾河保护资金3.6亿元，发放育儿补贴1.05亿元，赔付巨灾保险620万元。

审计查出问题已完成整改43个。
"""


@pytest.mark.parametrize(
    "piece, name",
    [
        ("物业费掏", "物业费"),
        ("办公费排", "办公费"),
        ("汾河保护上", "汾河保护"),
        ("娃儿发", "娃儿"),
        ("巨灾保险赔", "巨灾保险"),
        ("买车辆", "车辆"),
        ("买东西", "买东西"),  # near words have it
        ("买中介机构做审计", "买中介机构做审计"),  # what was bought is more than one word
        ("搞土储", "搞土储"),  # 储 is half of a word that no dictionary has
        ("往外发", "往外发"),
        ("还本付息", "还本付息"),
        ("物业费", "物业费"),
        ("修路", "修路"),
    ],
)
def test_verbs_at_the_ends_are_no_part_of_a_name(piece: str, name: str) -> None:
    assert trimmed(piece) == name


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("trimmed")
    with assistant_of(folder, "临汾市2025年预算执行情况和2026年预算草案的报告", REPORT) as found:
        yield found


@pytest.mark.parametrize(
    "question, value",
    [
        ("临汾2025年砸了多少钱在汾河保护上", "3.6"),
        ("临汾去年给娃儿发的育儿补贴，财政掏了好多钱", "1.05"),
        ("临汾2025年巨灾保险赔了多少钱", "620"),
        ("临汾市2025年一般公共预算支出 市本级口径 是好多", "112"),
        ("临汾市本级（不是全市）2025年一般公共预算支出，执行到预算的百分之多少", "96.5"),
        ("临汾2025年一般公共预算支出，只看市本级（不带开发区）是多少", "112"),
        ("临汾2025年一般公共预算支出（不要市本级的）多少", "520"),
    ],
)
def test_the_figure_is_found_behind_what_is_asked_with(assistant: Assistant, question: str, value: str) -> None:
    answer = assistant.ask(question, None)
    assert answer.status == "answered", answer.reply
    assert [figure.value for figure in answer.figures if figure.asked][:1] == [value], answer.reply
