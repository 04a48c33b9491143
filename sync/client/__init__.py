"""The station's end of the line: engine, transport, ledger port."""
