"""Notices: telling people of a step, watching clocks, mailing. Needs tables and words, no page."""
