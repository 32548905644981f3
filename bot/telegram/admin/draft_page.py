"""Draft -> the report an admin decides on, and what the message says once it is decided.

    <b>长治市上党区 · 2023年 · 决算报告</b>
    读出 1,024 个数据点；3 处没读懂
    采用后：新增 1,020 个数，改动 3 个
    · 教育支出 完成数：56917万元 → 56971万元
    [采用] [改地区/年份] [放弃]

Pure.  Names and sentences come from files that anyone may have written: all of it is escaped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from bot.telegram.admin.keys import Row, key, markup
from bot.telegram.admin.wording import grouped, line_of, short, values, when, who, years
from bot.telegram.page import Page, at_figure, escaped, joined
from index import Change, Draft, LoadReport, Person, Version

MOST_CHANGES: Final = 10
_MOST_FILES: Final = 8
_MOST_UNREAD: Final = 3
_MOST_CLASHES: Final = 5
_MOST_WARNINGS: Final = 3
_LONGEST_SAMPLE: Final = 160
_TAKEN: Final = ("loaded", "replaced")
NOT_YET: Final = ("还没有收录，按“采用”才生效。", "还没有删除，按“采用”才生效。")
NOTHING: Final = "没有可以采用的内容。"


def draft_page(draft: Draft, before: str = "") -> Page:
    """The report with its buttons; ``before`` is a line that comes first (why it is shown again)."""
    blocks = [escaped(before)] if before else []
    blocks.append(f"<b>{escaped(headline(draft))}</b>")
    blocks += _files(draft)
    blocks += _effect(draft)
    blocks += _folded_up(draft)
    blocks += [f"※ {escaped(warning)}" for warning in _warnings(draft)]
    blocks += map(escaped, draft.beside)
    if draft.missing:
        blocks.append(f"{draft.missing}，还不能采用：先按“改地区/年份”写明。")
    else:
        blocks.append(NOTHING if draft.is_empty else NOT_YET[draft.action == "remove"])
    return Page(joined(blocks), markup([_keys(draft), _check_key(draft)]))


def headline(draft: Draft) -> str:
    """What it is about, in one line."""
    taken = [file for file in draft.files if file.status in _TAKEN]
    if draft.action == "remove":
        return f"删除 {'、'.join(short(name) for name in draft.removes[:2])}"
    if draft.action == "reload":
        counts = {
            "新增": sum(file.status == "loaded" for file in taken),
            "改动": sum(file.status == "replaced" for file in taken),
            "移走": len(draft.removes),
            "读不了": sum(file.status == "failed" for file in draft.files),
        }
        told = "，".join(f"{name} {count} 份" for name, count in counts.items() if count)
        return f"报告文件夹：{told or '没有变化'}"
    if len(draft.files) == 1 and taken:
        return subject(taken[0])
    if len(draft.files) == 1:
        return "这份报告已经收录了" if draft.files[0].status == "unchanged" else "这份报告读不了"
    return f"收到 {len(draft.files)} 份报告，{len(taken)} 份可以采用"


def subject(file: LoadReport) -> str:
    """长治市上党区 · 2023年 · 决算报告."""
    return " · ".join(
        part for part in (file.region or "地区没认出来", years(file.years) or "年份没认出来", file.kind) if part
    )


def csv_needed(draft: Draft) -> bool:
    """Whether there are more changes than the page shows."""
    return len(draft.changes) > MOST_CHANGES


def seal(draft: Draft) -> str:
    """Tells whether a button was made for the draft as it is now."""
    seen = (draft.base, draft.region, draft.year, draft.added, draft.changed, draft.gone, len(draft.files))
    return hashlib.blake2b(repr(seen).encode(), digest_size=4).hexdigest()


def adopted_page(draft: Draft, version: Version) -> Page:
    """What stands where the draft stood."""
    lines = [
        f"<b>✓ 已采用，索引现在是第{version.number}版</b>",
        escaped(headline(draft)),
        escaped(counted(draft)),
        f"{escaped(who(version.by))} · {when(version.at)}",
    ]
    back = [key(f"退回第{version.base}版", "back", "", version.base)] if version.base else []
    return Page(joined(lines), markup([back]))


def decided_page(draft: Draft, words: str) -> Page:
    """A draft that was dropped, or decided elsewhere."""
    return Page(joined([f"<b>{escaped(words)}</b>", escaped(headline(draft))]))


def dropped_words(by: Person) -> str:
    """What a dropped draft says."""
    return f"已放弃（{who(by)}），索引没有变化"


def counted(draft: Draft) -> str:
    """新增 1,020 个数，改动 3 个，减少 1 个."""
    counts = (("新增", draft.added), ("改动", draft.changed), ("减少", draft.gone))
    told = [f"{name} {grouped(count)} 个" for name, count in counts if count]
    return "，".join(told) + "数字" if told else "数字没有变化"


# ---------------------------------------------------------------------------------------------- parts


def _files(draft: Draft) -> Iterator[str]:
    told = [file for file in draft.files if file.status not in ("unchanged", "skipped")]
    same = [file for file in draft.files if file.status == "unchanged"]
    if draft.action == "remove":
        return
    if len(draft.files) == 1 and told and told[0].status in _TAKEN:
        yield from _alone(told[0], draft)
        return
    for file in told[:_MOST_FILES]:
        yield from _in_a_row(file)
    if len(told) > _MOST_FILES:
        yield f"另有 {len(told) - _MOST_FILES} 份"
    if same and draft.action == "reload":
        yield f"没变的 {len(same)} 份"
        return
    for file in same[:_MOST_FILES]:
        yield f"＝ {escaped(_name(file))}：{escaped(_duplicate(file))}"
    if len(same) > _MOST_FILES:
        yield f"另有 {len(same) - _MOST_FILES} 份已经收录"


def _alone(file: LoadReport, draft: Draft) -> Iterator[str]:
    yield f"文件：{escaped(_name(file))}" + ("（替换同名的旧文件）" if file.status == "replaced" else "")
    if file.scopes:
        yield f"口径：{escaped('、'.join(file.scopes))}"
    yield _read(file)


def _in_a_row(file: LoadReport) -> Iterator[str]:
    if file.status == "failed":
        yield f"✗ {escaped(_name(file))}：{escaped(file.error or '读不了')}"
        return
    yield f"· {escaped(subject(file))}" + ("（替换旧文件）" if file.status == "replaced" else "")
    yield f"  <i>{escaped(_name(file))}</i>"
    yield f"  {_read(file)}"


def _name(file: LoadReport) -> str:
    return short(PurePath(file.file).name)


def _read(file: LoadReport) -> str:
    missed = f"；{grouped(file.missed)} 处没读懂" if file.missed else "，没有没读懂的"
    return f"读出 {grouped(file.facts)} 个数据点{missed}"


def _duplicate(file: LoadReport) -> str:
    """Which report it is the same as."""
    told = next((one for one in file.warnings if "相同" in one), "")
    return told.replace("不重复载入", "不重复收录").replace("已载入", "已收录") or "已经收录，内容相同"


def _effect(draft: Draft) -> Iterator[str]:
    if draft.is_empty:
        return
    if draft.removes and draft.action == "reload":
        names = "、".join(short(name) for name in draft.removes[:3])
        yield f"不再收录：{escaped(names)}" + (f" 等 {len(draft.removes)} 份" if len(draft.removes) > 3 else "")
    yield f"<b>{'删除' if draft.action == 'remove' else '采用'}后</b>：{counted(draft)}"
    alike = len({one.region for one in draft.changes}) <= 1
    for one in draft.changes[:MOST_CHANGES]:
        yield f"· {escaped(_change(one, place=not alike))}"
    more = len(draft.changes) - MOST_CHANGES
    if more > 0:
        yield f"另有 {grouped(more)} 处，全部在附件里"


def _change(one: Change, *, place: bool) -> str:
    return f"{line_of(one, place=place)}：{values(one.old)} → {values(one.new)}"


def _folded_up(draft: Draft) -> Iterator[str]:
    """What an admin opens when there is doubt: sentences with figures not understood, contradictions."""
    if draft.clashes:
        lines = []
        for one in draft.clashes[:_MOST_CLASHES]:
            lines.append(f"{escaped(line_of(one))}：")
            for place in one.places[:3]:
                page = f" 第{place.page}页" if place.page else ""
                lines.append(f"  {escaped(place.value)}（{escaped(short(place.document, 30))}{page}）")
        yield f"与已有报告不一致 {len(draft.clashes)} 处"
        yield _quote(lines, len(draft.clashes) - _MOST_CLASHES)
    inner = [line for file in draft.files if file.status in _TAKEN for line in file.contradictions]
    if inner:
        yield f"报告自己前后不一致 {len(inner)} 处"
        yield _quote([escaped(_cut(line)) for line in inner[:_MOST_CLASHES]], len(inner) - _MOST_CLASHES)
    unread = [line for file in draft.files if file.status in _TAKEN for line in (*file.unread, *file.unread_others)]
    if unread:
        yield "没读懂的数字（【】里），例如"
        yield _quote([escaped(_cut(line)) for line in unread[:_MOST_UNREAD]], len(unread) - _MOST_UNREAD)


def _quote(lines: Sequence[str], more: int) -> str:
    rest = [f"另有 {more} 处"] if more > 0 else []
    return f"<blockquote expandable>{chr(10).join([*lines, *rest])}</blockquote>"


def _cut(line: str) -> str:
    """A long sentence around its first marked figure."""
    if len(line) <= _LONGEST_SAMPLE:
        return line
    start = at_figure(line, max(0, line.find("【") - _LONGEST_SAMPLE // 2))
    end = at_figure(line, start + _LONGEST_SAMPLE)
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _warnings(draft: Draft) -> Iterator[str]:
    """What the reader said, without what stands above and without the words of the command line."""
    told: list[str] = []
    for file in draft.files:
        if file.status in _TAKEN and (file.choices or not file.region):
            told.append("不知道是哪个地区的报告，请按“改地区/年份”写明")
        told += [one for one in file.warnings if file.status in _TAKEN and not _said(one)]
    told = list(dict.fromkeys(told))
    yield from told[:_MOST_WARNINGS]
    if len(told) > _MOST_WARNINGS:
        yield f"另有 {len(told) - _MOST_WARNINGS} 条提醒"


def _said(warning: str) -> bool:
    return "--" in warning or "前后不一致" in warning or "相同，不重复" in warning


def _keys(draft: Draft) -> Row:
    drop = key("放弃", "drop", draft.id)
    revise = [key("改地区/年份", "revise", draft.id)] if draft.action == "add" else []
    if draft.is_empty:
        return [drop]
    adopt = [] if draft.missing else [key("采用", "adopt", draft.id + seal(draft))]
    return [*adopt, *revise, drop]


def _check_key(draft: Draft) -> Row:
    """Not of a folder, which is there to be looked at anyway, and not of what is held already."""
    return [key("核对", "check", draft.id)] if draft.action == "add" and not draft.is_empty else []
