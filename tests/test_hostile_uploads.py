"""What an outsider may send: refused with one clear line or read safely; the process lives, memory and disk return."""

from __future__ import annotations

import io
import multiprocessing.util
import os
import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import Assistant, Draft, NotAdopted, Office
from index.store.lookup import Index
from index.store.versions import Versions
from tests.admin_reports import ME, text_of, variants, written
from tests.open_builders import OFD, at, cell, ods, ofd, row
from tests.read_builders import Text, docx, p, pdf, xlsx, zipped

MEGABYTE = 1 << 20
REPORT = text_of("上党区", 2023, 7)
SQL = (
    "' OR 1=1; DROP TABLE facts; --", '"; DELETE FROM documents; --', "NEAR(教育 支出, 5)",
    '"教育" * ^ : - + ( ) {a b} AND OR NOT',
    "sentences_fts MATCH 'tokens:x'", "%_\\x00\\", "{0} {1.__class__} %s %(a)s",
    "../../../etc/passwd", "\u202e反\u202c\u200b\ufeff",
)  # fmt: skip


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def bomb(size: int = 160 * MEGABYTE) -> bytes:
    """A report whose archive is a thousandth of its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("上党区.txt", "w", force_zip64=True) as member:
            for _ in range(size // MEGABYTE):
                member.write(b" " * MEGABYTE)
        archive.writestr("解放区.txt", text_of("解放区", 2023, 1))
    return out.getvalue()


def laughing_docx() -> bytes:
    entities = '<!DOCTYPE w [<!ENTITY a "教育支出1万元。">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ) + "]>"  # fmt: skip
    body = docx(p(REPORT))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                text = data.decode().replace("上党区", "上党区&i;", 1)
                head, mark, rest = text.partition("?>")
                data = (head + mark + entities + rest if mark else entities + text).encode()
            new.writestr(name, data)
    return out.getvalue()


def laughing_pdf() -> bytes:
    """Each form draws the next one ten times: 100,000 texts at one place, if someone counts them all."""
    names = [b"/X%d Do " % number for number in range(6)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 4 0 R/Contents 5 0 R>>")
    forms = b"".join(b"/X%d %d 0 R" % (number, 6 + number) for number in range(6))
    objects.append(b"<</XObject<<%s>>/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>" % forms)
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(names[0]), names[0]))
    for number in range(6):
        inner = names[number + 1] * 10 if number < 5 else b"BT /F1 9 Tf 50 50 Td (2023 1) Tj ET"
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 4 0 R/Length %d>>" % len(inner)
        objects.append(head + b"stream\n" + inner + b"\nendstream")
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    from tests.read_builders import _assembled

    return _assembled(objects, b"")


def scripted_pdf() -> bytes:
    """A report that would run a script and a program when it is opened."""
    lines = [Text(72, 800 - 20 * n, line) for n, line in enumerate(filter(None, REPORT.splitlines()))]
    script = b"app.alert\\(1\\); this.exportDataObject\\({cName:'x'}\\)"
    action = b"/OpenAction<</S/JavaScript/JS(" + script + b")>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>"
    return pdf([lines]).replace(b"<</Type/Catalog", b"<</Type/Catalog" + action, 1)


def wide(separator: str, columns: int = 10_000) -> str:
    head = separator.join(["项目", *(f"教育支出{number}" for number in range(columns))])
    row = separator.join(["2023年决算数", *(str(number) for number in range(columns))])
    return f"长治市上党区2023年财政总决算报告{separator}单位：万元\n{head}\n{row}\n{row}\n"


def wide_html() -> str:
    rows = (line.split("\t") for line in wide("\t").splitlines())
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"


def deep_html() -> str:
    return "<div>" * 5_000 + REPORT + "<table><tr><td>" * 500 + "教育支出1万元"


def syntax() -> str:
    return REPORT + "".join(f"{line}支出完成{n}万元。\n" for n, line in enumerate(SQL))


def laughing_ofd() -> bytes:
    """Composite drawings that hold the next one ten times, six deep."""
    drawings = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>'
        + f'<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="{n + 1}"/>' * 10
        + at(0, 5, "教育支出1万元")
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for n in range(6)
    )
    first = '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="0"/>'
    common = "<ofd:PublicRes>R.xml</ofd:PublicRes>"
    return ofd([[first]], common=common, others={"Doc_0/R.xml": f"<ofd:Res {OFD}>{drawings}</ofd:Res>"})


def endless_ods() -> bytes:
    cells = cell("教育支出1万元", 'table:number-columns-repeated="16000"')
    return ods({"上党区2023年": row(cells, attributes='table:number-rows-repeated="1000000"')})


# name -> content, what becomes of it (None: either)
UPLOADS: dict[str, tuple[str, Callable[[], bytes | str], str | None]] = {
    "wide csv": ("宽.csv", lambda: wide(","), None),
    "wide xlsx": ("宽.xlsx", lambda: xlsx({"表": [row.split("\t") for row in wide("\t").splitlines()]}), None),
    "wide html": ("宽.html", wide_html, None),
    "one line": ("长.txt", lambda: REPORT + "教育支出完成1万元，" * 30_000, None),
    "deep html": ("深.html", deep_html, None),
    "zip bomb": ("弹.zip", bomb, "loaded"),
    "bomb in a bomb": ("弹.zip", lambda: zipped({"内.zip": bomb(40 * MEGABYTE)}), None),
    "laughing docx": ("笑.docx", laughing_docx, None),
    "laughing pdf": ("笑.pdf", laughing_pdf, None),
    "scripted pdf": ("脚本.pdf", scripted_pdf, "loaded"),
    "cut pdf": ("断.pdf", lambda: scripted_pdf()[:900], "failed"),
    "random pdf": ("乱.pdf", lambda: noise(20 * MEGABYTE), "failed"),
    "random pdf with a head": ("乱.pdf", lambda: b"%PDF-1.7\n" + noise(20 * MEGABYTE), "failed"),
    "random docx": ("乱.docx", lambda: noise(20 * MEGABYTE), "failed"),
    "random docx with a head": ("乱.docx", lambda: b"PK\x03\x04" + noise(20 * MEGABYTE), "failed"),
    "random txt": ("乱.txt", lambda: noise(20 * MEGABYTE), "failed"),
    "text as pdf": ("错.pdf", lambda: REPORT, "loaded"),
    "pdf as text": ("错.txt", scripted_pdf, "loaded"),
    "program as docx": ("错.docx", lambda: b"\x7fELF\x02\x01\x01" + bytes(5000), "failed"),
    "html as xlsx": ("错.xlsx", lambda: f"<html><p>{'</p><p>'.join(REPORT.splitlines())}</p></html>", None),
    "deep rtf": ("深.rtf", lambda: "{\\rtf1" + "{\\b " * 100_000 + REPORT, "failed"),
    "laughing ofd": ("笑.ofd", laughing_ofd, None),
    "random ofd": ("乱.ofd", lambda: ofd([[]], others={"Doc_0/Document.xml": noise(MEGABYTE)}), "failed"),
    "endless ods": ("长.ods", endless_ods, "failed"),
    "a pdf of heads": ("头.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj<</Type/Page>>" * 200_000, "failed"),
    "sql and search": ("语法.txt", syntax, "loaded"),
    "html": ("<b>标题</b>.txt", lambda: f"<script>alert(1)</script>{REPORT}<img onerror=a()>支出3万元。", "loaded"),
    "only zeros": ("零.txt", lambda: b"\0" * MEGABYTE, "failed"),
    "half characters": ("半.txt", lambda: REPORT.encode()[:-4] + b"\xe6\x95\n", None),
}  # fmt: skip


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Path]]:
    folder = tmp_path_factory.mktemp("hostile")
    office = Office(folder / "index.db", folder / "reports", keep=2)
    office.adopt(office.preview([written(folder / "sent", "西工区", 2023, 3)], ME).id, ME)
    yield office, folder / "index.db"
    office.close()


def resident() -> float:
    """Megabytes of this process; 0 where that cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what is needed meanwhile, of this test alone; the one of processes that fork is made before."""
    multiprocessing.util.get_temp_dir()
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def previewed(office: Office, tmp_path: Path, name: str, content: bytes | str) -> Draft:
    file = tmp_path / re.sub(r"[/\0]", "_", name)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return office.preview([file], ME)


@pytest.mark.parametrize("what", UPLOADS)
def test_refused_or_read_safely(bureau: tuple[Office, Path], tmp_path: Path, temporary: Path, what: str) -> None:
    office, db = bureau
    name, build, wanted = UPLOADS[what]
    content = build()
    before = resident()
    number, kept = office.version(), office.versions()[0].number
    draft = previewed(office, tmp_path, name, content)
    (report, *_) = draft.files
    assert wanted in (None, report.status), (report.status, report.error)
    for one in draft.files:
        if one.status == "failed":
            assert one.error and "\n" not in one.error and len(one.error) < 300
            assert re.search("[一-鿿]{4}", one.error) and "Traceback" not in one.error and "/" not in one.error
    if not draft.is_empty and not draft.missing:
        assert office.adopt(draft.id, ME).number == kept + 1
        office.rollback(number, ME)
    else:
        with pytest.raises(NotAdopted):
            office.adopt(draft.id, ME)
        office.drop(draft.id, ME)
    assert Versions(db).is_sound()
    assert not list((db.parent / "index.drafts").iterdir()) and not list(temporary.iterdir())
    assert variants(Assistant(db).ask("西工区2023年教育支出和卫生健康支出").reply) == {3}
    assert resident() - before < 60, "memory has not returned"


def test_a_path_in_the_name(bureau: tuple[Office, Path], tmp_path: Path) -> None:
    """Names come from the platform; a path never leads out of the draft's folder."""

    class Named(type(Path())):  # type: ignore[misc]
        @property
        def name(self) -> str:
            return "../../../../../../tmp/出去\x00.txt"

    office, db = bureau
    file = written(tmp_path)
    draft = office.preview([Named(file)], ME)
    (path,) = draft.paths
    assert Path(path) == db.parent / "index.drafts" / draft.id / "0" / "出去.txt"
    office.drop(draft.id, ME)


def test_syntax_in_a_report_and_in_questions(bureau: tuple[Office, Path], tmp_path: Path) -> None:
    """It is text: it is found as text, and nothing else happens."""
    office, db = bureau
    name, build, _ = UPLOADS["sql and search"]
    before = office.version()
    version = office.adopt(previewed(office, tmp_path, name, build()).id, ME)
    assistant = Assistant(db)
    for words in SQL:
        for question in (words, f"上党区2023年{words}", f"上党区2023年{words}支出完成多少"):
            assert assistant.ask(question).status in ("answered", "clarify", "not_found")
    assert variants(assistant.ask("上党区2023年教育支出和卫生健康支出").reply) == {7}
    with Index(db) as index:
        assert len(index.documents()) == 2
    assert office.removal(version.added[0], ME).gone >= 4
    office.rollback(before, ME)
    assistant.close()
