"""Reports on the desk: the pages as they will be printed, the ministry's table, the meeting, the board, exports."""
