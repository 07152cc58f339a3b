using System.Runtime.InteropServices;

namespace MiniTrader.Feeds;

/// <summary>
/// The first bytes of every ITCH message. The message structs are the wire itself: integers stay big-endian in memory and are
/// turned when they are read, so that decoding copies nothing.
/// <code>
/// 0 1      3        5                  11
/// +-+------+--------+------------------+
/// |t|locate|tracking|ns since midnight |   t type
/// +-+------+--------+------------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Size)]
public readonly struct ItchHeader
{
    public const int Size = 11;

    /// <summary>Times are below a day.</summary>
    public const long MaxNanoseconds = 86_400_000_000_000;

    private const ulong TimeMask = (1UL << 48) - 1;

    private readonly byte _type;
    private readonly ushort _locate;
    private readonly ulong _trackingAndTime;

    public ItchHeader(ItchMessageType type, ushort locate, ushort tracking, long nanoseconds)
    {
        _type = (byte)type;
        _locate = Wire.Order(locate);
        _trackingAndTime = Wire.Order(((ulong)tracking << 48) | ((ulong)nanoseconds & TimeMask));
    }

    public ItchMessageType Type => (ItchMessageType)_type;

    /// <summary>The day's number of the stock; zero in messages that concern all.</summary>
    public ushort Locate => Wire.Order(_locate);

    public ushort Tracking => (ushort)(Wire.Order(_trackingAndTime) >> 48);

    /// <summary>Since midnight, New York.</summary>
    public long Nanoseconds => (long)(Wire.Order(_trackingAndTime) & TimeMask);
}
