"""The station command: the same verbs as the desk, without a window; one file a noun."""
