"""The nightly comparison: tables, CKAN's rows, index, files, DataStore, editions, record.

``differences`` looks, ``mending`` puts right what loses nothing, ``nightly`` does both.
"""
