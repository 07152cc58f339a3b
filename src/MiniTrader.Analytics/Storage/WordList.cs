using System.Buffers.Binary;
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

/// <summary>An enumeration's values as places in the list of its names.</summary>
internal static class EnumWords<TEnum>
    where TEnum : struct, Enum
{
    private static readonly TEnum[] _values = Enum.GetValues<TEnum>();
    private static readonly int[] _indexByNumber = IndexByNumber();

    public static IReadOnlyList<string> Names { get; } = [.. _values.Select(v => v.ToString())];

    /// <exception cref="ArgumentException">The number is none of the enumeration's values.</exception>
    public static int IndexOf(int number)
    {
        int index = (uint)number < (uint)_indexByNumber.Length ? _indexByNumber[number] : -1;
        return index >= 0 ? index : throw new ArgumentException($"{number} is no {typeof(TEnum).Name}.");
    }

    private static int[] IndexByNumber()
    {
        int[] numbers = [.. _values.Select(v => Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture))];
        int[] index = new int[numbers.Max() + 1];
        System.Array.Fill(index, -1);
        for (int i = 0; i < numbers.Length; i++) index[numbers[i]] = i;
        return index;
    }
}
