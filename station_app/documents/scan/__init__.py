"""Paper that comes back: pages of scans and photographs, the codes on them, and the bytes that are kept of each."""
