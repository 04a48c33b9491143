"""居民自助登记: what residents wrote by the code on a wall, read, made an appeal of, or answered."""
