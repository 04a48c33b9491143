"""Releases of the station's program: kept by the district, offered to a share of the PCs first, then to all."""
