"""Papers: template + facts -> blocks -> PDF bytes."""
