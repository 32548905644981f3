"""Whose paper a document is: a government's (""), a department's, a unit's, a fund's.

预算主管部门：某区财政局 under 某区2025年区级部门预算     -> 某区财政局, department
某区社会福利院2024年单位预算                         -> 某区社会福利院, unit
关于某区2024年预算执行情况和2025年预算草案的报告          -> "", government
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from index.find.bodies import (
    body_named,
    body_of_paper,
    fund_of_paper,
    is_of_government,
    says_paper,
    speaks_as_body,
)
from index.models import OwnerKind
from index.text.normal import plain

_FIRST = 12  # sentences that may stand on a cover
_OFTEN = 3  # times that a text says 本部门
_UNIT = re.compile(r"单位(?:收支)?(?:预|决)")
_BUDGET_OF_BODY = re.compile(r"20\d\d年?度?(?:预算|决算)(?:公开|说明|情况|草案|$)")
_UNNAMED = {"department": "本部门", "unit": "本单位"}


def owner_of(name: str, title: str, texts: Sequence[str]) -> tuple[str, OwnerKind]:
    """The body a document is the paper of, and what it is; ``name`` is the file name, texts are in normal form."""
    if fund := fund_of_paper(title):
        return fund, "fund"
    stem = plain(PurePath(name).stem)
    cover = list(texts[:_FIRST])
    lines = [line for text in cover for line in re.split(r"\s", text) if line]
    heads = [title, *cover[:6], "".join(cover[:6])]
    government = is_of_government(title)
    said = next((text for text in (title, stem, *heads) if says_paper(text)), "")
    speaks = speaks_as_body(texts) >= _OFTEN
    if not said and speaks and _BUDGET_OF_BODY.search(title):
        said = title
    if not said or (government and not speaks):
        return "", "government"
    kind: OwnerKind = "unit" if _UNIT.search(said) else "department"
    found = next((body for line in lines if (body := body_named(line))), "")
    found = found or next((body for text in (title, stem, *heads[1:]) if (body := body_of_paper(text))), "")
    if not found and not speaks:
        return "", "government"
    return found or _UNNAMED[kind], kind
