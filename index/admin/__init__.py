"""The admin's side of the index: new reports looked at before they count, versions, corrections, what was done by whom.

office = Office("data/index.db", reports="data/reports")
draft = office.preview([Path("上党区2024.pdf")], Person(1001, "王科长"))     # nothing in the index has changed
version = office.adopt(draft.id, Person(1001, "王科长"))                    # now it has, in one step
"""
