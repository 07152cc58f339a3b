using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace MiniTrader.Analytics;

/// <summary>Reads an Arrow file of a run batch by batch. Owned by one enumeration.</summary>
internal sealed class ArrowRows : IDisposable
{
    private readonly FileStream _stream;
    private readonly ArrowFileReader _reader;
    private RecordBatch? _batch;

    /// <exception cref="InvalidDataException">The file is missing or no complete Arrow file; the sentence says which.</exception>
    public ArrowRows(string path)
    {
        Path = path;
        if (!File.Exists(path)) throw new InvalidDataException($"{path} does not exist: the run was not completed, or the folder is not a run's.");
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        _reader = new ArrowFileReader(_stream, leaveOpen: true);
        Guard(() => _reader.RecordBatchCountAsync().AsTask().GetAwaiter().GetResult());
    }

    public string Path { get; }

    /// <summary>Rows of the current batch.</summary>
    public int Count => _batch!.Length;

    /// <summary>Moves on; false after the last batch.</summary>
    public bool NextBatch()
    {
        _batch?.Dispose();
        _batch = Guard(_reader.ReadNextRecordBatch);
        return _batch is not null;
    }

    /// <summary>The cells of a column of the current batch; valid until the next batch.</summary>
    public Cells<T> Column<T>(ColumnSpec<T> spec)
        where T : unmanaged => new(Find(spec).Data.Buffers[1].Memory, Find(spec).Data.Offset);

    /// <summary>The values of an enumeration, which the file holds as words.</summary>
    public WordCells<TEnum> Enums<TEnum>(ColumnSpec<int> spec)
        where TEnum : struct, Enum => Words(spec, word => Enum.TryParse(word, out TEnum value)
            ? value
            : throw OtherVersion.Of($"{Path} has in column '{spec.Name}' the {typeof(TEnum).Name} '{word}', which this version does not know"));

    /// <summary>A column of words, each turned into a value once.</summary>
    public WordCells<TValue> Words<TValue>(ColumnSpec<int> spec, Func<string, TValue> parse)
    {
        StringArray words = (StringArray)((DictionaryArray)Find(spec)).Dictionary;
        return new(Column(spec), [.. Enumerable.Range(0, words.Length).Select(i => parse(words.GetString(i)))]);
    }

    public void Dispose()
    {
        _batch?.Dispose();
        _reader.Dispose();
        _stream.Dispose();
    }

    private IArrowArray Find<T>(ColumnSpec<T> spec)
        where T : unmanaged
    {
        int index = _batch!.Schema.GetFieldIndex(spec.Name);
        if (index < 0) throw OtherVersion.Of($"{Path} has no column '{spec.Name}'");
        IArrowArray array = _batch.Column(index);
        if (array.Data.DataType.TypeId != spec.Type.TypeId || array.NullCount != 0)
            throw OtherVersion.Of($"{Path} has {(array.NullCount == 0 ? array.Data.DataType.Name : $"{array.NullCount} nulls")} in column '{spec.Name}', where {spec.Type.Name} without nulls was expected");
        return array;
    }

    // Apache.Arrow tells a damaged file by whichever exception its parsing runs into.
    private TResult Guard<TResult>(Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{Path} is not a complete Arrow file: {e.Message}", e);
        }
    }

    /// <summary>The cells of one column in one batch.</summary>
    public readonly struct Cells<T>(ReadOnlyMemory<byte> bytes, int offset)
        where T : unmanaged
    {
        public T this[int row] => MemoryMarshal.Cast<byte, T>(bytes.Span)[offset + row];
    }

    /// <summary>The cells of one column of words in one batch.</summary>
    public readonly struct WordCells<TValue>(Cells<int> cells, TValue[] values)
    {
        /// <summary>How many words the column knows.</summary>
        public int Count => values.Length;

        public TValue this[int row] => values[cells[row]];
    }
}
