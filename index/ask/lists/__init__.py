"""Lists of a report (a whole and its parts, rows below a head, what a paragraph tells), and what is asked of them."""
