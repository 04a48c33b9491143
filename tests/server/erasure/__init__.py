"""Erasure at the district: who decides, what goes, and that no backup brings it back."""
