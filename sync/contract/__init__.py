"""What both ends must agree on (standard library only); the text is PROTOCOL.md."""
