using System.Globalization;
using System.Text;

namespace MiniTrader.Tests.Fix.Brokers;

/// <summary>
/// A FIX message as a broker sees it: tags and values in their order, read and written without any of our codec, so that a mistake there is not made on both
/// sides.
/// </summary>
internal sealed class BrokerMessage
{
    private const char Delimiter = '\u0001';
    private const string Trailer = "\u000110=";

    private BrokerMessage(IReadOnlyList<(int Tag, string Value)> fields) => Fields = fields;

    public IReadOnlyList<(int Tag, string Value)> Fields { get; }

    public string Type => this[35];

    /// <summary>The first value of a tag, empty where there is none.</summary>
    public string this[int tag] => Fields.FirstOrDefault(field => field.Tag == tag).Value ?? "";

    public bool Has(int tag) => Fields.Any(field => field.Tag == tag);

    /// <summary>The same without a tag.</summary>
    public BrokerMessage Without(int tag) => new([.. Fields.Where(field => field.Tag != tag)]);

    /// <summary>The same with another value, or with one more field before the checksum.</summary>
    public BrokerMessage With(int tag, string value) => Has(tag)
        ? new([.. Fields.Select(field => field.Tag == tag ? (tag, value) : field)])
        : new([.. Fields.SkipLast(1), (tag, value), Fields[^1]]);

    /// <summary>Takes the first message out of what came; null where it is not all there.</summary>
    public static BrokerMessage? TakeFrom(StringBuilder came)
    {
        string text = came.ToString();
        int trailer = text.IndexOf(Trailer, StringComparison.Ordinal);
        if (trailer < 0 || text.Length < trailer + Trailer.Length + 4) return null;
        int end = trailer + Trailer.Length + 4;
        came.Remove(0, end);
        return Parse(text[..end]);
    }

    /// <summary>The bytes of a message from its fields between header and trailer, with the header of a session.</summary>
    public static byte[] Write(string beginString, string type, IEnumerable<(int Tag, string Value)> header, string body)
    {
        StringBuilder inner = new($"35={type}{Delimiter}");
        foreach ((int tag, string value) in header) inner.Append(CultureInfo.InvariantCulture, $"{tag}={value}{Delimiter}");
        inner.Append(body.Replace('|', Delimiter));
        string start = $"8={beginString}{Delimiter}9={inner.Length}{Delimiter}{inner}";
        return Encoding.Latin1.GetBytes($"{start}10={Sum(start):000}{Delimiter}");
    }

    public override string ToString() => string.Concat(Fields.Select(field => $"{field.Tag}={field.Value}|"));

    private static BrokerMessage Parse(string text)
    {
        List<(int, string)> fields = [];
        foreach (string field in text[..^1].Split(Delimiter))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            fields.Add((int.Parse(field[..equals], CultureInfo.InvariantCulture), field[(equals + 1)..]));
        }

        int body = text.IndexOf(Delimiter, text.IndexOf(Delimiter, StringComparison.Ordinal) + 1) + 1;
        int trailer = text.Length - "10=000|".Length;
        Xunit.Assert.Equal(trailer - body, int.Parse(fields[1].Item2, CultureInfo.InvariantCulture));
        Xunit.Assert.Equal(Sum(text[..trailer]), int.Parse(fields[^1].Item2, CultureInfo.InvariantCulture));
        return new BrokerMessage(fields);
    }

    private static int Sum(string text) => text.Sum(c => c) & 255;
}
