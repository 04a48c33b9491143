"""签字台: one case of many signers, and the lists of what waits for a hand or a seal."""
