"""Money that is told of for what befell it, as audits do: no figure of the item it is named by.

4个专项债券项目资金|1.27亿元|闲置超过一年      专项债券项目资金闲置, not all that the bonds are
3个单位非税收入|1128万元|滞留专户               非税收入滞留
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from index.facts.context import Topic
from index.facts.open_names import MAX_NAME

_BEFALLEN: Final = re.compile(
    r"(?P<how>闲置|滞留|沉淀|逾期|(?:被)?(?:挪用|挤占|截留|套取|侵占|骗取|虚列)"
    r"|未(?:及时|按时|按期|按规定|有效|足额)*(?:使用|支出|拨付|上缴|缴库|缴入|入库|分配|下达|收回|兑付|发放|支付|清理))"
)


def befallen(topic: Topic, printed: str, behind: str) -> Topic:
    """The topic of money or space with what is said right behind its figure; ``printed`` are the words before it."""
    match = _BEFALLEN.match(behind)
    if match is None or topic.name.endswith(match["how"]):
        return topic
    name = f"{(printed if topic.key else topic.name) or topic.name}{match['how']}"
    return replace(topic, name=name[-MAX_NAME:], key="", item=None)
