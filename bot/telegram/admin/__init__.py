"""The admin's side of the chat: reports sent in and looked at before they count, versions, corrections, people.

    update -> rights (refused: as if there were nothing) -> handler -> the clerk's thread -> page, edited in its place

``codec`` is what admin buttons carry; modules ending in ``_page`` are pure; ``clerk`` is the way to the ``Office``.
"""
