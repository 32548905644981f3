"""Saved web pages: the article and nothing else, no figure torn, tables expanded."""

import pytest

from index.errors import UnreadableFile
from index.models import Line, Table
from index.read import html_file

PROSE = (
    "2025年，全市一般公共预算收入完成230.58亿元，为调整预算的98.6%，下降10.1%。其中：税收收入完成108.45亿元；"
    "非税收入完成122.13亿元，为预算的99.6%。全市一般公共预算支出完成392.05亿元，下降5.4%。"
)
FRAME = """<html><head><meta charset="{charset}"><title>{title}</title><style>p {{}}</style></head><body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="main"><h1>{heading}</h1><div class="info">发布时间：2026-01-06</div>
<div id="zoom">{body}</div></div><div class="footer">主办：市人民政府办公室，备案号1234567</div>
<script>var a=1;</script></body></html>"""


def page(body: str, heading: str = "", title: str = "门户网站", charset: str = "utf-8") -> str:
    return FRAME.format(body=body, heading=heading, title=title, charset=charset)


def blocks(body: str, **fields: str) -> tuple[Line | Table, ...]:
    return html_file.read(page(body, **fields).encode()).blocks


def texts(body: str, **fields: str) -> list[str]:
    return [block.text for block in blocks(body, **fields) if isinstance(block, Line)]


def test_only_the_article() -> None:
    assert texts(f"<p>一、收入</p><p>{PROSE}</p>") == ["一、收入", PROSE]
    assert all(line.whole for line in blocks(f"<p>{PROSE}</p>") if isinstance(line, Line))


def test_inline_tags_tear_no_figure() -> None:
    body = f"<p>{PROSE}</p><p>支出完成<span>29</span><span>亿元，增长\n   </span><b>0</b>.<i>3</i>％。</p>"
    assert texts(body)[-1] == "支出完成29亿元，增长0.3％。"


@pytest.mark.parametrize(
    "fields, first",
    [
        ({"heading": "关于西岭市2025年预算执行情况的报告"}, "关于西岭市2025年预算执行情况的报告"),
        ({"title": "关于西岭市2025年预算执行情况的报告_西岭市人民政府"}, "关于西岭市2025年预算执行情况的报告"),
        ({"title": "西岭市人民政府门户网站"}, PROSE),
    ],
)
def test_title_goes_first(fields: dict[str, str], first: str) -> None:
    assert texts(f"<p>{PROSE}</p>", **fields)[0] == first


def test_title_is_not_said_twice() -> None:
    title = "关于西岭市2025年预算执行情况的报告"
    assert texts(f"<p>{title}</p><p>{PROSE}</p>", heading=title) == [title, PROSE]


@pytest.mark.parametrize(
    "declared, used", [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gb2312", "utf-8")]
)
def test_declared_encoding_may_be_wrong(declared: str, used: str) -> None:
    data = page(f"<p>{PROSE}</p>", charset=declared).encode(used)
    assert html_file.read(data).blocks == (Line(PROSE, whole=True),)


def test_tables_with_spans() -> None:
    table = (
        "<table><tr><th rowspan=2>项目</th><th colspan=2>2025年</th></tr>"
        "<tr><td>预算数</td><td><p>完成</p><p>数</p></td></tr>"
        "<tr><td>教育支出</td><td>59,325</td><td>56&nbsp;917</td></tr></table>"
    )
    assert blocks(f"<p>{PROSE}</p>{table}")[-1] == Table(
        (("项目", "2025年", ""), ("", "预算数", "完成数"), ("教育支出", "59,325", "56 917"))
    )


def test_layout_tables_are_no_tables() -> None:
    inner = "<table><tr><td>项目</td><td>完成数</td></tr><tr><td>教育支出</td><td>1</td></tr></table>"
    found = blocks(f"<table><tr><td>菜单</td><td><p>{PROSE}</p>{inner}</td></tr></table>")
    assert Line(PROSE, whole=True) in found
    assert found[-1] == Table((("项目", "完成数"), ("教育支出", "1")))


def test_hidden_text_links_and_page_furniture_go() -> None:
    body = (
        f"<p>{PROSE}</p><p style='display: none'>不可见</p><ul><li><a href='a.doc'>附件下载</a></li></ul>"
        "<p>【字体：大 中 小】</p><p>责任编辑：王某</p><nav>上一页</nav>"
    )
    assert texts(body) == [PROSE]


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><body><p>请输入验证码以继续访问本网站。</p><input></body></html>",
        "<html><body><script>location.href='/verify'</script></body></html>",
        "<html><body><h1>404</h1><p>" + "您访问的页面不存在，或者已被删除，请检查地址。" * 5 + "</p></body></html>",
        "<!--[if lt IE 10]><p>当前使用的浏览器存在安全隐患，建议您使用其他浏览器。</p><![endif]-->",
    ],
)
def test_empty_captcha_and_error_pages(html: str) -> None:
    with pytest.raises(UnreadableFile, match="没有报告正文"):
        html_file.read(html.encode())


def test_deep_nesting_does_no_harm() -> None:
    with pytest.raises(UnreadableFile):
        html_file.read(b"<div>" * 10_000)
