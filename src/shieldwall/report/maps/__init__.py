"""Our own SVG maps and charts. They draw results and compute none."""
