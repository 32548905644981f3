"""A made-up country: budget reports of every government of China, written by rule, for indexes of any size.

    python -m bench.country.build 10000 country.db

Names of places and items are real (``data/lexicon``), every sentence is ours, every figure is computed from place,
item and year, so that the right answer to a question is known without an index.
"""
