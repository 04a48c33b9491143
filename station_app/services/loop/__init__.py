"""社区发令、部门执行 and hand-offs: the verbs that send a case to others and bring their answers back."""
