"""New versions at the desk."""
