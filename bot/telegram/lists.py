"""View -> a page of a list: a headline, a monospace table of at most 34 columns, what must be known of it.

    长治市上党区 · 教育支出 · 完成数
    2022年  53,318*
    2023年  56,917   +6.75%

Figures of one unit stand without it; figures in 万元 and 亿元 are set in 万元, which is exact, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.telegram.amounts import UNITS, exact, grouped, percent, printed, scaled, withheld
from bot.telegram.cards import MOST_QUOTES, quotes, stamped
from bot.telegram.page import escaped, joined
from bot.telegram.tables import WIDTH, aligned, folded, page_of
from index import Row, Shown, View

MOST_ROWS = 15
LOOKED_AT = 200
TO_COPY = "点一下即可复制："


@dataclass(frozen=True, slots=True)
class Column:
    """How figures are set: the unit in the heading ("" if each has its own), and whether it was changed."""

    unit: str
    changed: bool = False


def list_html(view: View, page: int = 0, unit: str = "auto", link: str = "") -> str:
    """A page of the list as HTML; a paragraph as a block that is copied with a tap."""
    rows, page, pages = shown_rows(view, page)
    near = _looked_at(on_page(view, page), rows)
    column = column_of(near, unit)
    cells = [row_cells(near, row, column, page, number) for number, row in enumerate(rows)]
    body = "\n".join(line for part in aligned(cells) for line in folded(part, WIDTH))
    blocks = [f"<b>{escaped(view.title)}</b>"]
    if view.text:
        blocks += [TO_COPY, f"<code>{escaped(view.text)}</code>"]
        return joined([*blocks, stamped(view.stamp, link)])
    told = [f"共 {counted(view)} 项，第 {page + 1}/{pages} 页"] if pages > 1 else []
    told += [f"单位：{column.unit}"] if column.unit else []
    blocks += [" · ".join(told)] if told and view.leaves else told
    blocks.append(f"<pre>{escaped(body)}</pre>")
    if view.kind == "several":
        blocks += quotes(_quoted(view))
    blocks += [f"※ {escaped(note)}" for note in notes(near, column)]
    return joined([*blocks, stamped(view.stamp, link)])


def rich_html(view: View, page: int = 0, unit: str = "auto") -> str:
    """The same with a real table, for clients that show them."""
    if view.text:
        return ""
    rows, page, _ = shown_rows(view, page)
    near = _looked_at(on_page(view, page), rows)
    column = column_of(near, unit)
    lines = []
    for number, row in enumerate(rows):
        cells = row_cells(near, row, column, page, number)
        if row.heading:
            lines.append(f'<tr><td colspan="4"><b>{escaped(row.label)}</b></td></tr>')
            continue
        lines.append("<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in cells) + "</tr>")
    head = f"<p><b>{escaped(view.title)}</b></p>" + (f"<p>单位：{column.unit}</p>" if column.unit else "")
    tail = "".join(f"<p>※ {escaped(note)}</p>" for note in notes(near, column))
    return f"{head}<table>{''.join(lines)}</table>{tail}"


def _quoted(view: View) -> list[Shown]:
    return [row.shown for row in view.rows if row.shown and (row.shown.figure.asked or row.here)]


def _formulas_quoted(view: View) -> bool:
    """Whether the sentences under the list have the formula of every computed figure."""
    told = list(dict.fromkeys(one.text for one in _quoted(view)))[:MOST_QUOTES] if view.kind == "several" else []
    return all(row.shown.text in told for row in view.rows if row.shown and row.shown.figure.derived)


def _looked_at(view: View, rows: list[Row]) -> View:
    """The rows that decide how a page is set: of a list of all places of the country only its own."""
    return view if len(view.rows) <= LOOKED_AT or not view.lead else replace(view, rows=rows)


def shown_rows(view: View, page: int) -> tuple[list[Row], int, int]:
    """The rows of a page.  A list without an address cannot be paged: it shows what fits, the rest is in the file."""
    if not view.lead or view.kind == "several":
        return list(view.rows[: MOST_ROWS + sum(row.heading for row in view.rows)]), 0, 1
    if view.leaves:
        page = min(max(page, 0), len(view.leaves) - 1)
        return list(view.leaves[page].rows), page, len(view.leaves)
    return page_of(view.rows, page)


def on_page(view: View, page: int) -> View:
    """The view with what must be known of this page of it."""
    return replace(view, notes=view.leaves[page].notes) if view.leaves else view


def counted(view: View) -> int:
    """How many lines a list has, headings aside; only lists that are short have headings."""
    if view.kind not in ("overview", "several"):
        return len(view.rows)
    return sum(not row.heading for row in view.rows)


def column_of(view: View, unit: str = "auto") -> Column:
    """The unit of the heading."""
    shown = [row.shown for row in view.rows if row.shown is not None and row.shown.number is not None]
    if view.kind == "overview":
        shown = [one for one in shown if one.kind == "money"] or shown
    units = {one.figure.unit for one in shown}
    if unit in UNITS and shown and all(one.kind == "money" and "/" not in one.figure.unit for one in shown):
        return Column(unit, changed=units != {unit})
    if len(units) == 1:
        return Column(units.pop())
    if shown and all(one.kind == "money" and "/" not in one.figure.unit for one in shown):
        return Column("万元", changed=True)
    return Column("")


def row_cells(view: View, row: Row, column: Column, page: int, number: int) -> list[str]:
    """Label, figure, and (where the list has such) growth or share; a heading alone."""
    if row.heading:
        return [f"【{row.label}】"]
    label = row.label
    if view.kind == "peers":
        label = f"{page * 10 + number + 1:>2} {_without_city(view, label)}"
    if row.here and view.kind == "peers":
        label += "◂"
    starred = any(one.shown.figure.derived for one in view.rows if one.shown)
    figure = cell(row.shown, column)
    cells = [label, figure + " " if starred and not figure.endswith("*") else figure]
    if any(one.beside for one in view.rows):
        cells.append(printed(row.beside) if row.beside else "")
    if any(one.share is not None for one in view.rows):
        cells.append(percent(row.share) if row.share is not None else "")
    return cells


def cell(shown: Shown | None, column: Column) -> str:
    """A figure in a table; * marks a computed one."""
    if shown is None:
        return "无"
    if shown.number is None:
        return "隐去" if withheld(shown) else printed(shown)
    mark = "*" if shown.figure.derived else ""
    if not column.unit or (column.unit in UNITS and shown.kind != "money"):
        return printed(shown).replace(" ", "") + mark
    if not column.changed:
        text = printed(shown).removesuffix(shown.figure.unit).strip() if shown.kind != "percent" else printed(shown)
        return (text if shown.kind == "percent" else grouped(text)) + mark
    return _in_unit(shown, column.unit) + mark


def notes(view: View, column: Column) -> list[str]:
    """What the table itself does not say."""
    found = list(view.notes)
    shown = [row.shown for row in view.rows if row.shown]
    if any(one.figure.derived for one in shown) and view.kind != "trend":  # whose notes say how
        where = "引文" if _formulas_quoted(view) else "导出的表格"
        found.append(f"* 为推算数，报告未直接给出，算式见{where}")
    if any(map(withheld, shown)):
        found.append("“隐去”：报告没有公布金额")
    if any(row.shown is None and not row.heading for row in view.rows):
        found.append("“无”：报告里没有，不是 0")
    if column.changed and not view.leaves:
        found.append(f"为便于比较换算成{column.unit}，各报告原来的写法见导出的表格")
    if view.kind == "peers":
        found.append("同一科目、年份、口径；各地数字出自各自的或上级的报告")
    if any(one.ocr for one in shown):
        found.append("部分原件是图片，文字由程序识别")
    if view.kind in ("peers", "trend") and len({one.doc_kind == "half_year" for one in shown}) > 1:
        found.append("其中有年中小结里的数")
    if counted(view) > MOST_ROWS and (not view.lead or view.kind == "several"):
        found.append(f"共 {counted(view)} 项，全部在附件里")
    return found


def _in_unit(shown: Shown, unit: str) -> str:
    """Exact, unless that has more digits than anyone reads."""
    number = shown.number if shown.number is not None else 0
    text = exact(number, unit)  # type: ignore[arg-type]
    return text if len(text.partition(".")[2]) <= 2 else scaled(number, unit)  # type: ignore[arg-type]


def _without_city(view: View, label: str) -> str:
    """Places of one city stand without its name."""
    first = label.find("市")
    cities = {row.label[: row.label.find("市") + 1] for row in view.rows}
    return label[first + 1 :] if len(cities) == 1 and 0 < first < len(label) - 1 else label
