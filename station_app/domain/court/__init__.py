"""The court's view: what a court would refuse, what the committee may not seal, what only a person can say."""
