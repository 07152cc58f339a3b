using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Our names for requests on the wire: <c>PREFIX-ORDER-REQUEST</c>, digits to the base 36. The prefix keeps the names of one run apart from those
/// of every other, the order part is the <see cref="ClientOrderId"/>, and the request part counts the requests of one order from 0, so
/// that an answer finds its order without a table of texts. Or all of it in the form of a UUID, for venues that want one. Immutable.
/// </summary>
public sealed class ClOrdIdText
{
    /// <summary>Bytes of the longest name: a UUID. Usual texts have 20 or fewer, and the longest 33: prefix, 13 and 6 digits, two dashes.</summary>
    public const int BytesMax = 36;

    /// <summary>Bytes of a name in the form of a UUID.</summary>
    public const int UuidBytes = UuidName.Bytes;

    private const int PrefixBytesMax = 12;
    private const int Base = 36;
    private readonly byte[] _prefix;
    private readonly bool _isUuid;
    private readonly ulong _run;

    /// <param name="prefix">One to twelve letters and digits, different in every run.</param>
    /// <param name="form">What the names look like.</param>
    public ClOrdIdText(string prefix, OrderNaming form = OrderNaming.Text)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length is 0 or > PrefixBytesMax || !prefix.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"'{prefix}' cannot be the prefix of order names: it is one to {PrefixBytesMax} letters and digits.");
        _prefix = Encoding.ASCII.GetBytes(prefix + "-");
        _isUuid = form == OrderNaming.Uuid;
        _run = UuidName.RunOf(_prefix);
    }

    /// <summary>A prefix of six letters and digits that says when a run started, to the second.</summary>
    public static string PrefixOf(Timestamp start)
    {
        Span<byte> digits = stackalloc byte[16];
        int length = WriteBase36(digits, start.Nanoseconds / Timestamp.NanosecondsPerSecond);
        return Encoding.ASCII.GetString(digits[..length]);
    }

    /// <summary>Bytes of a name; more than any venue takes for a request that cannot be named.</summary>
    public int LengthOf(ClientOrderId order, int request)
    {
        if (_isUuid) return request <= UuidName.RequestMax ? UuidBytes : int.MaxValue;
        return _prefix.Length + DigitsOf(order.Value) + 1 + DigitsOf(request);
    }

    /// <summary>Writes a name and returns the count of its bytes; the target holds <see cref="BytesMax"/>.</summary>
    public int Write(Span<byte> target, ClientOrderId order, int request)
    {
        if (_isUuid)
        {
            UuidName.Write(target, _run, order, request);
            return UuidBytes;
        }

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
        if (_isUuid) return UuidName.TryRead(text, _run, out order, out request);
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
        int digits = DigitsOf(value);
        for (int i = digits - 1; i >= 0; i--)
        {
            int digit = (int)(value % Base);
            target[i] = (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
            value /= Base;
        }

        return digits;
    }

    private static int DigitsOf(long value)
    {
        int digits = 1;
        for (long rest = value / Base; rest != 0; rest /= Base) digits++;
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
