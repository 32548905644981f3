"""Words before an item that say nothing which its definition does not say.

财政拨款|“三公”经费       there is no other: it is what the treasury grants
应偿还|政府债券本息       what is due
足额安排|“三保”支出       all of what is to be secured
我镇组织|地方收入         what is collected
"""

from __future__ import annotations

import re
from typing import Final

from index.facts.marks import CIRCUMSTANCE

_GRANTED: Final = re.compile(
    rf"^{CIRCUMSTANCE}*(?:[本我](?:部门|单位|[局委办厅院]))?(?:使用)?(?:一般公共预算)?(?:年初|当年|{CIRCUMSTANCE})*"
    "财政拨款(?:安排)?的?(?:支出)?的?$"
)
_OFFICES: Final = re.compile(
    f"^{CIRCUMSTANCE}*[省市县区镇乡州旗]?(?:直|本级)?(?:党政|行政)?(?:机关|部门|单位)(?:的|使用)?$"
)
_DUE: Final = re.compile(
    f"(?:(?:应|需|累计|已|共)+|确保(?:按[期时]|及时|足额)*)(?:[偿归应]还|支付|兑付)?(?:了|{CIRCUMSTANCE})*(?:到期的?)?$"
)
_SECURED: Final = re.compile("(?:优先|足额|全额|全力|切实)+(?:安排|保障|落实|编列)了?$")
_COLLECTED: Final = re.compile(f"(?:组织|紧盯|围绕|锚定)(?:完成|实现|入库|全年|年度|{CIRCUMSTANCE})*(?:地方)?$")
_OF_BODIES: Final = re.compile(
    "(?:[省市县区州旗]直|预算|行政事业|党政)?(?:部门|单位)“?$"
)  # 区直部门|“三公”经费: nobody else has any
_OFFICE_ITSELF: Final = re.compile("(?:[本我]?[局委办厅院部署]|本(?:部门|单位)?|所属|行政)机关$")
_OF_ITEMS: Final = (
    (("total-gp-rev", "total-fiscal-rev", "gp-rev-101"), _COLLECTED),
    (("other-three-public", "other-tp-"), _GRANTED),
    (("other-three-public", "other-tp-"), _OFFICES),
    (("debt-service", "debt-principal", "debt-interest"), _DUE),
    (("total-three-guarantees",), _SECURED),
    (("other-three-public",), _OF_BODIES),
    (("other-operating",), _OFFICE_ITSELF),
)


def without(masked: str, key: str) -> str:
    """The masked words before the item of this ``key``, less what goes without saying of it."""
    for keys, words in _OF_ITEMS:
        if key.startswith(keys):
            masked = words.sub("", masked)
    return masked
