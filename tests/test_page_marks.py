"""What a page says beyond its letters, each kind with a few small files: the figure is right, or it is not read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.errors import UnreadableFile
from index.models import Fact, Line, Parsed, Table
from index.parse import parse
from index.read.formats import documents
from tests import read_builders as make
from tests.read_builders import Text

TITLE = "上党区2024年预算执行情况的报告"
MORE = "公共安全支出1007万元，增长1.1%。城乡社区支出1014万元，增长2.1%。粮油物资储备支出1021万元。"


def found_in(name: str, data: bytes) -> Parsed:
    (document,) = documents(name, data)
    return parse(document)


def page(*paragraphs: str) -> bytes:
    body = "".join(f"<p>{one}</p>" for one in (*paragraphs, MORE))
    return f'<html><head><meta charset="utf-8"></head><body><h1>{TITLE}</h1>{body}</body></html>'.encode()


def text(*lines: str) -> bytes:
    return "\n".join((TITLE, "", "一、一般公共预算", *lines)).encode()


def values(found: Parsed, item: str, measure: str = "actual") -> list[str]:
    """Numbers of an item in 万元 or percent, as decimals without idle zeros."""
    return [_plain(one) for one in found.facts if one.item == item and one.measure == measure]


def _plain(fact: Fact) -> str:
    if fact.number is None:
        return fact.value
    number = fact.number / (Decimal(10) ** 4 if fact.kind == "money" else 1)
    return f"{number.normalize():f}"


# ---------------------------------------------------------------------------------------------- web pages

PAGES = [
    # superscripts
    ("教育支出12345<sup>1</sup>万元。", "教育支出", ["12345"]),
    ("教育支出1234<sup><a href='#n'>[2]</a></sup>万元。", "教育支出", ["1234"]),
    ("教育支出56.7<sup>注3</sup>万元。", "教育支出", ["56.7"]),
    ("教育支出<sup>①</sup>89万元。", "教育支出", ["89"]),
    # struck out
    ("教育支出<del>11111</del><ins>22222</ins>万元。", "教育支出", ["22222"]),
    ("教育支出<s>333</s>444万元。", "教育支出", ["444"]),
    ("教育支出<span style='text-decoration: line-through'>55</span>66万元。", "教育支出", ["66"]),
    ("<strike>教育支出77万元。</strike>教育支出88万元。", "教育支出", ["88"]),
    # what only looks like one
    ("教育支出123万元，绿地面积5km<sup>2</sup>。", "教育支出", ["123"]),
]


@pytest.mark.parametrize("paragraph,item,expected", PAGES)
def test_web_pages(paragraph: str, item: str, expected: list[str]) -> None:
    assert values(found_in("页.html", page(paragraph)), item) == expected


def test_a_superscript_in_a_cell_of_a_page() -> None:
    rows = "<tr><td>项目</td><td>2024年完成数</td></tr><tr><td>教育支出</td><td>3456<sup>2</sup></td></tr>"
    rows += "<tr><td>农林水支出</td><td><del>1</del>200</td></tr><tr><td>金融支出</td><td>300<sup>*</sup></td></tr>"
    found = found_in(
        "页.html", page("支出表（单位：万元）").replace(b"</p><p>", b"</p><table>%s</table><p>" % rows.encode(), 1)
    )
    assert [values(found, item) for item in ("教育支出", "农林水支出", "金融支出")] == [["3456"], ["200"], ["300"]]


@pytest.mark.parametrize(
    "body",
    [
        "<p>教育支出12345万元，增长5.2%。</p>",
        "<p>教育支出12345万元。</p><p>农林水支出20万元。</p>",
        "<div>教育支出12,345万元；科学技术支出3%</div>",
    ],
)
def test_a_short_page_is_read(body: str) -> None:
    html = f"<html><body><h1>云溪区2024年预算执行情况</h1>{body}</body></html>"
    assert values(found_in("页.html", html.encode()), "教育支出") == ["12345"]


@pytest.mark.parametrize("body", ["<p>请输入验证码</p>", "<p>404 页面不存在，5秒后返回</p>", "<p>登录</p>"])
def test_a_page_without_a_report_is_refused(body: str) -> None:
    with pytest.raises(UnreadableFile):
        found_in("页.html", f"<html><body>{body}</body></html>".encode())


# ---------------------------------------------------------------------------------------------- Word

STRUCK = "<w:r><w:rPr><w:strike/></w:rPr><w:t>全区教育支出1234万元。</w:t></w:r>"
WORD = [
    (f"{STRUCK}<w:r><w:t>全区教育支出5678万元。</w:t></w:r>", ["5678"]),
    (STRUCK.replace("strike", "dstrike") + "<w:r><w:t>全区教育支出56万元。</w:t></w:r>", ["56"]),
    ('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>教育支出78万元。</w:t></w:r>', ["78"]),
    ('<w:r><w:t>教育支出90</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
     "<w:r><w:t>万元。</w:t></w:r>", ["90"]),
    ("<w:del><w:r><w:delText>教育支出12万元。</w:delText></w:r></w:del><w:r><w:t>教育支出34万元。</w:t></w:r>", ["34"]),
]  # fmt: skip


@pytest.mark.parametrize("runs,expected", WORD)
def test_word(runs: str, expected: list[str]) -> None:
    found = found_in("文.docx", make.docx(make.p(TITLE) + make.p("一、一般公共预算") + f"<w:p>{runs}</w:p>"))
    assert values(found, "教育支出") == expected


def test_a_deleted_row_is_not_read() -> None:
    rows = make.tbl(
        [make.tc("项目"), make.tc("2024年完成数（万元）")],
        [make.tc("教育支出"), make.tc("12")],
        [make.tc("农林水支出"), make.tc("34")],
    ).replace("<w:tr><w:tc><w:tcPr></w:tcPr><w:p><w:pPr></w:pPr><w:r><w:t>教育", "<w:tr><w:trPr><w:del/></w:trPr><w:tc>"
              "<w:tcPr></w:tcPr><w:p><w:pPr></w:pPr><w:r><w:t>教育")  # fmt: skip
    found = found_in("文.docx", make.docx(make.p(TITLE) + rows))
    assert values(found, "教育支出") == [] and values(found, "农林水支出") == ["34"]


# ---------------------------------------------------------------------------------------------- plain text

PROSE = [
    ("教育支出789万元，与去年777万元相比增长1.5%。", "教育支出", "actual", ["789", "777"]),
    ("十月份，全区教育支出9000万元。", "教育支出", "actual", ["9000"]),
    ("教育支出3-5亿元。", "教育支出", "actual", ["3-5"]),
    ("教育支出2～3亿元。", "教育支出", "actual", ["2～3"]),
    ("教育支出300万元至500万元。", "教育支出", "actual", ["300万元至500"]),
    ("教育支出一亿两千万元。", "教育支出", "actual", ["12000"]),
    ("教育支出5678万元，同比△1.2%。", "教育支出", "yoy_pct", ["-1.2"]),
    ("教育支出300万元，完成预算[5]的98.5%。", "教育支出", "completion", ["98.5"]),
    ("教育支出300万元，增长[6]2.1%。", "教育支出", "yoy_pct", ["2.1"]),
    ("教育支出（12万元）、科学技术支出（3万元）增长较快。", "教育支出", "actual", ["12"]),
    ("教育支出1 234万元。", "教育支出", "actual", ["1234"]),
]


@pytest.mark.parametrize("line,item,measure,expected", PROSE)
def test_prose(line: str, item: str, measure: str, expected: list[str]) -> None:
    assert values(found_in("文.txt", text(line)), item, measure) == expected


@pytest.mark.parametrize(
    "line,months",
    [
        ("十月份，教育支出9万元。", (10, 10)),
        ("十一月，教育支出9万元。", (11, 11)),
        ("一至九月，教育支出9万元。", (1, 9)),
    ],
)
def test_months_in_hanzi(line: str, months: tuple[int, int]) -> None:
    (fact,) = (one for one in found_in("文.txt", text(line)).facts if one.item == "教育支出")
    assert (fact.period.first_month, fact.period.last_month) == months


def test_the_figure_of_last_year_is_last_years() -> None:
    found = found_in("文.txt", text("公共安全支出789万元，与去年777万元相比增长1.5%。"))
    assert [(one.value, one.period.text) for one in found.facts if one.kind == "money"] == [
        ("789", "2024"), ("777", "2023"),
    ]  # fmt: skip


SIMPLE = "云溪區2024年預算執行情況的報告\n一、一般公共預算\n全區教育支出12345萬元，增長5.2%。\n農林水支出2345萬元。\n"


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gb18030"])
def test_traditional_characters(encoding: str) -> None:
    found = found_in("文.txt", SIMPLE.encode(encoding))
    assert values(found, "教育支出") == ["12345"] and values(found, "教育支出", "yoy_pct") == ["5.2"]
    assert any("繁体字" in warning for warning in found.warnings)


LONG = text(
    *(f"教育支出{number}万元，占年度预算的95.{number}%，资金保障有力，群众满意。" for number in range(10, 30))
).decode()


@pytest.mark.parametrize(
    "data",
    [
        LONG.encode().decode("latin-1").encode(),
        LONG.encode("gb18030").decode("latin-1").encode(),
        LONG.encode("gb18030"),
    ],
)
def test_text_encoded_twice_is_brought_back(data: bytes) -> None:
    assert values(found_in("文.txt", data), "教育支出")[:2] == ["10", "11"]


@pytest.mark.parametrize("wrong", ["gb18030", "cp1252"])
def test_text_that_lost_characters_is_refused(wrong: str) -> None:
    with pytest.raises(UnreadableFile, match="乱码"):
        found_in("文.txt", LONG.encode().decode(wrong, errors="replace").encode())


@pytest.mark.parametrize(
    "radicals", ["全区教育⽀出12345万元。", "全区教育支出12345万元，增⻓5.2%。", "⼀般公共预算：教育⽀出12345万元。"]
)
def test_look_alikes(radicals: str) -> None:
    assert values(found_in("文.txt", text(radicals)), "教育支出") == ["12345"]


@pytest.mark.parametrize("glyph", ["\ue003", "\uf123", "\ufffd"])
def test_an_unknown_glyph_in_a_number_leaves_it_unread(glyph: str) -> None:
    found = found_in("文.txt", text(f"教育支出12{glyph}45万元，增长5.2%。"))
    assert values(found, "教育支出") == []
    told = [found.sentences[one.sentence].text[one.start : one.end] for one in found.missed]
    assert told == ["12\ufffd45"]


# ---------------------------------------------------------------------------------------------- tables


def cells(*rows: str, caption: str = "2024年支出表 单位：万元") -> Parsed:
    body = "\n".join("| " + row + " |" for row in rows)
    return found_in("表.md", f"# {TITLE}\n\n{caption}\n\n{body}\n".encode())


@pytest.mark.parametrize(
    "cell,measure,expected",
    [
        ("(1.9)", "yoy_pct", ["-1.9"]), ("▲4.3", "yoy_pct", ["-4.3"]), ("△56", "yoy_pct", ["-56"]),
        ("降2.1", "yoy_pct", ["-2.1"]),
        ("－2.5", "yoy_pct", ["-2.5"]), ("", "yoy_pct", []), ("—", "yoy_pct", []),
    ],
)  # fmt: skip
def test_signs_of_cells(cell: str, measure: str, expected: list[str]) -> None:
    found = cells(
        "项目 | 2024年完成数 | 比上年增减%", f"教育支出 | 100 | {cell}", "农林水支出 | 200 | 3.5", "金融支出 | 30 | 1"
    )
    assert values(found, "教育支出", measure) == expected


@pytest.mark.parametrize("cell", ["(234)", "减12", "123　456", "12\ue0005"])
def test_what_is_unsure_in_a_column_of_amounts_is_listed(cell: str) -> None:
    found = cells(
        "项目 | 2024年完成数 | 占比%", f"教育支出 | {cell} | 5.5", "农林水支出 | 200 | 9", "金融支出 | 30 | 2"
    )
    assert values(found, "教育支出") == [] and len(found.missed) == 1


@pytest.mark.parametrize(
    "cell,expected", [("12,345万元", ["12345"]), ("1.2亿元", ["12000"]), ("1亿2千万元", ["12000"]), ("1.23", ["12300"])]
)
def test_the_unit_of_a_cell_goes_before_that_of_its_head(cell: str, expected: list[str]) -> None:
    found = cells(
        "项目 | 2024年完成数（亿元）", f"教育支出 | {cell}", "农林水支出 | 1.5", "金融支出 | 0.3", caption="支出表"
    )
    assert values(found, "教育支出") == expected


@pytest.mark.parametrize("other,expected", [("200", ["1234"]), ("2345", []), ("2,345", [])])
def test_a_blank_parts_thousands_where_the_table_does_so(other: str, expected: list[str]) -> None:
    found = cells(
        "项目 | 2024年完成数 | 占比%", "教育支出 | 1 234 | 5.5", f"农林水支出 | {other} | 9", "金融支出 | 30 | 2"
    )
    assert values(found, "教育支出") == expected and len(found.missed) == (not expected)


@pytest.mark.parametrize("heads,months", [("1月 | 2月", (1, 2)), ("1月份 | 3月份", (1, 3)), ("11月 | 12月", (11, 12))])
def test_monthly_columns(heads: str, months: tuple[int, int]) -> None:
    found = cells(f"项目 | {heads}", "教育支出 | 11 | 22", "农林水支出 | 33 | 44", "金融支出 | 5 | 6")
    spans = [(one.period.first_month, one.period.last_month) for one in found.facts if one.item == "教育支出"]
    assert spans == [(month, month) for month in months]


@pytest.mark.parametrize("heads", ["2023 | 2024", "2023预算数 | 2024预算数", "2023年 | 2024年"])
def test_bare_years_in_heads(heads: str) -> None:
    found = cells(
        f"项目 | {heads}", "教育支出 | 11 | 22", "农林水支出 | 33 | 44", "金融支出 | 5 | 6", caption="支出表 单位：万元"
    )
    assert [one.period.text for one in found.facts if one.item == "教育支出"] == ["2023", "2024"]


def test_years_without_a_name_are_never_year_0() -> None:
    rows = "| 项目 | 前年 | 上年 | 本年 |\n| 教育支出 | 10 | 11 | 12 |\n| 农林水支出 | 1 | 2 | 3 |\n"
    found = found_in("表.md", f"# 云溪区支出情况\n\n单位：万元\n\n{rows}".encode())
    assert [one.period.text for one in found.facts][:3] == ["年份不明（前年）", "年份不明（上年）", "年份不明"]


def test_a_town_down_a_column_has_its_own_figures() -> None:
    found = cells(
        "乡镇 | 项目 | 2024年执行数",
        "甲水镇 | 教育支出 | 11",
        " | 农林水支出 | 22",
        "乙山乡 | 教育支出 | 33",
        " | 农林水支出 | 44",
    )
    assert {(one.region.split("-")[-1], one.value) for one in found.facts} == {
        ("甲水镇", "11"), ("甲水镇", "22"), ("乙山乡", "33"), ("乙山乡", "44"),
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------- workbooks


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
def test_errors_of_formulas_are_listed(error: str) -> None:
    data = make.xlsx(
        {"表": [["2024年支出决算表", ""], ["项目", "决算数（万元）"], ["教育支出", 103], ["农林水支出", 104]]}
    )
    broken = rewritten(data, b'<c r="B4"><v>104</v></c>', f'<c r="B4" t="e"><f>Z1</f><v>{error}</v></c>'.encode())
    found = found_in("表.xlsx", broken)
    assert [found.sentences[one.sentence].text for one in found.missed] == [f"农林水支出\t{error}"]


def test_a_formula_that_was_never_calculated_is_listed() -> None:
    data = make.xlsx(
        {"表": [["2024年支出决算表", ""], ["项目", "决算数（万元）"], ["教育支出", 103], ["农林水支出", 104]]}
    )
    found = found_in("表.xlsx", rewritten(data, b'<c r="B4"><v>104</v></c>', b'<c r="B4"><f>B3*2</f></c>'))
    assert [found.sentences[one.sentence].text for one in found.missed] == ["农林水支出\t#公式未计算"]


@pytest.mark.parametrize(
    "code,shown", [("#,##0.00,", "12345.68"), ("0.00%", "1234567800.00"), ('0"万元"', "12345678"), ("0!.0,", "1234.6")]
)
def test_formats_that_scale(code: str, shown: str) -> None:
    data = make.xlsx(
        {"表": [["支出决算表", ""], ["项目", "2024年决算数"], ["教育支出", 12345678.0], ["农林水支出", 104]]}
    )
    styled = rewritten(data, b'<c r="B3">', b'<c r="B3" s="1">', b"0.0%", code.replace('"', "&quot;").encode())
    (document,) = documents("表.xlsx", styled)
    (block,) = (block for block in document.blocks if isinstance(block, Table))
    assert block.rows[-2][1].removesuffix("%").removesuffix("万元") == shown


def rewritten(data: bytes, *pairs: bytes) -> bytes:
    """A workbook with some bytes of its parts replaced."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {}
        for name in archive.namelist():
            content = archive.read(name)
            for old, new in zip(pairs[::2], pairs[1::2], strict=True):
                content = content.replace(old, new)
            members[name] = content
    return make.zipped(members)


# ---------------------------------------------------------------------------------------------- PDF

LEFT = ["全区教育支出12345", "万元，增长5.2%。", "科学技术支出1234", "万元，下降3.5%。"]
RIGHT = ["农林水支出2345万元，", "增长1.1%。", "住房保障支出3456", "万元，下降0.9%。"]
THIRD = ["卫生健康支出77万元，", "增长4.4%。", "金融支出88万元，", "下降6.6%。"]


def column(x: float, lines: list[str], shift: float = 0) -> list[make.Item]:
    return [Text(x, 700 - 20 * number - shift, line, 10) for number, line in enumerate(lines)]


@pytest.mark.parametrize(
    "items",
    [
        [*column(60, LEFT), *column(320, RIGHT)],
        [*column(60, LEFT), *column(230, RIGHT), *column(400, THIRD)],
        [Text(60, 740, "一、一般公共预算支出的情况和主要项目的情况说明如下，请予审议。", 10), *column(60, LEFT),
         *column(320, RIGHT)],
    ],
)  # fmt: skip
def test_columns_of_prose(items: list[make.Item]) -> None:
    found = found_in("页.pdf", make.pdf([[Text(200, 780, TITLE), *items]]))
    assert values(found, "教育支出") == ["12345"] and values(found, "教育支出", "yoy_pct") == ["5.2"]
    assert values(found, "科学技术支出", "yoy_pct") == ["-3.5"] and values(found, "农林水支出", "yoy_pct") == ["1.1"]


def test_names_beside_figures_are_no_columns_of_prose() -> None:
    items = [*column(60, ["教育支出", "农林水支出", "金融支出"]), *column(320, ["12万元", "34万元", "56万元"])]
    found = found_in("页.pdf", make.pdf([[Text(200, 780, TITLE), *items]]))
    assert values(found, "教育支出") == ["12"]


@pytest.mark.parametrize("raise_by,size", [(5, 7), (6, 8), (4, 6)])
def test_a_raised_digit_is_a_note(raise_by: float, size: float) -> None:
    at = 72 + make.width("教育支出12345", 14)
    items = [
        Text(72, 700, "教育支出12345", 14), Text(at, 700 + raise_by, "1", size),
        Text(at + size / 2, 700, "万元，增长5.2%。", 14),
        Text(72, 660, "农林水支出200万元。", 14), Text(72, 760, TITLE, 14),
    ]  # fmt: skip
    assert values(found_in("页.pdf", make.pdf([items])), "教育支出") == ["12345"]


def slanted(data: bytes, degrees: str) -> bytes:
    """The last text of a page of ``make.pdf``, leaning; places in the file stay."""
    head, mark, rest = data.rpartition(b"1 0 0 1 ")
    return head + degrees.encode() + rest if mark else data


@pytest.mark.parametrize("matrix", [".8 .6 -.6 .8 ", ".7 .7 -.7 .7 "])
def test_slanted_text_is_no_part_of_the_report(matrix: str) -> None:
    pages = [
        [
            Text(72, 760, TITLE),
            Text(72, 700, "教育支出12345万元，增长5.2%。"),
            Text(72, 680, "内部资料2024教育支出99万元", 30),
        ]
    ]
    found = found_in("页.pdf", slanted(make.pdf(pages), matrix))
    assert values(found, "教育支出") == ["12345"]
    assert any("斜排" in warning for warning in found.warnings)
    assert not any("内部" in block.text for block in found.document.blocks if isinstance(block, Line))


def test_a_page_full_of_figures_without_a_word_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_OCR", "no")  # where it is installed, it reads the page
    figures = [Text(72 + 90 * x, 700 - 20 * y, f"{12345 + 100 * y + x}") for x in range(5) for y in range(20)]
    data = make.pdf([[Text(72, 760, TITLE), *column(72, LEFT)], figures])
    found = found_in("页.pdf", data)
    assert any("1 页是扫描件或字体无法识别" in warning for warning in found.warnings)
    assert {sentence.page for sentence in found.sentences} == {1}
