namespace MiniTrader.DataTools;

/// <summary>The numbers of the DBN format, versions 1 to 3: record types, lengths, flags, and the marks of values that are not there.</summary>
internal static class DbnFormat
{
    public const byte OldestVersion = 1;
    public const byte NewestVersion = 3;

    /// <summary>Bytes of the header that every record starts with.</summary>
    public const int HeaderBytes = 16;

    /// <summary>A record's length is one byte of four-byte words.</summary>
    public const int MaxRecordBytes = 255 * 4;

    /// <summary>A live gateway appends the time at which it sent a record, where the metadata says so.</summary>
    public const int SendTimeBytes = 8;

    public const long UndefinedPrice = long.MaxValue;
    public const int UndefinedInt = int.MaxValue;

    /// <summary>What a record type is, and how long its records are.</summary>
    /// <param name="type">The record's second byte.</param>
    /// <param name="version">The file's version; 0 for a fragment without metadata, whose records may be of any.</param>
    /// <param name="length">Bytes, without a send time.</param>
    public static bool IsLength(byte type, int version, int length) => (DbnType)type switch
    {
        DbnType.Trade => length == 48,
        DbnType.Mbp1 or DbnType.Cmbp1 or DbnType.Tcbbo or DbnType.Bbo1S or DbnType.Bbo1M or DbnType.Cbbo1S or DbnType.Cbbo1M => length == 80,
        DbnType.Mbp10 => length == 368,
        DbnType.Mbo or DbnType.Ohlcv1S or DbnType.Ohlcv1M or DbnType.Ohlcv1H or DbnType.Ohlcv1D or DbnType.OhlcvEod or DbnType.OhlcvAny => length == 56,
        DbnType.Status => length == 40,
        DbnType.Definition => Fits(version, length, 360, 400, 520),
        DbnType.Imbalance => length == 112,
        DbnType.SymbolMapping => Fits(version, length, 80, 176, 176),
        DbnType.Error or DbnType.System => Fits(version, length, 80, 320, 320),
        DbnType.Statistics => Fits(version, length, 64, 64, 80),
        _ => false,
    };

    private static bool Fits(int version, int length, int first, int second, int third) => version switch
    {
        1 => length == first,
        2 => length == second,
        3 => length == third,
        _ => length == first || length == second || length == third,
    };
}

/// <summary>A record's second byte.</summary>
internal enum DbnType : byte
{
    Trade = 0x00,
    Mbp1 = 0x01,
    Mbp10 = 0x0A,
    OhlcvAny = 0x11,
    Status = 0x12,
    Definition = 0x13,
    Imbalance = 0x14,
    Error = 0x15,
    SymbolMapping = 0x16,
    System = 0x17,
    Statistics = 0x18,
    Ohlcv1S = 0x20,
    Ohlcv1M = 0x21,
    Ohlcv1H = 0x22,
    Ohlcv1D = 0x23,
    OhlcvEod = 0x24,
    Mbo = 0xA0,
    Cmbp1 = 0xB1,
    Cbbo1S = 0xC0,
    Cbbo1M = 0xC1,
    Tcbbo = 0xC2,
    Bbo1S = 0xC3,
    Bbo1M = 0xC4,
}

/// <summary>Bits of a record's flags.</summary>
[Flags]
internal enum DbnFlags : byte
{
    None = 0,

    /// <summary>The received time is not reliable.</summary>
    BadReceivedTime = 8,

    /// <summary>An aggregated level rather than an order.</summary>
    Level = 16,

    /// <summary>From a snapshot or a replay.</summary>
    Snapshot = 32,

    /// <summary>A top of book that replaces its whole side.</summary>
    TopOfBook = 64,

    /// <summary>The last record of this instrument in its event.</summary>
    Last = 128,
}
