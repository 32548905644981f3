"""核对 in a chat: the slips of a file that was sent in for it, or of a draft, a few on each page.

    file with 核对, or the button -> the clerk's thread for checks -> page, turned by 更多
    [搁置 3] -> reason -> ledger

``memory`` holds what was found while the process lives, and nothing else does; ``page`` is pure.
"""
