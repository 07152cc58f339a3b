using System.Text.Json;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// One line of a raw capture, read without strings: the fields of Binance's messages that make quotes, trades and books. Reused for
/// every line; the spans of a line are gone with it.
/// </summary>
public sealed class BinanceMessage
{
    private const int MaxNumberBytes = 64;

    private const byte PreviousKey = 1, SnapshotKey = 2, StreamKey = 3;

    /// <summary>The spot market's book ticker says nothing of its kind: it has b, B, a and A.</summary>
    private const int SpotBookTicker = 0b001111;

    private readonly List<(OrderSide Side, long Price, long Size)> _levels = [];
    private string _lastSymbol = "";
    private string _streamSymbol = "";
    private bool _isPartialDepth;

    /// <summary><c>e</c>: the message's kind; empty when it has none, as snapshots.</summary>
    public string Kind { get; private set; } = "";

    /// <summary><c>s</c>: the symbol. A snapshot may not say it; who knows from elsewhere whose it is says so here.</summary>
    public string Symbol { get; internal set; } = "";

    /// <summary><c>ps</c> is there only for coin-margined contracts.</summary>
    public bool HasPair { get; private set; }

    /// <summary><c>T</c>, else <c>E</c>, in milliseconds; −1 without either.</summary>
    public long VenueMilliseconds { get; private set; }

    public bool HasTradeTime { get; private set; }

    /// <summary><c>u</c> of a book ticker or depth update, <c>t</c> of a trade.</summary>
    public long Id { get; private set; }

    /// <summary><c>U</c>: the first number that a depth update covers; −1 without.</summary>
    public long FirstId { get; private set; }

    /// <summary><c>pu</c>: the last number of the depth update before; null on the spot market.</summary>
    public long? PreviousId { get; private set; }

    /// <summary><c>lastUpdateId</c> of a snapshot; −1 without.</summary>
    public long SnapshotId { get; private set; }

    /// <summary>Levels of a depth update or a snapshot; size zero takes one away. Gone with the next message.</summary>
    public IReadOnlyList<(OrderSide Side, long Price, long Size)> Levels => _levels;

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
        (FirstId, PreviousId, SnapshotId, _streamSymbol, _isPartialDepth) = (-1, null, -1, "", false);
        _levels.Clear();
        try
        {
            Utf8JsonReader reader = new(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "it is not a JSON object";
            if (ReadObject(ref reader, true) is { } reason) return reason;
            if (Kind.Length == 0 && (Seen & SpotBookTicker) == SpotBookTicker) Kind = "bookTicker";
            if (Kind.Length == 0 && SnapshotId >= 0) Kind = _isPartialDepth ? "partial depth" : "snapshot";
            if (Symbol.Length == 0) Symbol = _streamSymbol;
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
            OrderSide side = name.SequenceEqual("b"u8) || name.SequenceEqual("bids"u8) ? OrderSide.Buy
                : name.SequenceEqual("a"u8) || name.SequenceEqual("asks"u8) ? OrderSide.Sell : OrderSide.None;
            if (name.Length > 1) key = LongKey(name);
            bool isData = isOuter && name.SequenceEqual("data"u8);
            reader.Read();
            if (isData && reader.TokenType == JsonTokenType.StartObject)
            {
                if (ReadObject(ref reader, false) is { } reason) return reason;
            }
            else if (side != OrderSide.None && reader.TokenType == JsonTokenType.StartArray)
            {
                if (ReadLevels(ref reader, side) is { } bad) return bad;
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
            case (byte)'U': return TryReadLong(ref reader, out long first) ? Take(FirstId = first) : "its U is not a whole number";
            case PreviousKey: return TryReadLong(ref reader, out long previous) ? Take((PreviousId = previous).Value) : "its pu is not a whole number";
            case SnapshotKey: return TryReadLong(ref reader, out long last) ? Take(SnapshotId = last) : "its lastUpdateId is not a whole number";
            case StreamKey: ReadStream(ref reader); return null;
            case (byte)'b': return ReadNumber(ref reader, 0, "b");
            case (byte)'B': return ReadNumber(ref reader, 1, "B");
            case (byte)'a': return ReadNumber(ref reader, 2, "a");
            case (byte)'A': return ReadNumber(ref reader, 3, "A");
            case (byte)'p': return ReadNumber(ref reader, 4, "p");
            case (byte)'q': return ReadNumber(ref reader, 5, "q");
            default: return null;
        }
    }

    /// <summary>Names longer than a letter that mean something, as keys that no letter is.</summary>
    private static byte LongKey(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("pu"u8)) return PreviousKey;
        if (name.SequenceEqual("lastUpdateId"u8)) return SnapshotKey;
        if (name.SequenceEqual("stream"u8)) return StreamKey;
        return name.SequenceEqual("symbol"u8) ? (byte)'s' : (byte)0;
    }

    /// <summary><c>btcusdt@depth20@100ms</c>: the symbol of a message that does not say its own, and whether it is a part of the book.</summary>
    private void ReadStream(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence) return;
        ReadOnlySpan<byte> stream = reader.ValueSpan;
        int at = stream.IndexOf((byte)'@');
        ReadOnlySpan<byte> rest = at < 0 ? default : stream[(at + 1)..];
        _isPartialDepth = rest.StartsWith("depth"u8) && rest.Length > 5 && rest[5] is >= (byte)'0' and <= (byte)'9';
        if (_isPartialDepth) _streamSymbol = System.Text.Encoding.UTF8.GetString(stream[..at]).ToUpperInvariant();
    }

    /// <summary><c>[["61800.20","2.507"],…]</c></summary>
    private string? ReadLevels(ref Utf8JsonReader reader, OrderSide side)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (!reader.Read() || ReadNumber(ref reader, 4, "level's price") is not null) return "a level's price is not a number";
            if (!reader.Read() || ReadNumber(ref reader, 5, "level's size") is not null) return "a level's size is not a number";
            if ((Seen & 0b110000) != 0b110000) return "a level lacks price or size";
            Seen &= ~0b110000;
            if (Price <= 0) return "a level's price is not above zero";
            if (Size < 0) return "a level's size is below zero";
            _levels.Add((side, Price, Size));
            while (reader.TokenType != JsonTokenType.EndArray)
            {
                if (!reader.Read() || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) return "a level holds more than numbers";
            }
        }

        return reader.TokenType == JsonTokenType.EndArray ? null : "a side's levels are not a list of lists";
    }

    private static string? Take(long read) => read >= 0 ? null : "a number of an update is below zero";

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
