"""The same dialogue in a browser, for those who are not on Telegram: pages made here, answers made at the desks.

    server     the page served by the bot's process, or by ``yusuan web``
    site       what the pages work with and have in common
    guard      headers, limits, hosts      entering, visitors, init_data        who may see what
    asking, reading, office                the pages                            desk_work, pieces   what is on them

An extra (``make web``): nothing else in the project imports this package before it is needed.
"""
