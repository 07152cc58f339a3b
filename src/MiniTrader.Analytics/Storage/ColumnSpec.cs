using Apache.Arrow.Types;

namespace MiniTrader.Analytics;

/// <summary>Name and Arrow type of a column whose cells are of <typeparamref name="T"/>: what its writer and its reader share.</summary>
/// <param name="Name">The column's name in the file.</param>
/// <param name="Type">The column's type in the file.</param>
/// <param name="IsFixedPoint">Cells count 1e-9; the field's metadata says so to other readers.</param>
internal sealed record ColumnSpec<T>(string Name, IArrowType Type, bool IsFixedPoint = false)
    where T : unmanaged;

/// <summary>The kinds of column that a run's files are made of.</summary>
internal static class ColumnSpec
{
    public static ColumnSpec<long> Time(string name) => new(name, new TimestampType(TimeUnit.Nanosecond, "UTC"));

    /// <summary>A price or quantity in units of 1e-9.</summary>
    public static ColumnSpec<long> FixedPoint(string name) => new(name, Int64Type.Default, IsFixedPoint: true);

    public static ColumnSpec<long> Int64(string name) => new(name, Int64Type.Default);

    public static ColumnSpec<int> Int32(string name) => new(name, Int32Type.Default);

    public static ColumnSpec<byte> Flags(string name) => new(name, UInt8Type.Default);

    public static ColumnSpec<double> Number(string name) => new(name, DoubleType.Default);

    /// <summary>An exact amount; see <see cref="Money128"/>.</summary>
    public static ColumnSpec<Int128> Amount(string name) => new(name, new Decimal128Type(Money128.Precision, Money128.Scale));

    /// <summary>A word out of a list that stands once in the file.</summary>
    public static ColumnSpec<int> Word(string name) => new(name, new DictionaryType(Int32Type.Default, StringType.Default, false));
}
