"""From rows to a figure: lanes and marks in pixels, then Plotly's traces."""
