"""Between the files and the index: which files there are, who prepares them, and what the admin is told of each."""
