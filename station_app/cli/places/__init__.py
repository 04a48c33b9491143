"""Commands about units and places of the district."""
