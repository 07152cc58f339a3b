using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;

namespace MiniTrader.Analytics;

/// <summary>One column of the batch that an <see cref="ArrowTable"/> is filling. Its memory is taken once and used for every batch.</summary>
internal abstract class ArrowColumn
{
    public abstract Field Field { get; }

    /// <summary>The first rows as an Arrow array over this column's own memory: valid until the next row is added.</summary>
    public abstract IArrowArray ToArray(int rows);
}

/// <summary>A column without nulls whose cells are of <typeparamref name="T"/>.</summary>
internal sealed class ArrowColumn<T> : ArrowColumn
    where T : unmanaged
{
    private readonly byte[] _bytes;
    private readonly ColumnSpec<T> _spec;
    private readonly ArrayData? _words;
    private int _count;

    public ArrowColumn(ColumnSpec<T> spec, int rows, ArrayData? words = null)
    {
        _spec = spec;
        _words = words;
        _bytes = new byte[rows * Unsafe.SizeOf<T>()];
        Field = new Field(spec.Name, spec.Type, nullable: false, MetadataOf(spec));
    }

    public override Field Field { get; }

    public void Add(T value) => MemoryMarshal.Write(_bytes.AsSpan(_count++ * Unsafe.SizeOf<T>()), in value);

    public override IArrowArray ToArray(int rows)
    {
        if (rows != _count) throw new InvalidOperationException($"Column {_spec.Name} holds {_count} cells where the batch has {rows} rows.");
        _count = 0;
        ArrowBuffer values = new(_bytes.AsMemory(0, rows * Unsafe.SizeOf<T>()));
        return ArrowArrayFactory.BuildArray(new ArrayData(_spec.Type, rows, 0, 0, [ArrowBuffer.Empty, values], null, _words));
    }

    private static Dictionary<string, string>? MetadataOf(ColumnSpec<T> spec) => spec.IsFixedPoint ? new() { ["scale"] = "9" } : null;
}
