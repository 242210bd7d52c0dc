"""SQLAlchemy statements as text for SQLite, compiled once each.

SQLAlchemy's own execution costs a thread hop for each of five steps of a statement; run as text it needs none. What is used
of SQLAlchemy here is what its `Connection` does with the same cache: `_compile_w_cache`, then the bind and result processors.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.util import LRUCache

_DIALECT = aiosqlite.dialect()
_STATEMENTS = 1_000


class Prepared:
    """One statement with its values: what to run, and how to read what comes back."""

    __slots__ = ("_metadata", "sql", "values")

    def __init__(self, sql: str, values: list[tuple[Any, ...]], metadata: SimpleResultMetaData | None) -> None:
        self.sql = sql
        self.values = values
        self._metadata = metadata

    def read(self, rows: Sequence[Any]) -> Sequence[RowMapping]:
        """Return rows by column and by name, with moments and truths as such."""
        if not rows:
            return []
        if self._metadata is None:
            raise TypeError("this statement names no columns")
        return IteratorResult(self._metadata, iter(rows)).mappings().all()


class Known(NamedTuple):
    """A statement as compiled, and the values that stand in it."""

    statement: ClauseElement
    compiled: SQLCompiler
    fixed: Mapping[str, Any]


class Statements:
    """The cache of one connection. A statement made once and run with parameters is found by itself, others by their shape."""

    def __init__(self) -> None:
        self._by_shape: LRUCache[Any, Any] = LRUCache(_STATEMENTS)
        self._by_itself: LRUCache[Any, Known] = LRUCache(_STATEMENTS)
        self._metadata: dict[SQLCompiler, SimpleResultMetaData | None] = {}

    def prepare(self, statement: ClauseElement, rows: Sequence[Mapping[str, Any] | None]) -> Prepared:
        """Return the statement with the values of each row of parameters (None: those that stand in the statement)."""
        known = self._known(statement, rows)
        compiled = known.compiled
        sql: str = compiled.string
        order: Sequence[str] = compiled.positiontup or ()
        processors: Mapping[str, Any] = compiled._bind_processors  # Any: one function, as positions are never tuples here
        values: list[tuple[Any, ...]] = []
        for given in rows:
            named = {**known.fixed, **(given or {})}
            if compiled.literal_execute_params or compiled.post_compile_params:
                if len(rows) > 1:
                    raise TypeError("IN lists cannot be run many times at once")
                expanded = compiled._process_parameters_for_postcompile(named)
                sql, order, named = expanded.statement, expanded.positiontup or (), {**named, **expanded.parameters}
                processors = {**processors, **expanded.processors}
            values.append(tuple(processors[key](named[key]) if key in processors else named[key] for key in order))
        return Prepared(sql, values, self._reader(compiled))

    def _known(self, statement: ClauseElement, rows: Sequence[Mapping[str, Any] | None]) -> Known:
        if rows[0] is None:
            return self._compile(statement, (), many=False)
        many = len(rows) > 1
        itself = (id(statement), many, *rows[0])
        if (known := self._by_itself.get(itself)) is None or known.statement is not statement:
            known = self._by_itself[itself] = self._compile(statement, rows[0], many)
        return known

    def _compile(self, statement: ClauseElement, names: Iterable[str], many: bool) -> Known:
        compiled, extracted, collected, _ = statement._compile_w_cache(
            _DIALECT, compiled_cache=self._by_shape, column_keys=sorted(names), for_executemany=many
        )
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"not a statement on rows: {type(statement).__name__}")
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError("a column with a Python-side default: repositories give every value themselves")
        fixed = compiled.construct_params(
            dict.fromkeys(names), extracted_parameters=extracted, escape_names=False, _collected_params=collected
        )
        return Known(statement, compiled, fixed)

    def _reader(self, compiled: SQLCompiler) -> SimpleResultMetaData | None:
        try:
            return self._metadata[compiled]
        except KeyError:
            pass
        if len(self._metadata) > 2 * _STATEMENTS:
            self._metadata.clear()
        columns = compiled._result_columns
        made = (
            SimpleResultMetaData(
                [column.keyname for column in columns],
                extra=[tuple(column.objects) for column in columns],
                _processors=[column.type._cached_result_processor(_DIALECT, None) for column in columns],
            )
            if columns
            else None
        )
        self._metadata[compiled] = made
        return made
