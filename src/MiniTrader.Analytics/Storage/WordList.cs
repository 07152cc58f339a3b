using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MiniTrader.Analytics;

/// <summary>The words of dictionary columns: written once per file, so that every other Arrow reader shows names and not numbers.</summary>
internal static class WordList
{
    // Over managed memory and not by Arrow's builder, whose memory goes as soon as the builder's array is out of reach or the first
    // batch that names the words is disposed; these words are needed by every batch.
    public static ArrayData Of(IEnumerable<string> words)
    {
        byte[][] texts = [.. words.Select(Encoding.UTF8.GetBytes)];
        byte[] offsets = new byte[(texts.Length + 1) * sizeof(int)];
        int end = 0;
        for (int i = 0; i < texts.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(offsets.AsSpan((i + 1) * sizeof(int)), end += texts[i].Length);
        return new ArrayData(StringType.Default, texts.Length, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(offsets), new ArrowBuffer(texts.SelectMany(t => t).ToArray())]);
    }

    /// <summary>The names of an enumeration's values, in the order of <see cref="EnumWords{TEnum}.IndexOf"/>.</summary>
    public static ArrayData Of<TEnum>()
        where TEnum : struct, Enum => Of(EnumWords<TEnum>.Names);
}

/// <summary>An enumeration's values as places in the list of its names, in the order of their numbers.</summary>
internal static class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    private static readonly int[] _indexByNumber = EnumPlaces.IndexByNumber(typeof(TEnum));

    public static IReadOnlyList<string> Names { get; } = EnumPlaces.Names(typeof(TEnum));

    /// <exception cref="ArgumentException">The number is none of the enumeration's values.</exception>
    public static int IndexOf(int number)
    {
        int index = (uint)number < (uint)_indexByNumber.Length ? _indexByNumber[number] : -1;
        return index >= 0 ? index : throw new ArgumentException($"{number} is no {typeof(TEnum).Name}.");
    }
}

/// <summary>Apart and without a type parameter, because code for each enumeration would have to be compiled while a run starts.</summary>
file static class EnumPlaces
{
    public static string[] Names(Type type) => Enum.GetNames(type);

    /// <summary>The place among the enumeration's values by their number; -1 for a number that is none.</summary>
    public static int[] IndexByNumber(Type type)
    {
        System.Array values = Enum.GetValuesAsUnderlyingType(type);
        int[] index = new int[Convert.ToInt32(values.GetValue(values.Length - 1), CultureInfo.InvariantCulture) + 1];
        System.Array.Fill(index, -1);
        for (int i = 0; i < values.Length; i++) index[Convert.ToInt32(values.GetValue(i), CultureInfo.InvariantCulture)] = i;
        return index;
    }
}
