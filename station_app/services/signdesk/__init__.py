"""签字台: who signs, seals and is paid, over one case of many people and over all cases of the station."""
