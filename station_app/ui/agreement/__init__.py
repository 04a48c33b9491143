"""The agreement: who pays whom what when, the terms, what a lawyer would say, and the signing."""
