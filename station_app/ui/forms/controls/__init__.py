"""The controls of a form: one widget with a value of the catalogue's type, and the raw text a draft keeps."""
