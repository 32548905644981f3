"""The place an admin names, of those the index holds: a name, a former name, a code or a chat's token -> its code.

held_region(index, "上党区") -> 140404
"""

from __future__ import annotations

from index.ask.atlas import Atlas
from index.ask.reference import region_token
from index.errors import NotAdopted
from index.models import Region
from index.store.lookup import Index
from index.text.normal import plain

SHOWN = 8


def held_region(index: Index, name: str) -> Region:
    """The one place of this name with facts.  Raises NotAdopted if there is none or several."""
    atlas = Atlas.of(index)
    for code, region in atlas.regions.items():
        if name in (code, region_token(code), region.full_name):
            return region
    codes = atlas.names.get(plain(name)) or ()
    if len(codes) == 1:
        return atlas.regions[codes[0]]
    if codes:
        raise NotAdopted(f"叫“{name}”的地区不止一个：{'、'.join(map(atlas.full_name, codes))}；请写全称")
    there = list(dict.fromkeys(one.region for one in atlas.documents if one.region))
    more = f" 等 {len(there)} 处" if len(there) > SHOWN else ""
    raise NotAdopted(f"索引里没有“{name}”的报告；有的是：{'、'.join(there[:SHOWN]) or '（无）'}{more}")
