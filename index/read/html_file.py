"""A saved web page -> the lines and tables of its article, without menus, scripts and footers.

    <p>完成<span>29</span><span>亿元，增长0.3％</span></p>  ->  Line("完成29亿元，增长0.3％", whole=True)

The article is the deepest element that holds nearly all sentences of the page.  A line begins only at a block element
or a line break, so inline tags never cut a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import UnreadableFile
from index.models import Block, Line
from index.read.encodings import is_big5, mended
from index.read.html_table import data_tables, is_data_table
from index.read.html_text import BLOCK, SKIP, children, collapse, is_hidden, own_text
from index.read.note_marks import raised
from index.read.reading import Reading
from index.read.txt_file import BOMS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAIN_SHARE = 0.9  # of the sentences of the page stand in the article
MIN_CHARACTERS = 60
MIN_FIGURES = 2  # of a page shorter than that
MIN_WITHOUT_FIGURES = 400
MIN_TITLE, MAX_TITLE = 8, 90
TITLE_ENDS = ("报告", "说明", "公报", "草案", "决算", "总结", "）", ")")
LEVELS_ABOVE = 4

DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKS = re.compile(r"[，。；：、]")
FIGURES = re.compile(r"\d\s*(?:[万亿]?元|[%％]|个百分点)")
LONGEST_TITLE = 500
TITLE_TAIL = re.compile(r"(?:\s*[-_|–—]+\s*[^-_|–—]{2,30})+$")
TITLE_LABEL = re.compile(r"^(?:标\s*题|名\s*称)\s*[:：]\s*")
TITLE_WORDS = re.compile(r"预算|决算|财政|公报|收支|执行|报告|总结|债务")
CHROME = re.compile(
    r"""^(?:
      【?\s*字\s*(?:体|号)\s*[:：]?.{0,20}
    | (?:分享|打印|关闭|收藏|返回顶部|返回|扫一扫|上一篇|下一篇)[^。，]{0,40}
    | 相关(?:阅读|链接|附件|文章|稿件)[^。，]{0,40} | 附件(?:下载)?\s*[:：]?
    | (?:来源|信息来源|发布(?:时间|日期|机构)|责任编辑|作者|编辑|索引号)\s*[:：].{0,80}
    | (?:浏览(?:次数|量)|点击(?:数|量)|阅读(?:次数|量)?|访问量)\s*[:：].{0,80}
    | (?:您?(?:当前的?|所在的?)位置|首页)\s*[:：>＞].{0,120}
    )$""",
    re.VERBOSE,
)


def read(data: bytes) -> Reading:
    """Lines (all whole) and tables of the article.  Raises UnreadableFile for empty, captcha and error pages."""
    from selectolax.lexbor import LexborHTMLParser

    text, warnings = decode(data)
    tree = LexborHTMLParser(text)
    body = tree.body
    if body is None:
        raise _no_article()
    try:
        article = _article(body)
        blocks = _with_title(tree, article, list(_blocks(article)))
    except RecursionError as error:
        raise UnreadableFile("网页的标签嵌套过深，无法读取。") from error
    words = "".join(block.text if isinstance(block, Line) else "".join(map("".join, block.rows)) for block in blocks)
    characters = len(CHINESE.findall(words))
    figures = FIGURES.search(words) or any(not isinstance(block, Line) for block in blocks)
    complete = TITLE_WORDS.search(words) and len(FIGURES.findall(words)) >= MIN_FIGURES  # short, and a report
    if (characters < MIN_CHARACTERS and not complete) or (characters < MIN_WITHOUT_FIGURES and not figures):
        raise _no_article()
    return Reading(tuple(blocks), warnings)


def _no_article() -> UnreadableFile:
    return UnreadableFile("网页里没有报告正文（可能是验证码、登录、出错或浏览器提示页面），请重新保存网页。")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Bytes of a page -> text.  What the page declares is often wrong: UTF-8 if it decodes, else GB18030."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ()
    declared = DECLARED.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    for encoding in ("utf-8", "big5", "gb18030"):
        if encoding == "big5" and name != "big5" and not is_big5(data):
            continue
        try:
            return mended(data.decode(encoding)), ()
        except UnicodeDecodeError:
            continue
    encoding = "gb18030" if name.startswith("gb") else "utf-8"
    return data.decode(encoding, errors="replace"), ("网页里有无法识别的字符。",)


def _article(body: LexborNode) -> LexborNode:
    """The deepest element with nearly all of the sentence marks and figures that stand outside links."""
    weights: dict[int, int] = {}
    total = _weigh(body, weights)
    node = body
    while True:
        heavy = [child for child in children(node) if weights.get(child.mem_id, 0) >= max(MAIN_SHARE * total, 1)]
        if not heavy or heavy[0].tag in {"table", "tbody", "tr", "p", "-text"}:
            return node
        node = heavy[0]


def _weigh(node: LexborNode, weights: dict[int, int]) -> int:
    """The weight of a node, and in ``weights`` those of all below it."""
    if node.tag in SKIP or node.tag == "a" or is_hidden(node):
        return 0
    if node.tag == "-text":
        text = node.text(deep=False)
        weight = len(MARKS.findall(text)) + 2 * len(FIGURES.findall(text))
    else:
        weight = sum(_weigh(child, weights) for child in children(node))
    weights[node.mem_id] = weight
    return weight


def _blocks(node: LexborNode) -> Iterator[Block]:
    """Lines and tables below a node, in order; text between two blocks is a line of its own."""
    line: list[str] = []
    linked: list[bool] = []

    def flush() -> Iterator[Block]:
        text = collapse("".join(line))
        only_links = bool(linked) and all(linked)
        line.clear()
        linked.clear()
        if text and not only_links and not CHROME.match(text):
            yield Line(text, whole=True)

    def walk(current: LexborNode, link: bool) -> Iterator[Block]:
        for child in children(current):
            if child.tag == "-text":
                text = own_text(child)
                line.append(text)
                if text.strip():
                    linked.append(link)
            elif child.tag == "br":
                yield from flush()
            elif child.tag in SKIP or is_hidden(child):
                continue
            elif child.tag == "sup":
                line.append(raised(child.text(deep=True)))
            elif child.tag == "table" and is_data_table(child):
                yield from flush()
                yield from data_tables(child)
            elif child.tag in BLOCK:
                yield from flush()
                yield from walk(child, link)
                yield from flush()
            else:
                yield from walk(child, link or child.tag == "a")

    yield from walk(node, node.tag == "a")
    yield from flush()


def _with_title(tree: LexborHTMLParser, article: LexborNode, blocks: list[Block]) -> list[Block]:
    """The page's title goes first, unless the article begins with it."""
    begin = [_letters(b.text) for b in blocks[:6] if isinstance(b, Line) and _may_be_title(b.text)]
    blocks = [b for n, b in enumerate(blocks) if not (isinstance(b, Line) and n and b == blocks[n - 1])]
    for found in _titles(tree, article):
        title = TITLE_LABEL.sub("", found)
        letters = _letters(title)
        if not TITLE_WORDS.search(title) or not MIN_TITLE <= len(title) <= MAX_TITLE or title.endswith(("...", "…")):
            continue
        if letters in "".join(begin) or any("报告" in line and letters[:12] in line for line in begin):
            return blocks
        return [Line(title, whole=True), *blocks]
    return blocks


def _may_be_title(text: str) -> bool:
    """A sentence that speaks of the report (现将…报告提请审议。) is not its title."""
    return len(text) <= MAX_TITLE and not text.endswith("。")


def _titles(tree: LexborHTMLParser, article: LexborNode) -> Iterator[str]:
    """Candidates, best first: the page's own mark, a heading before the article, the title of the window."""
    for meta in tree.css("meta"):
        if (meta.attributes.get("name") or "").lower() in {"articletitle", "article_title"}:
            yield collapse(meta.attributes.get("content") or "")
    for heading in tree.css("h1, h2"):
        yield collapse(heading.text(deep=True))
    node: LexborNode | None = article
    for _ in range(LEVELS_ABOVE):
        before = node.prev if node is not None else None
        while before is not None:
            if before.tag not in SKIP and before.tag != "-text":
                yield from (b.text for b in _blocks(before) if isinstance(b, Line) and b.text.endswith(TITLE_ENDS))
            before = before.prev
        node = node.parent if node is not None else None
    window = tree.css_first("title")
    title = collapse(window.text(deep=True)) if window else ""
    yield TITLE_TAIL.sub("", title[:LONGEST_TITLE])
    yield title


def _letters(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)
