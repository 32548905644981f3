"""Lines -> paragraphs: what must be joined, and as many that must not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models import Block, Document, Line, Table
from index.read import read_document
from index.text.lines import Paragraph, paragraphs

TABLE = Table((("县区", "收入"), ("上党区", "207450")))

# A report as its pages are: wrapped at 28 characters, with page numbers in mid-sentence.
PARAGRAPHS = [
    "关于西岭区2023年预算执行情况和2024年预算（草案）的报告",
    "——2024年1月23日在西岭区第五届人民代表大会第四次会议上",
    "西岭区财政局局长 王某某",
    "各位代表：",
    "受区人民政府委托，现将西岭区2023年预算执行情况和2024年预算草案提请本次会议审议，并请各位政协委员提出意见。",
    "一、2023年预算执行情况",
    "（一）一般公共预算",
    "去年，全区的一般公共预算收入实际入库81630万元，是调整后预算的101.4%，比前一年少收12.6%。税收占大头，为74215万元，"
    "少收9.3%，在收入里的比重是90.92%；非税只有7415万元。",
    "1.教育支出20815万元，用在各级学校和校舍维修上；",
    "2.国防支出211万元，主要用于民兵训练、兵役征集等支出；",
    "3.预备费2000万元。",
    "（二）坚决兜牢民生保障底线，全力支持全区经济社会高质量发展取得新成效",
    "全区财政部门始终先安排与群众生活有关的开支，该花的钱一分不少，全年用在民生上的资金共计261840万元，相当于全部支出"
    "的74.15%，比上一个年度多出21.07%。",
    "二、2024年预算草案",
    "今年，全区的一般公共预算收入打算增长4%，即84895万元，另有税收返还7120万元、上面下达的转移支付88461万元，"
    "从别处调入2516万元，可用的财力一共182992万元。",
    "二〇二四年一月二十三日",
]
FULL = 56  # half-ems


def wrapped(text: str, indent: int) -> list[str]:
    """The text in lines of the full width; the first is shorter by an indent that got lost."""
    lines, line, left = [], "", FULL - indent
    for char in text:
        size = 2 if ord(char) > 0x2000 else 1
        if left < size:
            lines.append(line)
            line, left = "", FULL
        line += char
        left -= size
    return [*lines, line]


def joined(*blocks: Block | str) -> list[str]:
    """Texts of the paragraphs of these blocks; tables as the word TABLE."""
    lines = tuple(Line(block) if isinstance(block, str) else block for block in blocks)
    found = paragraphs(Document("x.txt", "", "txt", lines))
    return [one.text if isinstance(one, Paragraph) else "TABLE" for one in found]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\u3000\n"], ids=["plain", "blank lines", "filled blank lines"])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"], ids=["indents lost", "indents kept"])
def test_wrapped_text(tmp_path: Path, between: str, indent: str) -> None:
    lines: list[str] = []
    for number, text in enumerate(PARAGRAPHS):
        first, *rest = wrapped(text, 4 if number > 3 else 0)
        lines += [indent + first if number > 3 else first, *rest]
    lines.insert(10, "- 1 -")
    path = tmp_path / "report.txt"
    path.write_text(between.join(lines), encoding="utf-8")
    assert [one.text for one in paragraphs(read_document(path)) if isinstance(one, Paragraph)] == PARAGRAPHS


# Complete lines, as in web pages and unwrapped text: only what is plainly cut is joined.
@pytest.mark.parametrize(
    "lines, expected",
    [
        # cut by a page or a table, inside a number or before its unit
        (["财政部门完成7亿元，占预算35853", "万元的213.36%。"], ["财政部门完成7亿元，占预算35853万元的213.36%。"]),
        (["占年度预算27964万元的", "80.47%，减支9147万元。"], ["占年度预算27964万元的80.47%，减支9147万元。"]),
        (["债务还本支出", "3747万元。"], ["债务还本支出", "3747万元。"]),
        (["按照通知（晋财库〔2023〕", "23号）的要求。"], ["按照通知（晋财库〔2023〕23号）的要求。"]),
        (["收入稳中有进，其中：", "1、增值税36031万元。"], ["收入稳中有进，其中：", "1、增值税36031万元。"]),
        (["结余9.96亿元。（表", "十九、表二十）"], ["结余9.96亿元。（表十九、表二十）"]),
        (["结转下年使用。（详见附表4）", "全区支出完成。"], ["结转下年使用。（详见附表4）", "全区支出完成。"]),
        # headings and complete lines stay apart
        (["一、上半年预算收支情况", "（一）财政收入完成情况", "全市收入完成*万元。"],
         ["一、上半年预算收支情况", "（一）财政收入完成情况", "全市收入完成*万元。"]),
        (["收入合计867718万元。", "支出合计489964万元。"], ["收入合计867718万元。", "支出合计489964万元。"]),
        (["税收收入130955万元；", "非税收入76495万元。"], ["税收收入130955万元；", "非税收入76495万元。"]),
        (["3.2023年债务付息情况", "2023年付息3824.35万元。"], ["3.2023年债务付息情况", "2023年付息3824.35万元。"]),
        (["单位：万元", "全区收入207450万元。"], ["单位：万元", "全区收入207450万元。"]),
        (["西岭区财政局", "2024年1月23日"], ["西岭区财政局", "2024年1月23日"]),
        # marks of markdown go, numbering and redactions stay
        (["## 二、财政运行", "**（一）收入。**全区完成5亿元。", "- 4、教育支出56917万元。"],
         ["二、财政运行", "（一）收入。全区完成5亿元。", "4、教育支出56917万元。"]),
        (["累计完成**万元，占预算**万元的58.7％。"], ["累计完成**万元，占预算**万元的58.7％。"]),
    ],
)  # fmt: skip
def test_unwrapped_text(lines: list[str], expected: list[str]) -> None:
    assert joined(*lines) == expected


@pytest.mark.parametrize(
    "lines, expected",
    [
        (["支出完成", "29", "亿元，增长", "0.3", "％。"], ["支出完成29亿元，增长0.3％。"]),
        (["支出完成29亿元", "，占预算的93.1％。"], ["支出完成29亿元，占预算的93.1％。"]),
        (["——2026年2月8日在西岭市", "第五届人大第五次会议上"], ["——2026年2月8日在西岭市第五届人大第五次会议上"]),
        (["西岭市财政局", "各位代表："], ["西岭市财政局", "各位代表："]),
        (["全市财政预算执行情况", "全市收入完成220.6亿元。"], ["全市财政预算执行情况", "全市收入完成220.6亿元。"]),
        (["2023", "年，全市收入5亿元。"], ["2023年，全市收入5亿元。"]),
    ],
)
def test_whole_lines(lines: list[str], expected: list[str]) -> None:
    assert joined(*(Line(line, whole=True) for line in lines)) == expected


def test_table_inside_a_sentence_comes_after_it() -> None:
    blocks = (Line("收到68420万元，超过预算31570"), TABLE, TABLE, Line("万元的213.36%。"), Line("全区排名第四。"))
    assert joined(*blocks) == ["收到68420万元，超过预算31570万元的213.36%。", "TABLE", "TABLE", "全区排名第四。"]


def test_table_after_a_sentence_stays_there() -> None:
    blocks = (Line("收入情况如下表。"), TABLE, Line("支出情况如下。"))
    assert joined(*blocks) == ["收入情况如下表。", "TABLE", "支出情况如下。"]


def test_titles_and_units_become_captions() -> None:
    rows = (("附表1", ""), ("单位：万元", ""), *TABLE.rows)
    found = paragraphs(Document("x", "", "txt", (Line("表二 2023年全区收入完成情况表"), Table(rows))))
    assert found == (Table(TABLE.rows, caption="表二 2023年全区收入完成情况表 附表1 单位：万元"),)


def test_numbered_heading_before_a_table_is_no_caption() -> None:
    assert joined(Line("一、收入完成情况表"), Line("单位：万元"), TABLE) == ["一、收入完成情况表", "TABLE"]


def test_prose_before_a_table_is_no_caption() -> None:
    assert joined(Line("会议听取了各位人大代表", whole=True), TABLE) == ["会议听取了各位人大代表", "TABLE"]


# ---------------------------------------------------------------------------------------------- page furniture

PAGE_NUMBERS = ["- 3 -", "— 3 —", "－3－", "第3页 共10页", "3 / 10", "·3·"]
NO_PAGE_NUMBERS = ["3.5", "2023年", "一、3", "3月", "-3.5%", "3个"]


@pytest.mark.parametrize("text", PAGE_NUMBERS)
def test_page_numbers_go(text: str) -> None:
    assert joined("占年度预算35853", text, "万元的213.36%。") == ["占年度预算35853万元的213.36%。"]


@pytest.mark.parametrize("text", NO_PAGE_NUMBERS)
def test_other_short_lines_stay(text: str) -> None:
    assert text in "".join(joined("全区收入完成。", text, "全区支出完成。"))


def test_running_headers_and_bare_numbers_at_page_ends_go() -> None:
    blocks = []
    for page in range(1, 6):
        blocks += [
            Line("西岭区第五届人民代表大会文件", page),
            Line(f"第{page}段开始，全区收入完成{page}亿元。", page),
            Line(f"第{page}段结束。", page),
            Line(str(page), page),
        ]
    text = "".join(joined(*blocks))
    assert "文件" not in text
    assert text.endswith("第5段结束。")


def test_bare_numbers_that_count_go_others_stay() -> None:
    assert "1" not in joined("收入完成。", "1", "支出完成。", "2", "结余不变。", "3")
    assert "867718" in "".join(joined("收入完成", "867718", "支出完成。"))


def test_table_of_contents_goes() -> None:
    blocks = ("目  录", "一、收入情况……………………3", "二、支出情况 12", "一、收入情况", "全区收入5亿元。")
    assert joined(*blocks) == ["目  录", "一、收入情况", "全区收入5亿元。"]


def test_page_of_a_paragraph_is_where_it_begins() -> None:
    document = Document("x", "", "pdf", (Line("占年度预算35853", 3), Line("- 3 -", 3), Line("万元的213%。", 4)))
    assert paragraphs(document) == (Paragraph("占年度预算35853万元的213%。", 3),)


@given(st.lists(st.tuples(st.text(), st.booleans(), st.none() | st.integers(1, 3)), max_size=30))
def test_no_text_raises_and_no_figure_gets_lost(lines: list[tuple[str, bool, int | None]]) -> None:
    blocks = tuple(Line(text, page, whole) for text, whole, page in lines)
    for one in paragraphs(Document("x", "", "txt", blocks)):
        assert isinstance(one, Paragraph) and one.text.strip()
