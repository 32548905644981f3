"""The admin's office as commands need it, and what it gives as lines for a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from index import Assistant, Change, Clash, Draft, GoldChanged, Office, Version

SHOWN_CHANGES = 10
SHOWN_CLASHES = 10
KINDS = {"changed": "改变", "added": "新增", "gone": "消失"}
ACTIONS = {
    "add": "装入", "load": "装入", "reload": "重读文件夹", "remove": "移除", "restore": "从备份恢复",
    "rollback": "退回", "preview": "预览", "adopt": "采用", "drop": "放弃", "alias": "加叫法", "unalias": "撤销叫法",
    "recover": "自动修复", "gold": "不顾金标采用", "aside": "搁置", "unaside": "收回搁置",
}  # fmt: skip
MEASURES = {
    "budget": "预算数", "adjusted_budget": "调整预算数", "actual": "完成数", "completion": "完成预算",
    "yoy_pct": "同比", "yoy_amount": "比上年增减", "share": "占比", "rank": "排名", "balance": "结余",
    "limit": "限额", "outstanding": "余额", "count": "数量", "rate": "比率", "amount": "金额",
}  # fmt: skip


def office_of(arguments: argparse.Namespace, settings: Settings) -> closing[Office]:
    """The office of the index that a command names; closed at the end of a ``with``.

    What is damaged is put right first, and said on standard error.
    """
    from bot.cli.output import remark
    from index import Office

    office = Office(arguments.db, settings.reports, settings.keep_versions)
    if arguments.db.exists():
        for line in office.recover():
            remark(line)
    return closing(office)


def opened(arguments: argparse.Namespace, settings: Settings) -> Assistant:
    """An assistant for the index that a command names; a damaged index gives way to its last good version."""
    from index import YusuanError, has_versions, open_index

    try:
        return open_index(arguments.db)
    except YusuanError:
        if not (arguments.db.exists() and has_versions(arguments.db)):
            raise
        with office_of(arguments, settings):
            return open_index(arguments.db)


def gold_lines(error: GoldChanged, again: str) -> Iterator[str]:
    """Which gold questions would be answered otherwise, and how to go on in spite of them."""
    yield "新版本没有通过金标问题，索引未改动："
    for one in error.changes:
        answers = f"现在答 {one.before or '（没有）'}，采用后答 {one.after}"
        yield f"    {one.place} “{one.question}”：金标 {one.expected}；{answers}"
        if one.proposal:
            yield f"        金标文件可改为：{one.proposal}"
    yield f"金标确实该改的，可以不顾它们采用：{again} --despite-gold"


def draft_lines(draft: Draft, *, verbose: bool = False) -> Iterator[str]:
    """What adopting a draft would do, and how to decide."""
    from bot.terminal import load_line, load_notes

    for report in draft.files:
        if report.status != "skipped":
            yield load_line(report)
            yield from load_notes(report, verbose=verbose)
    yield from draft.beside
    yield from (f"移除 {name}" for name in draft.removes)
    yield f"与第{draft.base}版对照：改变 {draft.changed} 个数，消失 {draft.gone} 个，新增 {draft.added} 个"
    yield from (f"    {change_line(change)}" for change in draft.changes[:SHOWN_CHANGES])
    if len(draft.changes) > SHOWN_CHANGES:
        yield f"    ……共 {draft.changed + draft.gone} 处，--json 列出全部"
    for clash in draft.clashes[:SHOWN_CLASHES]:
        yield f"    矛盾：{clash_line(clash)}"
    if draft.is_empty:
        yield "没有可以采用的内容，索引不会改变"
    else:
        yield f"索引还没有改变。采用：yusuan adopt {draft.id}；放弃：yusuan drop {draft.id}"


def change_line(change: Change) -> str:
    """改变 上党区 2023年 全区 教育支出 完成数：56917万元 → 56971万元."""
    slots = _slots(change.region, change.period, change.scope, change.item, change.measure)
    old, new = "、".join(change.old), "、".join(change.new)
    return f"{KINDS[change.kind]} {slots}：{old or '（没有）'} → {new or '（没有）'}"


def clash_line(clash: Clash) -> str:
    """上党区 2023年 全区 教育支出 完成数：56917万元（甲.txt 第3页）与 56971万元（乙.txt）."""
    places = (f"{one.value}（{one.document}{f' 第{one.page}页' if one.page else ''}）" for one in clash.places)
    return f"{_slots(clash.region, clash.period, clash.scope, clash.item, clash.measure)}：{' 与 '.join(places)}"


def version_line(version: Version) -> str:
    """* 第3版 2026-01-02 03:04 王五 装入：新增 甲.txt（5 份报告，1214 个数据点）."""
    parts = [("新增", version.added), ("替换", version.replaced), ("移除", version.removed)]
    told = "；".join(f"{word} {_names(names)}" for word, names in parts if names)
    mark = "*" if version.current else " "
    holds = f"（{version.documents} 份报告，{version.facts} 个数据点）"
    done = ACTIONS.get(version.action, version.action)
    when = version.at[:16].replace("T", " ")
    return f"{mark} 第{version.number}版 {when} {version.by.name} {done}{'：' + told if told else ''}{holds}"


def _names(names: tuple[str, ...]) -> str:
    return "、".join(names[:3]) + (f" 等 {len(names)} 份" if len(names) > 3 else "")


def _slots(region: str, period: str, scope: str, item: str, measure: str) -> str:
    year = f"{period}年" if period.isdigit() else period
    return " ".join(part for part in (region, year, scope, item, MEASURES.get(measure, measure)) if part)
