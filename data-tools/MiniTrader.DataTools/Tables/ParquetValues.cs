using System.Buffers.Binary;
using System.Text;
using MiniTrader.Model;
using Parquet.Data;
using Parquet.Schema;

namespace MiniTrader.DataTools;

/// <summary>One column of one row group as numbers of 1e-9, times, whole numbers or text, with what could not be read marked.</summary>
internal sealed class ParquetValues
{
    private readonly Func<int, object?> _cell;

    private ParquetValues(DataField field, Func<int, object?> cell)
    {
        Field = field;
        _cell = cell;
    }

    public DataField Field { get; }

    /// <summary>The cell of a row: null, or one of long, Int128, decimal, double, DateTime, string and bytes.</summary>
    public object? this[int row] => _cell(row);

    /// <exception cref="ImportException">The column is of a type that holds neither numbers, times nor text.</exception>
    public static ParquetValues Create(DataField field, RawColumnData raw, string where)
    {
        int[]? places = field.MaxDefinitionLevel == 0 ? null : PlacesOf(raw, field.MaxDefinitionLevel);
        Func<int, object?> cell = raw switch
        {
            RawColumnData<long> c => Cells(c.Values.ToArray(), places, v => v),
            RawColumnData<ulong> c => Cells(c.Values.ToArray(), places, v => v <= long.MaxValue ? (long)v : (object)(decimal)v),
            RawColumnData<int> c => Cells(c.Values.ToArray(), places, v => (long)v),
            RawColumnData<uint> c => Cells(c.Values.ToArray(), places, v => (long)v),
            RawColumnData<short> c => Cells(c.Values.ToArray(), places, v => (long)v),
            RawColumnData<ushort> c => Cells(c.Values.ToArray(), places, v => (long)v),
            RawColumnData<sbyte> c => Cells(c.Values.ToArray(), places, v => (long)v),
            RawColumnData<byte> c => Cells(c.Values.ToArray(), places, v => (long)v),
            RawColumnData<double> c => Cells(c.Values.ToArray(), places, v => v),
            RawColumnData<float> c => Cells(c.Values.ToArray(), places, v => float.IsFinite(v) && Math.Abs(v) < 1e20f ? (decimal)v : (double)v),
            RawColumnData<decimal> c => Cells(c.Values.ToArray(), places, v => v),
            RawColumnData<DateTime> c => Cells(c.Values.ToArray(), places, v => v),
            RawColumnData<ReadOnlyMemory<char>> c => Cells(c.Values.ToArray().Select(m => m.ToString()).ToArray(), places, v => v),
            RawColumnData<ReadOnlyMemory<byte>> c => Cells(c.Values.ToArray().Select(m => m.ToArray()).ToArray(), places, v => v),
            _ => throw new ImportException($"{where}: the column '{field.Name}' is of type {field.ClrType.Name}, which holds no number, time or text."),
        };
        return new(field, cell);
    }

    /// <summary>Reads a price or size; an empty cell or NaN is <see cref="FixedPointStatus.NotANumber"/> with nothing said.</summary>
    public FixedPointStatus ReadNumber(int row, out long raw, out bool isEmpty)
    {
        object? cell = this[row];
        raw = 0;
        isEmpty = cell is null or double.NaN;
        return cell switch
        {
            long whole => Scaled(whole, out raw),
            decimal exact => Scaled(exact, out raw),
            double value => double.IsFinite(value) && Math.Abs(value) < 1e20 ? Scaled((decimal)value, out raw) : FixedPointStatus.NotANumber,
            string text => NumberText.TryParse(Encoding.UTF8.GetBytes(text), out raw),
            byte[] { Length: 8 } bytes => Raw(BinaryPrimitives.ReadInt64LittleEndian(bytes), out raw),
            byte[] { Length: 16 } bytes => Narrowed(BinaryPrimitives.ReadInt128LittleEndian(bytes), out raw),
            _ => FixedPointStatus.NotANumber,
        };
    }

    /// <summary>Reads a whole number, such as an id.</summary>
    public bool TryReadWhole(int row, out long value)
    {
        value = 0;
        return this[row] switch
        {
            long whole => (value = whole) == whole,
            string text => NumberText.TryParseWhole(Encoding.UTF8.GetBytes(text), out value),
            _ => false,
        };
    }

    private static FixedPointStatus Raw(long value, out long raw)
    {
        raw = value;
        return FixedPointStatus.Ok;
    }

    /// <summary>NautilusTrader's wide fixed point has 16 decimals, of which nine are kept.</summary>
    private static FixedPointStatus Narrowed(Int128 wide, out long raw)
    {
        const long Step = 10_000_000;
        (Int128 value, Int128 rest) = Int128.DivRem(wide, Step);
        if (Int128.Abs(rest) * 2 >= Step) value += Int128.Sign(wide);
        raw = 0;
        if (Int128.Abs(value) > long.MaxValue) return FixedPointStatus.TooLarge;
        raw = (long)value;
        return rest == 0 ? FixedPointStatus.Ok : FixedPointStatus.TooPrecise;
    }

    private static FixedPointStatus Scaled(decimal value, out long raw)
    {
        raw = 0;
        if (Math.Abs(value) > long.MaxValue / (decimal)FixedPoint.One) return FixedPointStatus.TooLarge;
        decimal scaled = value * FixedPoint.One, rounded = Math.Round(scaled, MidpointRounding.AwayFromZero);
        raw = (long)rounded;
        return rounded == scaled ? FixedPointStatus.Ok : FixedPointStatus.TooPrecise;
    }

    /// <summary>Where each row's value stands among the values that are there; −1 for an empty cell.</summary>
    private static int[] PlacesOf(RawColumnData raw, int full)
    {
        Span<int> levels = raw.DefinitionLevels;
        int[] places = new int[levels.Length];
        int next = 0;
        for (int i = 0; i < places.Length; i++) places[i] = levels[i] == full ? next++ : -1;
        return places;
    }

    private static Func<int, object?> Cells<T>(T[] values, int[]? places, Func<T, object> box) =>
        places is null ? row => box(values[row]) : row => places[row] < 0 ? null : box(values[places[row]]);
}
