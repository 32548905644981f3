"""What a place gives to those below it: 给各区转移支付 is not what it got, nor a part that is not named."""

from __future__ import annotations

import re
from typing import Final

from index.ask.pick.identity import GIVEN, clause
from index.ask.pick.wanted import Wanted
from index.models import StoredFact

_APART: Final = ("government_fund", "state_capital", "social_insurance")
_OF_FUNDS: Final = re.compile("政府性基金|国有资本|社会保险")
_OF_TRANSFERS: Final = re.compile("转移支付|补助|返还|总|合计")
_KINDS: Final = ("其他", "专项", "一般性", "均衡")
_GIVES: Final = re.compile("[对给]|下达|拨付|补助")
_GOT: Final = re.compile("[对给达]我|上级|中央|争取|收到|获得")


def given_apart(one: StoredFact, asked: Wanted) -> bool:
    """Whether a fact is of another account, of a kind, of one line of spending, or got from above."""
    if not asked.query.given or GIVEN not in asked.keys:
        return False
    fact, own = one.fact, clause(one)
    named = asked.query.account or _OF_FUNDS.search(asked.said + asked.query.text)
    if not named and (fact.account in _APART or _OF_FUNDS.search(fact.item)):
        return True
    if fact.parent and not _OF_TRANSFERS.search(fact.parent):
        return True  # 城乡社区支出…，市对区转移支付|3亿元
    if any(kind in fact.item and kind not in asked.said for kind in _KINDS):
        return True
    return bool(_GOT.search(own)) or not (fact.key == GIVEN or _GIVES.search(fact.item + own))
