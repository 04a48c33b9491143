"""The values papers can show, by the part of the file they belong to; put together in `context_keys`."""
