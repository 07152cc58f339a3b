using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Our names for requests on the wire: <c>PREFIX-ORDER-REQUEST</c>, digits to the base 36. The prefix keeps the names of one run apart from those
/// of every other, the order part is the <see cref="ClientOrderId"/>, and the request part counts the requests of one order from 0, so
/// that an answer finds its order without a table of texts. Immutable.
/// </summary>
public sealed class ClOrdIdText
{
    /// <summary>Bytes of the longest name: prefix, 13 and 6 digits, two dashes. Usual ones have 20 or fewer.</summary>
    public const int BytesMax = PrefixBytesMax + 21;

    private const int PrefixBytesMax = 12;
    private const int Base = 36;
    private readonly byte[] _prefix;

    /// <param name="prefix">One to twelve letters and digits, different in every run.</param>
    public ClOrdIdText(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length is 0 or > PrefixBytesMax || !prefix.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"'{prefix}' cannot be the prefix of order names: it is one to {PrefixBytesMax} letters and digits.");
        _prefix = Encoding.ASCII.GetBytes(prefix + "-");
    }

    /// <summary>A prefix of six letters and digits that says when a run started, to the second.</summary>
    public static string PrefixOf(Timestamp start)
    {
        Span<byte> digits = stackalloc byte[16];
        int length = WriteBase36(digits, start.Nanoseconds / Timestamp.NanosecondsPerSecond);
        return Encoding.ASCII.GetString(digits[..length]);
    }

    /// <summary>Writes a name and returns the count of its bytes; the target holds <see cref="BytesMax"/>.</summary>
    public int Write(Span<byte> target, ClientOrderId order, int request)
    {
        _prefix.CopyTo(target);
        int length = _prefix.Length;
        length += WriteBase36(target[length..], order.Value);
        target[length++] = (byte)'-';
        return length + WriteBase36(target[length..], request);
    }

    /// <summary>False for a name that this run did not give.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out ClientOrderId order, out int request)
    {
        order = ClientOrderId.None;
        request = 0;
        if (text.Length > BytesMax || !text.StartsWith(_prefix)) return false;
        ReadOnlySpan<byte> rest = text[_prefix.Length..];
        int dash = rest.IndexOf((byte)'-');
        if (dash < 1 || !TryReadBase36(rest[..dash], out long value) || !TryReadBase36(rest[(dash + 1)..], out long number) || number > int.MaxValue) return false;
        order = new ClientOrderId(value);
        request = (int)number;
        return !order.IsNone;
    }

    private static int WriteBase36(Span<byte> target, long value)
    {
        int digits = 1;
        for (long rest = value / Base; rest != 0; rest /= Base) digits++;
        for (int i = digits - 1; i >= 0; i--)
        {
            int digit = (int)(value % Base);
            target[i] = (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
            value /= Base;
        }

        return digits;
    }

    private static bool TryReadBase36(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty) return false;
        foreach (byte b in text)
        {
            int digit = b is >= (byte)'0' and <= (byte)'9' ? b - '0' : b is >= (byte)'A' and <= (byte)'Z' ? b - 'A' + 10 : -1;
            if (digit < 0 || value > (long.MaxValue - digit) / Base) return false;
            value = (value * Base) + digit;
        }

        return true;
    }
}
