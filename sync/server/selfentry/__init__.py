"""Self-entry (居民自助登记): a resident says by the code on a wall what is the matter; only the station can read it."""
