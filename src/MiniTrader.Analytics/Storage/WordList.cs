using Apache.Arrow;

namespace MiniTrader.Analytics;

/// <summary>The words of dictionary columns: written once per file, so that every other Arrow reader shows names and not numbers.</summary>
internal static class WordList
{
    public static ArrayData Of(IEnumerable<string> words) => new StringArray.Builder().AppendRange(words).Build().Data;

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
