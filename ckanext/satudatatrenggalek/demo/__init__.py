"""The portal filled for a demonstration: offices, people, datasets in every state.

Everything happens through the public actions, as the accounts it is said to be done by, under
the injected clock. Figures are generated and marked so.
"""
