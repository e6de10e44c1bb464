"""The view to take away: pictures, pages and tables that carry their proof."""
