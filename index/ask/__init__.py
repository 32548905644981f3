"""Road 2: a question -> Query -> facts and sentences -> Answer.

understand (where, when, question) -> dialogue -> plan (lookup, compare, compose, rank) -> Answer
                                               -> telling (why, define, list)           -> Answer
"""
