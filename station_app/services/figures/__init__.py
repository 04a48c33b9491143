"""Statistics from the rows of cases: live figures, the ministry's table, the report of a period."""
