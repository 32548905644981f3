"""Which comes first, and where one stands: one way from a question to a list in its order.

order      what order the question asks for: 前三名, 最低的, 哪些下降了
rows       what is set side by side, and the figures of each: places, items, parts that the question names
level      all places of one level that the index holds, from one look at each figure (``contend``)
listing    rows in their order -> where one stands, whether one is first either way, and the answer
alone      what is said where fewer than two places of a level have the figure
each       each of the places below one, where no order is asked for: 各县债务余额
first      -> the first, the last, so many of them
elsewhere  -> the ranking over all places, where the one spoken of before has none
place      -> where one of them stands; a rank that the report prints (``printed``) comes before a reckoned one
"""
