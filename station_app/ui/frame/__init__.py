"""The frame around every page: header, menu, status line, search, lock."""
