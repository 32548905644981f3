"""Draw docs/pictures: one picture of each kind, from the sample reports and the same way as the bot draws them.

python docs/make/pictures.py     needs the extra charts (make pictures does it all)
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.charts.asking import drawn_for  # noqa: E402
from index import Desk, load, wish_of  # noqa: E402

TARGET = ROOT / "docs" / "pictures"
# file name, what is asked, whether it is dark
SAMPLES = (
    ("trend.png", "解放区一般公共预算收入趋势图", False),
    ("parts.png", "上党区2023年社会保险基金收入总计构成图", False),
    ("stages.png", "解放区2023年一般公共预算收入画个图", False),
    ("ranking.png", "长治各县区2023年一般公共预算收入前十名画个图", True),
    ("comparison.png", "上党区和解放区2023年一般公共预算收入、税收收入对比图", False),
    ("accounts.png", "西工区2023年四本账画个图", True),
)


def main() -> None:
    """Load the samples, ask, and write the pictures."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder, "index.db")
        list(load([ROOT / "data" / "reports"], db))
        desk = Desk(db)
        for name, question, dark in SAMPLES:
            wish = wish_of(question)
            assert wish is not None, question
            found = drawn_for(desk, replace(wish, dark=dark))
            assert found.picture is not None, f"{question}: {found.line}"
            (TARGET / name).write_bytes(found.picture.content)
            print(f"docs/pictures/{name}  {found.picture.alt}")
        desk.close()


if __name__ == "__main__":
    main()
