"""Towns and zones by less than their name: which short names are taken, and by whom."""

from __future__ import annotations

import pytest

from index.ask.atlas import short_towns
from index.models import Region


def region(code: str, name: str) -> Region:
    return Region(code=code, name=name, full_name=name, level="zone", parent=code.partition("-")[0])


HELD = {
    one.code: one
    for one in (
        region("350582-磁灶镇", "磁灶镇"),
        region("350582-新城镇", "新城镇"),
        region("460000-洋浦经开区", "洋浦经开区"),
        region("530100-昆明经开区", "昆明经开区"),
        region("320500-滨海高新区", "滨海高新区"),
    )
}
CASES = [
    ("磁灶", "350582-磁灶镇"),
    ("洋浦", "460000-洋浦经开区"),
    ("洋浦开发区", "460000-洋浦经开区"),
    ("新城", ""),  # a word
    ("昆明", ""),  # a city
    ("滨海", ""),  # a word
]


@pytest.mark.parametrize("name, code", CASES)
def test_short_names(name: str, code: str) -> None:
    assert dict(short_towns(HELD)).get(name, "") == code
