"""Commands about this PC: its log."""
