"""The inside of filing scans: sheets read and judged, pages put to their papers, the tray, the watched folder."""
