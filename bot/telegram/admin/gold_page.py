"""Gold questions that stand against a draft -> what an owner decides on with a second press.

    <b>没有采用：1 道金标问题的回答会变</b>
    · 上党区2023年教育支出多少
      金标 56917万元；现在答 56917万元，采用后答 56971万元
    [不顾金标采用] [看报告] [放弃]

Pure.  The questions come from a file of the operator, the answers from reports: all of it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.telegram.admin.draft_page import headline
from bot.telegram.admin.keys import key, markup
from bot.telegram.page import Page, cut, escaped, joined
from index import Draft, GoldChange, GoldChanged

ONLY_OWNERS: Final = "只有机主可以不顾金标采用"
_MOST: Final = 8
_LONGEST: Final = 120


def gold_page(draft: Draft, error: GoldChanged) -> Page:
    """The questions with their old and new answers; the button works for owners."""
    blocks = [
        f"<b>没有采用：{len(error.changes)} 道金标问题的回答会变</b>",
        escaped(headline(draft)),
        *(line for one in error.changes[:_MOST] for line in _lines(one)),
    ]
    if len(error.changes) > _MOST:
        blocks.append(f"另有 {len(error.changes) - _MOST} 道")
    blocks.append("更正属实、金标该改的，机主可以再按一次照样采用：记入管理记录，并给出金标文件要改的行。")
    keys = [
        key("不顾金标采用", "adopt_gold", draft.id + error.seal),
        key("看报告", "draft", draft.id),
        key("放弃", "drop", draft.id),
    ]
    return Page(joined(blocks), markup([keys[:1], keys[1:]]))


def _lines(one: GoldChange) -> Iterator[str]:
    yield f"· {escaped(cut(one.question, _LONGEST))}"
    expected, before, after = (escaped(cut(text, _LONGEST)) for text in (one.expected, one.before or "没有", one.after))
    yield f"  金标 {expected}；现在答 {before}，采用后答 <b>{after}</b>"
