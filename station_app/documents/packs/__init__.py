"""Template packs: papers and clauses that a district or its legal bureau hands out without a new program.

A pack is a ZIP file: `pack.toml` (what it is, and the SHA-256 of every other file), `pack.sig` (the signer's key and
signature over `pack.toml`), `papers/<id>@<edition>.toml`, `clauses/<id>.toml`. Only what is listed may be in it.
"""
