"""How an issued paper is made and kept: the values it shows, their fingerprint, its records, its verification."""
