"""PDF papers: cards, boards, handbooks, tables, signatures."""
