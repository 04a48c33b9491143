"""New versions of the program at the desk."""
