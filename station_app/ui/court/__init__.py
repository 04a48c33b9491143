"""The court's view on screen: the count beside the work, the findings on demand, the questions of people."""
