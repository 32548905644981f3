"""Text recognition: its setting, what it is not sure of, and the mark its figures carry to the answer."""

import dataclasses
import importlib.util
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.settings import read_settings
from index.ask.assistant import Assistant
from index.errors import UnreadableFile
from index.models import Document, Line
from index.parse import named_region, parse
from index.read import image_file, pdf_file, sandbox
from index.store.lookup import Index
from index.store.write import store
from tests import read_builders as make
from tests.read_builders import Stroke, Text

Piece = tuple[Any, str, float]
TITLE = "青河区2025年预算执行情况的报告"


def piece(y: float, text: str, score: float = 0.99) -> Piece:
    return [(60, y), (360, y), (360, y + 20), (60, y + 20)], text, score


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> list[list[Piece]]:
    """What the engine recognises, a list for each picture it is shown."""
    pages: list[list[Piece]] = []
    monkeypatch.setattr(image_file, "is_installed", lambda: True)
    monkeypatch.setattr(image_file, "_pixels", lambda page: None)
    monkeypatch.setattr(image_file, "_pieces", lambda picture: pages.pop(0))
    return pages


@pytest.mark.parametrize("value, installed", [("", True), ("yes", True), ("no", False), ("否", False), ("OFF", False)])
def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, value: str, installed: bool) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: SimpleNamespace())
    monkeypatch.setenv("YUSUAN_OCR", value)
    assert image_file.is_installed() is installed
    assert ("YUSUAN_OCR" in sandbox.environment()) and (sandbox.usual_limits()[0] > sandbox.SECONDS) is installed
    if not installed:
        with pytest.raises(UnreadableFile, match="YUSUAN_OCR=no"):
            image_file.read(make.png())


def test_the_setting_reaches_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_OCR", "")
    (tmp_path / ".env").write_text("YUSUAN_OCR=否\n", encoding="utf-8")
    assert read_settings(tmp_path / ".env").ocr is False
    assert os.environ["YUSUAN_OCR"] == "no"


def test_without_an_engine_the_check_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError):
        image_file.check()


def test_figures_it_is_not_sure_of_are_none(engine: list[list[Piece]]) -> None:
    unsure, sure = "教育支出完成8.06亿元。", "科学技术支出完成1.20亿元。"
    engine.append([piece(10, TITLE), piece(50, unsure, 0.6), piece(90, sure)])
    reading = image_file.read(make.png())
    texts = [block.text.strip() for block in reading.blocks if isinstance(block, Line)]
    assert texts == [TITLE, "教育支出完成□.□□亿元。", sure]
    assert reading.warnings == ("1 处数字识别不清，以□代替，没有采用，请看原件。",)


def test_the_engine_s_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    found = SimpleNamespace(boxes=[[(1, 2)], [(3, 4)]], txts=("收入8", "收入9"), scores=(0.95, 0.5))
    monkeypatch.setitem(sys.modules, "rapidocr", SimpleNamespace(RapidOCR=lambda: lambda picture: found))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == "rapidocr")
    image_file._engine.cache_clear()
    assert image_file._engine_output(b"") == [([(1, 2)], "收入8"), ([(3, 4)], "收入□")]
    image_file._engine.cache_clear()


GARBAGE = "- ã ± 3ü{ - - þ g 2025 M±0Ä¹ = ò â"


def test_pages_of_a_pdf(engine: list[list[Piece]]) -> None:
    written = [Text(72, 700, TITLE + "，全区收入30.51亿元。")]
    drawing = [Stroke(10, 10, 500, 700)]
    engine.extend([[piece(10, "教育支出完成8.06亿元。")], [piece(10, GARBAGE)], []])
    reading = pdf_file.read(make.pdf([written, drawing, drawing, drawing]))
    assert [(block.page, block.text.strip()) for block in reading.blocks if isinstance(block, Line)] == [
        (1, TITLE + "，全区收入30.51亿元。"),
        (2, "教育支出完成8.06亿元。"),
    ]
    assert reading.recognised == (2,)
    assert reading.warnings == ("有 2 页没有识别出文字（空白页，或字体无法识别）。",)


def test_an_engine_that_fails_costs_its_page(engine: list[list[Piece]]) -> None:
    written, drawing = [Text(72, 700, TITLE + "，全区收入30.51亿元。")], [Stroke(10, 10, 500, 700)]
    reading = pdf_file.read(make.pdf([written, drawing]))
    assert len(reading.blocks) == 1 and not reading.recognised and "1 页" in reading.warnings[0]


def document(recognised: tuple[int, ...]) -> Document:
    texts = [
        (TITLE, 1),
        ("2025年教育支出完成80600万元。", 1),
        ("科学技术支出完成12000万元，其中", 1),
        ("基础研究支出3000万元。", 2),
        ("农林水支出完成15300万元。", 2),
        ("住房保障支出完成9900万元。", 3),
    ]
    blocks = tuple(Line(text, page, whole=text.endswith("。")) for text, page in texts)
    return Document("a.pdf", "0", "pdf", blocks, bool(recognised), (), recognised)


@pytest.mark.parametrize(
    "recognised, marked",
    [
        ((), set()),
        ((2,), {"12000", "3000", "15300"}),
        ((3,), {"15300", "9900"}),
        ((1, 2, 3), {"80600", "12000", "3000", "15300", "9900"}),
    ],
)
def test_facts_of_recognised_pages_are_marked(recognised: tuple[int, ...], marked: set[str]) -> None:
    facts = parse(document(recognised)).facts
    assert {fact.value for fact in facts} >= {"80600", "12000", "3000", "15300", "9900"}
    assert {fact.value for fact in facts if "ocr" in fact.flags} == marked


def test_documents_keep_their_pages_on_the_way_from_the_worker() -> None:
    one = document((2, 3))
    assert sandbox._unpacked(sandbox._packed(one)) == dataclasses.replace(one)


@pytest.mark.parametrize(
    "recognised, ocr, expected",
    [((), False, {"80600": False, "15300": False}), ((2,), True, {"80600": False, "15300": True}),
     ((), True, {"80600": True, "15300": True})],  # the last is a document of an older version
)  # fmt: skip
def test_the_mark_reaches_the_answer(
    tmp_path: Path, recognised: tuple[int, ...], ocr: bool, expected: dict[str, bool]
) -> None:
    db = tmp_path / "a.db"
    store(db, parse(dataclasses.replace(document(recognised), ocr=ocr), named_region("上党区"), 2025), path="/a/a.pdf")
    with Index(db) as index:
        assert {one.fact.value: one.ocr for one in index.facts(["140404"]) if one.fact.value in expected} == expected
    assistant = Assistant(db)
    for question, value in (("上党区2025年教育支出", "80600"), ("上党区2025年农林水支出", "15300")):
        answer = assistant.ask(question)
        assert [figure.value for figure in answer.figures if figure.asked] == [value]
        told = any("图像识别" in note for note in answer.notes) and "图像识别" in answer.reply
        assert told is (bool(recognised) and expected[value])
        assert ("ocr" in answer.figures[0].flags) is told
    assistant.close()
