"""HTML as Telegram parses it: text, entities in UTF-16 units, and what is refused."""

from __future__ import annotations

import pytest

from tests.standin import rich
from tests.standin.markup import parse
from tests.standin.refusal import Refused

STYLES = ("bold", "italic", "underline", "strikethrough")
MARKUP = [
    ("<b>5.69</b> 亿元", "5.69 亿元", [("bold", 0, 4)]),
    ("😀<i>同比</i>", "😀同比", [("italic", 2, 2)]),
    ("  <b> 增长 </b>  ", "增长", [("bold", 0, 2)]),
    ("<a href='https://a.cn/?x=1&amp;y=2'>报告</a>", "报告", [("text_link", 0, 2)]),
    ('<span class="tg-spoiler">甲</span><tg-spoiler>乙</tg-spoiler>', "甲乙", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
    ('<pre><code class="language-text">表</code></pre>', "表", [("pre", 0, 1)]),
    ("<blockquote expandable>出处 <b>1</b></blockquote>", "出处 1", [("expandable_blockquote", 0, 4), ("bold", 3, 1)]),
    ("<strong><em><ins><del>x</del></ins></em></strong>", "x", [(kind, 0, 1) for kind in STYLES]),
    ("&lt;b&gt; &amp;amp; &#20803; &#x5143; &nbsp;& >", "<b> &amp; 元 元 &nbsp;& >", []),
    ("<B>大写</B><u></u>", "大写", [("bold", 0, 2)]),
]  # fmt: skip


@pytest.mark.parametrize("source, text, entities", MARKUP)
def test_markup(source, text, entities):
    plain, found = parse(source)
    assert plain == text
    assert sorted((e["type"], e["offset"], e["length"]) for e in found) == sorted(entities)


@pytest.mark.parametrize(
    "source",
    [
        "<b>", "</b>", "<b><i></b></i>", "<p>段</p>", "<br>", "<br/>", "a < b", "<>", "<b", "<!-- -->",
        "<span>x</span>", '<span class="x">x</span>', "<b style='x'>x</b>", '<a href="x>y</a>', "<code><b>x</b></code>",
        "<b><code>x</code></b>", "<blockquote><blockquote>x</blockquote></blockquote>", "<table></table>",
    ],
)  # fmt: skip
def test_markup_refused(source):
    with pytest.raises(Refused, match="can't parse entities"):
        parse(source)


def test_rich_text():
    source = "<h3>教育</h3><table><tr><th>年</th><td>1 &lt; 2</td></tr></table><p>甲<br>乙</p>"
    assert rich.plain(source) == "教育\n年\t1 < 2\n甲\n乙"
