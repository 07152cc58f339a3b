namespace MiniTrader.TickStore;

/// <summary>How the bodies of record batches are stored.</summary>
public enum TickCompression : byte
{
    /// <summary>As they are, read without a copy: the fast form.</summary>
    None,

    /// <summary>LZ4 frames, about a third of the size: the archive form.</summary>
    Lz4,
}

/// <summary>How tick files are written. Validated where a writer is made.</summary>
public sealed record TickFileOptions
{
    /// <summary>Rows of a record batch; fewer in a file's last, and where a catalog writer was short of memory.</summary>
    public const int DefaultBatchRows = 65_536;

    /// <summary>Most rows of one record batch, written or read.</summary>
    public const int MaxBatchRows = 1 << 26;

    public static TickFileOptions Default { get; } = new();

    public TickCompression Compression { get; init; }

    public int BatchRows { get; init; } = DefaultBatchRows;

    /// <summary>Replace a file, or the reference data of an instrument, that is already there; otherwise it is an error.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Files that a catalog writer keeps open at once. Beyond it the one that was longest not written to is closed until rows come for it again.</summary>
    public int MaxOpenFiles { get; init; } = 256;

    /// <summary>
    /// Memory for rows that wait in a catalog writer until they fill a batch, and for bytes that wait until they fill a large page. Beyond it the files
    /// that hold most write theirs as they are.
    /// </summary>
    public long MaxHeldBytes { get; init; } = 512L << 20;

    /// <summary>Returns itself or throws a <see cref="TickDataException"/> that names the wrong setting.</summary>
    public TickFileOptions Validated()
    {
        if (BatchRows is < 1 or > MaxBatchRows) throw new TickDataException($"BatchRows is {BatchRows}; it must be 1 to {MaxBatchRows}.");
        if (MaxOpenFiles < 1) throw new TickDataException($"MaxOpenFiles is {MaxOpenFiles}; it must be 1 or more.");
        if (MaxHeldBytes < 1) throw new TickDataException($"MaxHeldBytes is {MaxHeldBytes}; it must be 1 or more.");
        if (!Enum.IsDefined(Compression)) throw new TickDataException($"Compression {Compression} is unknown; use None or Lz4.");
        return this;
    }
}
