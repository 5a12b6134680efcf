"""What readers see and take away: HTML pages, a workbook, network files; nothing is fetched from elsewhere.

`reports` makes the pages of executed notebooks and the index, `documents` pages on a researcher's own data, both from
the templates beside them; `key` lists the documents they name, `anchors` names places, `directions` keeps names apart
that run from right to left. `workbook` and `network_files` write for other
programs.
"""
