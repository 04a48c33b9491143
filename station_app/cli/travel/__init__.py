"""Commands for travelling without the line: the shared folder."""
