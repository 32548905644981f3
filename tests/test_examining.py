"""核对 with a memory: what was put aside, the version before, and that a file which is only checked leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli import main
from index import aside_reasons, wants_check
from index.admin.checking import Checked
from index.admin.office import Office
from index.errors import NotAdopted
from index.models import Person
from tests.read_builders import docx, p
from tests.test_hostile_uploads import bomb, laughing_docx

ANNA = Person(1001, "安娜")
HEAD = ("上党区2025年财政预算执行情况的报告", "一、一般公共预算收支情况")
RATE = "2025年，全区一般公共预算收入完成53400万元，为年度预算60000万元的79.5%。"
RATE_MENDED = "2025年，全区一般公共预算收入完成53400万元，为年度预算60000万元的89.0%。"
NEW = "全区教育支出20000万元，占年度预算19000万元的115.26%。"
TWICE = ("全区农林水支出完成8120万元，增长3.1%。", "二、重点支出情况", "全区农林水支出完成8210万元，主要用于乡村振兴。")
FILLER = tuple(f"第{number}项工作扎实推进，全年安排{number}20万元用于基层服务。" for number in range(1, 9))
FIRST = (*HEAD, RATE, *TWICE, *FILLER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "in" / "index.db", tmp_path)
    yield office
    office.close()


@pytest.fixture
def paper(tmp_path: Path) -> Callable[..., Path]:
    def written(name: str, *lines: str) -> Path:
        file = tmp_path / f"{name}.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return written


def kinds(checked: Checked) -> list[str]:
    return [one.kind for one in checked.findings]


CAPTIONS = [
    ("核对", True),
    ("核对一下", True),
    ("查错", True),
    ("@yusuan_bot 请帮我核对一下这份报告！", True),
    ("检查一下有没有错误", True),
    ("", False),
    ("看看", False),
    ("谢谢", False),
    ("上党区2023年教育支出", False),
    ("核对上党区2023年教育支出", False),
    ("请采用", False),
]


@pytest.mark.parametrize("caption, wanted", CAPTIONS)
def test_captions_that_ask_for_a_check(caption: str, wanted: bool) -> None:
    assert wants_check(caption) is wanted


def test_nothing_is_left_of_a_file_that_is_only_checked(office: Office, paper: Callable[..., Path]) -> None:
    file = paper("初稿", *FIRST)
    folder = office._db.parent
    before = sorted(path for path in folder.rglob("*") if path.is_file())
    (checked,) = office.examine([file])
    assert kinds(checked) == ["完成率", "前后不一致"] and not checked.before
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == before
    assert office.log() == [] and office.drafts() == []
    assert (
        office._ledger.drafts_checked(checked.paper) == office._ledger.slips_aside(checked.paper, checked.sha256) == []
    )


HOSTILE: list[tuple[str, bytes, bool]] = [
    ("上党区.docx", docx("".join(map(p, FIRST))), False),  # read apart, as at intake
    ("上党区.docx", laughing_docx(), True),
    ("上党区.docx", docx(p(FIRST[0]))[:200], True),
    ("上党区.zip", bomb(), False),
]


@pytest.mark.parametrize("name, content, error", HOSTILE)
def test_files_are_checked_behind_the_same_fence_as_those_of_intake(
    office: Office, tmp_path: Path, name: str, content: bytes, error: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    checked = office.examine([tmp_path / name])
    assert any(one.error for one in checked) is error
    assert [one.error for one in checked] == [file.error for file in office.preview([tmp_path / name], ANNA).files]


# what the second version is -> whether the slip that was put aside in the first is aside there
NEXT = [
    ((*HEAD, "根据安排，报告如下。", RATE, *TWICE), True),  # other words around it
    ((*HEAD, RATE.replace("完成", "实现")), True),
    ((*HEAD, RATE.replace("79.5", "78.5")), False),  # another slip
    ((HEAD[0].replace("2025", "2024"), HEAD[1], RATE.replace("2025", "2024")), False),  # another year's paper
    ((HEAD[0].replace("上党区", "屯留区"), HEAD[1], RATE), False),
]


@pytest.mark.parametrize("lines, stays", NEXT)
def test_what_was_put_aside_stays_so_in_the_next_version(
    office: Office, paper: Callable[..., Path], lines: tuple[str, ...], stays: bool
) -> None:
    (first,) = office.examine([paper("初稿", *FIRST)])
    assert first.paper
    office.put_aside(first, first.findings[0], "  口径\n不同 ", ANNA)
    (next_one,) = office.examine([paper("二稿", *lines)])
    assert [(one.finding.kind, one.reason, one.by) for one in next_one.aside] == [("完成率", "口径 不同", ANNA)] * stays
    assert ("完成率" in kinds(next_one)) is not stays
    entry = office.log(1)[0]
    assert (entry.by, entry.action, entry.after) == (ANNA, "aside", "口径 不同") and "完成率" in entry.subject


def test_taken_back_it_counts_again(office: Office, paper: Callable[..., Path]) -> None:
    file = paper("初稿", *(line.replace("上党区", "澄江区") for line in FIRST))
    (checked,) = office.examine([file])
    slip = checked.findings[0]
    assert not checked.paper  # a place that is not known: then it is kept for this file alone
    with pytest.raises(NotAdopted, match="理由"):
        office.put_aside(checked, slip, "  ", ANNA)
    office.put_aside(checked, slip, aside_reasons()[0], ANNA)
    with pytest.raises(NotAdopted, match="已经搁置"):
        office.put_aside(checked, slip, "别的理由", ANNA)
    assert kinds(office.reckoned(checked)) == kinds(office.examine([file])[0]) == ["前后不一致"]
    office.take_back(checked, slip, ANNA)
    with pytest.raises(NotAdopted, match="没有搁置"):
        office.take_back(checked, slip, ANNA)
    assert kinds(office.examine([file])[0]) == ["完成率", "前后不一致"]
    assert [entry.action for entry in office.log(5)] == ["unaside", "aside"]


def test_the_next_version_of_a_draft_says_what_was_mended(office: Office, paper: Callable[..., Path]) -> None:
    draft = office.preview([paper("初稿", *FIRST)], ANNA)
    assert draft.beside == () and any("核对：" in line for line in draft.files[0].warnings)
    second = [line.replace("79.5", "89.0") for line in FIRST]
    second.append(NEW)
    file = paper("二稿", *second)
    draft = office.preview([file], ANNA)
    assert draft.beside == ("与上一稿（初稿.txt）比：改好 1 条，新出 1 条，仍在 1 条",)
    (checked,) = office.examine_draft(draft.id)
    assert (checked.before, [one.kind for one in checked.mended]) == ("初稿.txt", ["完成率"])
    assert [one.kind for number, one in enumerate(checked.findings) if number not in checked.known] == ["完成率"]
    assert (office.draft(draft.id) or draft).beside == draft.beside
    # a check alone knows the drafts, too
    assert office.examine([file])[0].mended == checked.mended


def test_another_paper_of_that_place_year_and_kind_is_no_next_version(
    office: Office, paper: Callable[..., Path]
) -> None:
    office.preview([paper("初稿", *FIRST)], ANNA)
    lines = (HEAD[0], "二、政府性基金预算", "政府性基金收入完成7100万元，为预算8000万元的98.8%。")
    draft = office.preview([paper("另一份", *lines)], ANNA)
    assert draft.beside == ()


def test_intake_counts_what_is_aside(office: Office, paper: Callable[..., Path]) -> None:
    file = paper("初稿", *FIRST)
    (checked,) = office.examine([file])
    office.put_aside(checked, checked.findings[0], "口径不同", ANNA)
    (report,) = office.preview([file], ANNA).files
    (line,) = (line for line in report.warnings if line.startswith("核对："))
    assert line.startswith("核对：疑 1（已搁置 1 条），首处：")


def test_the_command_line_honours_it(
    office: Office, paper: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = paper("初稿", *FIRST)
    (checked,) = office.examine([file])
    office.put_aside(checked, checked.findings[0], "口径不同", ANNA)
    db = str(office._db)
    assert main(["check", str(file), "--db", db]) == 0
    told = capsys.readouterr().out
    assert "完成率" not in told and "已搁置 1 条" in told
    assert main(["check", str(file), "--db", db, "--all"]) == 0
    told = capsys.readouterr().out
    assert "完成率" in told and "已搁置" not in told
    assert main(["check", str(file), "--db", str(office._db.with_name("没有.db"))]) == 0
    assert "完成率" in capsys.readouterr().out and not office._db.with_name("没有.ledger.db").exists()
