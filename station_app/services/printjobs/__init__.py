"""The inside of printing: what is sent in which order, cut pages, the log, and the queue of CUPS."""
