using System.Runtime.InteropServices;

namespace MiniTrader.TickStore;

/// <summary>One column of the batch that is being filled, in native memory that grows up to a whole batch.</summary>
internal sealed unsafe class ColumnBuffer : IDisposable
{
    private const int FirstCapacity = 1024;

    private byte* _data;
    private int _capacity;

    public ColumnBuffer(ColumnSpec spec) => Spec = spec;

    ~ColumnBuffer() => Dispose();

    public ColumnSpec Spec { get; }

    public byte* Data => _data;

    /// <summary>Memory taken.</summary>
    public long Bytes => (long)_capacity * Spec.Width;

    public void Reserve(int rows, int batchRows)
    {
        if (rows <= _capacity) return;
        int capacity = Math.Max(_capacity, FirstCapacity);
        while (capacity < rows) capacity = (int)Math.Min((long)capacity * 4, Math.Max(batchRows, rows));
        _data = (byte*)NativeMemory.AlignedRealloc(_data, (nuint)PaddedBytes(capacity), FileMetadata.BodyAlignment);
        _capacity = capacity;
    }

    /// <summary>Bytes of <paramref name="rows"/> values, up to the next multiple of the alignment.</summary>
    public long PaddedBytes(int rows) => IpcMessages.Align((long)rows * Spec.Width);

    /// <summary>The values of <paramref name="rows"/> rows and zeros up to the alignment.</summary>
    public ReadOnlySpan<byte> Padded(int rows)
    {
        int bytes = rows * Spec.Width;
        int padded = (int)PaddedBytes(rows);

        // SAFETY: Reserve gave PaddedBytes of a capacity that is not below rows.
        new Span<byte>(_data + bytes, padded - bytes).Clear();
        return new ReadOnlySpan<byte>(_data, padded);
    }

    /// <summary>Gives the memory back; rows may come again.</summary>
    public void Release()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        _capacity = 0;
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }
}
