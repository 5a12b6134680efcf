"""What readers see and take away: HTML pages, a workbook, network files; nothing is fetched from elsewhere."""
