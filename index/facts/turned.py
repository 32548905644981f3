"""Items that the words around them turn into another one.

偿还到期|政府债券|6亿元                  what is paid back is no issue: 政府债务还本
一般性转移支付|补助县市|9亿元             what is handed on is the recipient's
上级转移支付|安排预算支出|3亿元           what is spent of it is not what came
地方政府债券收入 in the general budget     地方政府一般债务收入
上级转贷|专项债务收入5亿元                地方政府专项债务转贷收入
增加下达|专项债务限额8亿元                新增专项债务限额
债务限额|新增3亿元                       新增债务限额
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, cast

from index.facts.context import Topic
from index.facts.debt_names import Kind, debt_name
from index.facts.marks import CIRCUMSTANCE
from index.lexicon import Item, items

_PAID_BACK: Final = re.compile(rf"(?:偿还|归还|兑付)(?:了|到期的?|存量|法定|地方|政府|{CIRCUMSTANCE})*$")
_HANDED_ON: Final = re.compile(r"补助(?P<whom>下级|(?:所属|各)?[县市区州旗]+(?:（[县市区、]+）)?)")
_SPENT: Final = re.compile(rf"资?金?(?:结转)?安排的?(?:{CIRCUMSTANCE})*(?:预算)?支出")
_TAKEN: Final = re.compile("调入|动用|使用")  # 从预算稳定调节基金|调入3亿元
_SPENT_BOND: Final = re.compile(r"资?金?(?:收入)?(?:安排的?|实际|累计)*(?:支出|支付|使用)(?!进度|率)")
_INTEREST: Final = re.compile(r"(?:到期)?本?息|利息|付息|发行费|及|、|和")
# What narrows a whole to some of it: for one purpose, of one batch, used by someone.
_NARROWED: Final = re.compile(r"用于|提前|部分|结存|留用|转贷各|本次|需增加|.(?:使用|分配)$")
_NEEDED: Final = re.compile("^(?:资金)?(?:总)?需求$")
_AHEAD: Final = re.compile("提前(?:下达|批|核定)(?:的)?$")
_LIMITS: Final = ("debt-limit", "debt-limit-general", "debt-limit-special")
_ADDED: Final = re.compile(r"(?:增加|新增|追加)下达(?:的|了)?$")  # 本次增加下达|专项债务限额8亿元: not all of it
_NEW: Final = ("新增", "新增为", "新增额", "新增额为")
_OF_MONEY: Final = re.compile("资金|投入|投资|转贷各")  # 统筹资金47亿元（专项债券27亿元）
_GIVING: Final = ("government_fund", "state_capital")  # accounts that give to the general one
_KINDS: Final = {"general_public": "general", "government_fund": "special"}


def turned(item: Item, text: str, before: str, behind: str, masked_behind: str, account: str) -> Topic | None:
    """What an item printed as ``text`` is between these words, in this ``account``; None if it stays what it is.

    ``before`` is masked, ``behind`` plain up to the figure.
    """
    if item.key.startswith("debt-issue") and _PAID_BACK.search(before) and not _INTEREST.match(behind):
        name = debt_name(text)
        paid = replace(name, act="principal", origin="").item if name is not None else items().get("debt-principal")
        return Topic.of(paid) if paid is not None else None
    if item.key.startswith("debt-issue") and _NEEDED.search(behind):
        return Topic(f"{text}{behind}", account="debt")  # 专项债券|资金需求: what was asked for
    if item.key.startswith("debt-issue") and (ahead := _AHEAD.search(before)):
        return Topic(f"{ahead[0]}{text}", account="debt")  # 省提前下达|债券资金: some of what the year brings
    if item.key in _LIMITS and (_ADDED.search(before) or behind in _NEW):  # 债务限额|新增3亿元
        return Topic.of(items()[item.key.replace("limit", "limit-new")])
    if item.key.startswith("transfer") and item.flow == "revenue":
        if on := _HANDED_ON.match(behind if not text.endswith("补助") else f"补助{behind}"):
            return replace(Topic.of(item), qualifiers=(("recipient", on["whom"]),))
        if _SPENT.match(masked_behind):
            return Topic(f"{text}安排的支出", account=account, flow="expenditure")  # type: ignore[arg-type]
    if item.key == "transfer-stabilize" and _TAKEN.match(behind):
        return Topic.of(items()["transfer-stabilize-use"])
    if item.key.startswith(("debt-new", "debt-issue")) and (spent := _SPENT_BOND.match(behind)):
        return Topic(f"{text.removesuffix('资金')}{spent[0]}", account="debt")  # 新增债券|支出金额
    if item.key.startswith("transfer-debt-income") and before.endswith("转贷"):  # 上级转贷|专项债务收入
        return Topic.of(items()[item.key.replace("-income", "-in")])
    if item.key == "transfer-in-funds" and f"{text}{behind}".startswith("调入一般公共预算") and account in _GIVING:
        return Topic.of(items()["transfer-out-funds"])
    if item.key == "debt-issue" and f"{text}{behind[:2]}".endswith("收入") and account in _KINDS:
        return Topic.of(items()[f"transfer-debt-income-{_KINDS[account]}"])
    return None


def of_debt_flow(topic: Topic, parent: Topic, account: str) -> Topic | None:
    """The bonds that make up 债务转贷收入 or 债务转贷支出 of an account; None if the parent is no such flow.

    债务转贷收入11亿元（再融资债券4亿元）of a fund: 再融资专项债券; 债务转贷支出…（再融资债券3亿元）: what is lent on.
    """
    if not parent.key.startswith("transfer-debt") or not topic.key.startswith("debt-"):
        return None
    if parent.key.startswith("transfer-debt-out"):
        return Topic(f"{parent.name}：{topic.name}", account=topic.account)
    kind = parent.key.rpartition("-")[2]
    kind = kind if kind in _KINDS.values() else _KINDS.get(account, "")
    name = debt_name(topic.name)
    if not kind or name is None or name.kind in _KINDS.values() or not name.origin:
        return None
    item = replace(name, kind=cast(Kind, kind)).item
    return Topic.of(item) if item is not None else None


def of_some_debt(topic: Topic, parent: Topic, left: str) -> Topic | None:
    """用于置换的债券5亿元（专项债券4亿元）, 预算安排586亿元（含新增债券70亿元）: a part of what is but a part is not
    all of that kind; ``left`` are the words before the figure."""
    of_something = topic.key.startswith("debt-issue") and _OF_MONEY.search(parent.name) and "债" not in parent.name
    held_in = left.lstrip("（，").startswith("含") and "债" not in parent.name
    narrowed = of_something or held_in or (not parent.given and _NARROWED.search(parent.name))
    if parent.key or not topic.key.startswith("debt-") or not narrowed:
        return None
    return replace(topic, name=f"{parent.name}：{topic.name}", key="")
