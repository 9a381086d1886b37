"""The nightly comparison: tables, CKAN's rows, index, files, DataStore, editions, record.

``compare`` looks, ``mending`` puts right what loses nothing, ``nightly`` does both.
"""
