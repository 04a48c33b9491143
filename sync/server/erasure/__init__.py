"""Erasure by order of the district: who asks, who decides, what goes, and the list that outlives every backup."""
