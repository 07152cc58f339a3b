using System.Text.Json;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// One line of a raw capture, read without strings: the fields of Binance's messages that make quotes and trades. Reused for
/// every line; the spans of a line are gone with it.
/// </summary>
public sealed class BinanceMessage
{
    private const int MaxNumberBytes = 64;

    /// <summary>The spot market's book ticker says nothing of its kind: it has b, B, a and A.</summary>
    private const int SpotBookTicker = 0b001111;

    private string _lastSymbol = "";

    /// <summary><c>e</c>: the message's kind; empty when it has none, as snapshots.</summary>
    public string Kind { get; private set; } = "";

    /// <summary><c>s</c>: the symbol.</summary>
    public string Symbol { get; private set; } = "";

    /// <summary><c>ps</c> is there only for coin-margined contracts.</summary>
    public bool HasPair { get; private set; }

    /// <summary><c>T</c>, else <c>E</c>, in milliseconds; −1 without either.</summary>
    public long VenueMilliseconds { get; private set; }

    public bool HasTradeTime { get; private set; }

    /// <summary><c>u</c> of a book ticker, <c>t</c> of a trade.</summary>
    public long Id { get; private set; }

    /// <summary><c>m</c>: the buyer was the maker, so the seller took.</summary>
    public bool IsBuyerMaker { get; private set; }

    /// <summary><c>X</c>: MARKET for an ordinary trade; also INSURANCE_FUND, ADL, NA.</summary>
    public string TradeType { get; private set; } = "";

    /// <summary>Which of the numbers were there and could be read: <c>b B a A p q</c> as bits 0 to 5.</summary>
    public int Seen { get; private set; }

    public long Bid { get; private set; }

    public long BidSize { get; private set; }

    public long Ask { get; private set; }

    public long AskSize { get; private set; }

    public long Price { get; private set; }

    public long Size { get; private set; }

    /// <summary>Decimals of the finest price in the message.</summary>
    public int PriceDecimals { get; private set; }

    /// <summary>Decimals of the finest size in the message.</summary>
    public int SizeDecimals { get; private set; }

    /// <summary>Reads the JSON behind the receive time; null when it is a message, else what is wrong.</summary>
    public string? Read(ReadOnlySpan<byte> json)
    {
        (Kind, Symbol, TradeType, HasPair, HasTradeTime, IsBuyerMaker) = ("", "", "", false, false, false);
        (VenueMilliseconds, Id, Seen, PriceDecimals, SizeDecimals) = (-1, 0, 0, 0, 0);
        try
        {
            Utf8JsonReader reader = new(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "it is not a JSON object";
            if (ReadObject(ref reader, true) is { } reason) return reason;
            if (Kind.Length == 0 && (Seen & SpotBookTicker) == SpotBookTicker) Kind = "bookTicker";
            return reader.Read() ? "there is more behind the JSON object" : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Invalid UTF-8 inside a string is not found before the string is asked for.
            return "it is not a JSON object";
        }
    }

    private string? ReadObject(ref Utf8JsonReader reader, bool isOuter)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            byte key = name.Length == 1 ? name[0] : (byte)0;
            bool isPair = name.SequenceEqual("ps"u8);
            bool isData = isOuter && name.SequenceEqual("data"u8);
            reader.Read();
            if (isData && reader.TokenType == JsonTokenType.StartObject)
            {
                if (ReadObject(ref reader, false) is { } reason) return reason;
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
            else if (isPair) HasPair = true;
            else if (key != 0 && ReadField(ref reader, key) is { } wrong) return wrong;
        }

        return null;
    }

    private string? ReadField(ref Utf8JsonReader reader, byte key)
    {
        switch (key)
        {
            case (byte)'e': Kind = Known(ref reader, "bookTicker", "trade", "depthUpdate", "aggTrade"); return null;
            case (byte)'s': Symbol = Known(ref reader, _lastSymbol); _lastSymbol = Symbol; return null;
            case (byte)'X': TradeType = Known(ref reader, "MARKET", "INSURANCE_FUND"); return null;
            case (byte)'m': IsBuyerMaker = reader.TokenType == JsonTokenType.True; return null;
            case (byte)'T': return ReadTime(ref reader, true);
            case (byte)'E': return ReadTime(ref reader, false);
            case (byte)'u' or (byte)'t': return TryReadLong(ref reader, out long id) ? Set(id) : "its id is not a whole number";
            case (byte)'b': return ReadNumber(ref reader, 0, "b");
            case (byte)'B': return ReadNumber(ref reader, 1, "B");
            case (byte)'a': return ReadNumber(ref reader, 2, "a");
            case (byte)'A': return ReadNumber(ref reader, 3, "A");
            case (byte)'p': return ReadNumber(ref reader, 4, "p");
            case (byte)'q': return ReadNumber(ref reader, 5, "q");
            default: return null;
        }
    }

    private string? Set(long id)
    {
        Id = id;
        return null;
    }

    private string? ReadTime(ref Utf8JsonReader reader, bool isTradeTime)
    {
        if (!TryReadLong(ref reader, out long time)) return "its time is not a whole number of milliseconds";
        if (!isTradeTime && HasTradeTime) return null;
        VenueMilliseconds = time;
        HasTradeTime |= isTradeTime;
        return null;
    }

    private static bool TryReadLong(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
    }

    /// <summary>Binance quotes its decimals: <c>"61800.20"</c>.</summary>
    private string? ReadNumber(ref Utf8JsonReader reader, int field, string name)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) return null;
        if (reader.HasValueSequence || reader.ValueSpan.Length > MaxNumberBytes) return $"its {name} is not a number";
        FixedPointStatus status = NumberText.TryParse(reader.ValueSpan, out long raw);
        if (status != FixedPointStatus.Ok) return $"its {name} is not a number of at most 9 decimals and 9.2 billion";
        int decimals = NumberText.DecimalsOf(reader.ValueSpan);
        if (field is 0 or 2 or 4) PriceDecimals = Math.Max(PriceDecimals, decimals);
        else SizeDecimals = Math.Max(SizeDecimals, decimals);
        switch (field)
        {
            case 0: Bid = raw; break;
            case 1: BidSize = raw; break;
            case 2: Ask = raw; break;
            case 3: AskSize = raw; break;
            case 4: Price = raw; break;
            default: Size = raw; break;
        }

        Seen |= 1 << field;
        return null;
    }

    /// <summary>One of the given strings without making a new one, or a new one.</summary>
    private static string Known(ref Utf8JsonReader reader, params ReadOnlySpan<string> words)
    {
        if (reader.TokenType != JsonTokenType.String) return "";
        foreach (string word in words)
        {
            if (reader.ValueTextEquals(word)) return word;
        }

        return reader.GetString() ?? "";
    }
}
