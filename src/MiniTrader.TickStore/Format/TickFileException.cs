namespace MiniTrader.TickStore;

/// <summary>A tick file that cannot be read as it stands: cut short, damaged, of another schema or out of order.</summary>
public sealed class TickFileException : Exception
{
    public TickFileException()
    {
    }

    public TickFileException(string message)
        : base(message)
    {
    }

    public TickFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TickFileException(string path, string what, int batch = -1, long row = -1)
        : base($"{path}{(batch >= 0 ? $", batch {batch}" : "")}{(row >= 0 ? $", row {row}" : "")}: {what}")
    {
        Path = path;
        Batch = batch;
        Row = row;
    }

    public string Path { get; } = "";

    /// <summary>The record batch, from 0; −1 when the fault is the file's as a whole.</summary>
    public int Batch { get; } = -1;

    /// <summary>The row inside the batch, from 0; −1 when the fault is the batch's as a whole.</summary>
    public long Row { get; } = -1;
}
