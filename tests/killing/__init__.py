"""The end of a process at every statement and file operation; disks that fail below SQLite."""
