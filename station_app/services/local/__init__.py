"""What stays on this PC: settings, log-in, drafts, its health and its faults."""
