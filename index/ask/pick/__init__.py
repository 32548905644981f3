"""One place, one period, one thing asked -> the figure that is meant: one list of candidates, one score.

wanted (what is asked, in slots and words) -> gather (all facts that could be meant) -> exclude (typed contradictions)
-> features -> score (weights from ``data/lexicon/weights.toml``) -> verdict (an answer, equals that differ, or nothing)
"""
