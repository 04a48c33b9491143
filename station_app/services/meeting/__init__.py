"""书记会商: what the weekly meeting of secretaries looks at, what it decided, and what became of that."""
