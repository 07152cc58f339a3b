using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace MiniTrader.Analytics;

/// <summary>
/// Writes one Arrow file row by row in batches of bounded size. The file grows under a temporary name and takes its own name when
/// it is complete, so that no reader meets half a file. Owned and used by one thread.
/// </summary>
internal sealed class ArrowTable : IDisposable
{
    private readonly string _path, _partPath;
    private readonly int _batchRows;
    private readonly List<ArrowColumn> _columns = [];
    private FileStream? _stream;
    private ArrowFileWriter? _writer;
    private Schema? _schema;
    private int _rows;

    public ArrowTable(string path, int batchRows)
    {
        _path = path;
        _partPath = path + ".part";
        _batchRows = batchRows;
        _stream = new FileStream(_partPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    /// <summary>Adds a column; all are added before the first row.</summary>
    public ArrowColumn<T> Column<T>(ColumnSpec<T> spec, ArrayData? words = null)
        where T : unmanaged
    {
        ArrowColumn<T> column = new(spec, _batchRows, words);
        _columns.Add(column);
        return column;
    }

    /// <summary>Says that each column has taken its cell of the row.</summary>
    public void EndRow()
    {
        if (++_rows == _batchRows) WriteBatch();
    }

    /// <summary>Writes what is left and gives the file its name.</summary>
    public void Complete()
    {
        if (_rows > 0 || _writer is null) WriteBatch();
        _writer!.WriteEnd();
        _writer.Dispose();
        _stream!.Dispose();
        _writer = null;
        _stream = null;
        File.Move(_partPath, _path, overwrite: true);
    }

    /// <summary>Removes the temporary file of a table that was not completed.</summary>
    public void Dispose()
    {
        if (_stream is null) return;
        try
        {
            _writer?.Dispose();
            _stream.Dispose();
            File.Delete(_partPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The table is given up because something failed before; a disk that is still full must not hide what.
        }

        _writer = null;
        _stream = null;
    }

    private void WriteBatch()
    {
        _schema ??= new Schema(_columns.Select(c => c.Field), null);
        _writer ??= new ArrowFileWriter(_stream, _schema, leaveOpen: true);

        // The arrays lie over the columns' own memory, which outlives the write; the batch is disposed after it.
        using RecordBatch batch = new(_schema, _columns.Select(c => c.ToArray(_rows)), _rows);
        _writer.WriteRecordBatch(batch);
        _rows = 0;
    }
}
