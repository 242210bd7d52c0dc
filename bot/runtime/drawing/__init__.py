"""The drawings: each kind of picture is a function from `bot.core.replies.Picture` to SVG; `kinds.py` names them all.

Laws: its own ground, so that light and dark apps show the same; text is never smaller than `paper.SMALL` (10 pixels on a phone);
nothing is told by colour alone; no colour means good or bad; what does not fit ends in "…" or is counted ("+3").
"""
