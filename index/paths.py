"""Where the program's own data lies: ``lexicon_dir() / "regions.csv"`` holds 上党区.

The data folder is ``$YUSUAN_DATA``, or ``data/`` beside the package in a checkout; an installed package brings its own
copy of the word lists as ``index/_lexicon``.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_dir() -> Path:
    """The folder of word lists and reports; it need not exist."""
    named = os.environ.get("YUSUAN_DATA")
    return Path(named).expanduser() if named else _PACKAGE.parent / "data"


def lexicon_dir() -> Path:
    """The folder of the word lists: that of the data folder if it is there, else the copy in the package."""
    beside = data_dir() / "lexicon"
    return beside if beside.is_dir() else _PACKAGE / "_lexicon"
