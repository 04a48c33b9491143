"""A second implementation of the line, written from PROTOCOL.md alone; it shares no code with the first."""
