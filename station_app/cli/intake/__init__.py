"""Commands around writing an appeal down: likeness and links, recall, card reader, copy lists."""
