"""What helps while an appeal is written down: likeness with earlier ones, lists for other systems, identity cards."""
